import type { Body } from '../parse/hcl/ast.ts'
import {
  knowsType,
  type ProviderMajor,
  type SchemaNode,
  type TypeSchema,
  typeSchema,
} from '../resources/aws/schema/reader.ts'
import type { Estate } from '../resources/estate.ts'
import type { TerraformResource } from '../resources/resource.ts'
import { awsProviderMajors, type LockFiles } from '../resources/terraform/aws-provider.ts'
import type { MapValue, Value } from '../resources/value.ts'
import { changedResources } from './terraform-changes.ts'

/**
 * What the provider would refuse in the resources that an edit made or changed, and did not refuse before: names that it
 * does not know, literals of the wrong type, what is missing, what excludes each other. Where several majors of the
 * provider are possible, only what all of them refuse.
 */
export function schemaErrors(before: Estate, after: Estate, locks: LockFiles): readonly string[] {
  const errors: string[] = []
  for (const change of changedResources(before, after)) {
    // What is switched off has no instance whose values could be wrong.
    if (!knowsType(change.after.type) || change.after.dormant) continue
    const had = new Set(change.before === undefined ? [] : errorsOf(change.before, before, locks))
    for (const error of errorsOf(change.after, after, locks)) {
      if (!had.has(error)) errors.push(`${change.after.address}: ${error}`)
    }
  }
  return errors
}

function errorsOf(resource: TerraformResource, estate: Estate, locks: LockFiles): readonly string[] {
  if (resource.source === undefined) return []
  const majors = awsProviderMajors(resource, estate, locks)
  const [first, ...others] = majors.map((major) => errorsIn(resource, major))
  return (first ?? []).filter((error) => others.every((list) => list.includes(error)))
}

function errorsIn(resource: TerraformResource, major: ProviderMajor): readonly string[] {
  const schema = typeSchema(resource.type, major)
  if (schema === undefined) return [`provider version ${major} has no such resource type`]
  const native = resource.source?.document.syntax === 'native' ? resource.source.block.body : undefined
  const errors: string[] = []
  checkBody({ children: schema.children, path: [], errors }, resource.value, native)
  checkExclusions(schema, resource.value, errors)
  return errors
}

interface Level {
  readonly children: ReadonlyMap<string, SchemaNode>
  readonly path: readonly string[]
  readonly errors: string[]
}

/** What Terraform itself knows in a resource. */
const META = new Set(['count', 'for_each', 'provider', 'depends_on', 'lifecycle', 'provisioner', 'connection'])

function checkBody(level: Level, value: MapValue, body: Body | undefined): void {
  const { children, errors } = level
  for (const [name, inner] of value.entries) {
    if (level.path.length === 0 && META.has(name)) continue
    const node = children.get(name)
    if (node === undefined) errors.push(`${nameOf(level, name)} is not a name that the provider knows`)
    else checkValue({ ...level, path: [...level.path, name] }, node, inner, bodiesOf(body, name))
  }
  if (value.rest === undefined && value.uncertain === undefined) {
    for (const node of children.values()) {
      if (node.required && isEmpty(value.entries.get(node.name))) errors.push(`${nameOf(level, node.name)} is required`)
    }
  }
  if (body !== undefined) checkForms(level, body)
}

function checkValue(level: Level, node: SchemaNode, value: Value, bodies: readonly Body[]): void {
  const { errors } = level
  const where = level.path.join('.')
  if (value.kind === 'null' || value.kind === 'unknown') return
  if (node.type !== 'object') {
    const wanted = wrongType(node.type, value)
    if (wanted !== undefined) errors.push(`${where} must be ${wanted}`)
    return
  }
  const items = value.kind === 'list' ? value.items : [value]
  // Of dynamic blocks that may be empty, each excludes the other as a rule.
  const certain = items.filter((item) => item.kind !== 'map' || item.uncertain === undefined)
  if (node.single && certain.length > 1) errors.push(`${where} may occur once only`)
  for (const [index, item] of items.entries()) {
    if (item.kind === 'unknown' || item.kind === 'null') continue
    if (item.kind !== 'map') errors.push(`${where} must be ${node.form === 'block' ? 'a block' : 'an object'}`)
    // Blocks of a `dynamic` share one body, so their forms are looked at where the body is, not here.
    else if (node.children !== undefined) {
      checkBody({ ...level, children: node.children }, item, bodies.length === items.length ? bodies[index] : undefined)
    }
  }
}

/** What a literal should have been; undefined if Terraform takes it, also after its conversions. */
function wrongType(type: SchemaNode['type'], value: Value): string | undefined {
  const scalar = value.kind === 'string' || value.kind === 'number' || value.kind === 'bool'
  switch (type) {
    case 'string':
      return scalar ? undefined : 'a string'
    case 'number':
      if (value.kind === 'number') return undefined
      return value.kind === 'string' && value.value.trim() !== '' && Number.isFinite(Number(value.value))
        ? undefined
        : 'a number'
    case 'bool':
      if (value.kind === 'bool') return undefined
      return value.kind === 'string' && /^(?:true|false|0|1)$/.test(value.value) ? undefined : 'true or false'
    case 'string-list':
    case 'number-list': {
      const inner = type === 'string-list' ? 'string' : 'number'
      if (value.kind !== 'list') return `a list of ${inner}s`
      const known = value.items.filter(({ kind }) => kind !== 'unknown')
      return known.some((item) => wrongType(inner, item) !== undefined) ? `a list of ${inner}s` : undefined
    }
    case 'map':
      return value.kind === 'map' ? undefined : 'a map'
    default:
      return undefined
  }
}

/** A block written as an attribute, or the other way round; native syntax only, JSON has one form for both. */
function checkForms(level: Level, body: Body): void {
  for (const item of body.items) {
    const dynamic = item.kind === 'block' && item.type === 'dynamic' ? item.labels[0]?.value : undefined
    const name = dynamic ?? (item.kind === 'block' ? item.type : item.name)
    const node = level.children.get(name)
    if (node === undefined || (level.path.length === 0 && META.has(name))) continue
    if (item.kind === 'block' && node.form === 'attribute') {
      level.errors.push(`${nameOf(level, name)} is an attribute, not a block`)
    }
    if (item.kind !== 'attribute') continue
    if (node.form === 'block') level.errors.push(`${nameOf(level, name)} is a block, not an attribute`)
    if (node.form !== 'either' || item.value.kind !== 'tuple') continue
    for (const object of item.value.items) {
      if (object.kind !== 'object') continue
      const given = new Set(object.items.map(({ keyName }) => keyName))
      const missing = [...(node.children?.keys() ?? [])].filter((key) => !given.has(key))
      // Spelt as a list of objects, an attribute needs every name of the object, if only with null.
      if (missing.length > 0 && !given.has(undefined)) {
        level.errors.push(`${nameOf(level, name)} as a list of objects needs ${missing.join(', ')} too`)
      }
    }
  }
}

function bodiesOf(body: Body | undefined, name: string): readonly Body[] {
  return (body?.items ?? []).flatMap((item) => (item.kind === 'block' && item.type === name ? [item.body] : []))
}

function checkExclusions({ conflicts, exactlyOne }: TypeSchema, value: MapValue, errors: string[]): void {
  for (const paths of conflicts) {
    const set = paths.filter((path) => setAt(value, path) === 'yes')
    if (set.length === paths.length) errors.push(`${set.join(' and ')} exclude each other`)
  }
  for (const paths of exactlyOne) {
    const states = paths.map((path) => setAt(value, path))
    const set = paths.filter((_, index) => states[index] === 'yes')
    if (set.length > 1) errors.push(`${set.join(' and ')} exclude each other`)
    // Inside a block the demand holds only where the block is, which the required names of its own say.
    const top = paths.every((path) => !path.includes('.'))
    if (top && states.every((state) => state === 'no')) errors.push(`one of ${paths.join(', ')} is required`)
  }
}

function setAt(value: MapValue, path: string): 'yes' | 'no' | 'unknown' {
  let current: Value | undefined = value
  for (const name of path.split('.')) {
    if (current?.kind === 'unknown') return 'unknown'
    if (current?.kind === 'list') current = current.items[0]
    if (current?.kind !== 'map') return 'no'
    if (current.uncertain !== undefined) return 'unknown'
    const inner: Value | undefined = current.entries.get(name)
    if (inner === undefined && current.rest !== undefined) return 'unknown'
    current = inner
  }
  if (current?.kind === 'unknown') return current.notNull === true ? 'yes' : 'unknown'
  return isEmpty(current) ? 'no' : 'yes'
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined || value.kind === 'null') return true
  return value.kind === 'list' && value.items.length === 0 && value.rest === undefined
}

function nameOf({ path }: Level, name: string): string {
  return [...path, name].join('.')
}
