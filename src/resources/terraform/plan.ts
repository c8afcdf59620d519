import { LineMap } from '../../text/line-map.ts'
import type { ParsedFile } from '../../parse/document.ts'
import type { TerraformResource } from '../resource.ts'
import type { MapValue, Reference, UnknownValue, Value } from '../value.ts'
import { withEncodedJson } from './embedded-json.ts'
import { folderOf } from './paths.ts'
import { bool, list, map, NULL, number, text, unknown } from './values.ts'

type Json = Readonly<Record<string, unknown>>

/** Whether a JSON text is what `terraform show -json` prints, of a plan or of a state. */
export function isPlan(value: unknown): boolean {
  return planRoot(value) !== undefined
}

function planRoot(value: unknown): Json | undefined {
  if (!isObject(value)) return undefined
  const values = isObject(value['planned_values']) ? value['planned_values'] : value['values']
  const root = isObject(values) ? values['root_module'] : undefined
  return isObject(root) ? root : undefined
}

/**
 * The resources of a `terraform show -json` output, with the addresses and values that reading the configuration
 * would give. Undefined if the text is something else. They have no source, so they cannot be fixed.
 */
export function readPlan(path: string, json: string): readonly TerraformResource[] | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return undefined
  }
  const root = planRoot(parsed)
  if (root === undefined || !isObject(parsed)) return undefined
  const file: ParsedFile = { path, text: json, lines: new LineMap(json), diagnostics: [] }
  const configuration = isObject(parsed['configuration']) ? parsed['configuration'] : {}
  const reader = new PlanReader(file, changesByAddress(parsed), readConfiguration(configuration['root_module']))
  reader.module(root)
  // Data sources that were read while planning are found in the state before.
  const prior = planRoot(parsed['prior_state'])
  if (prior !== undefined) reader.module(prior, 'data')
  return reader.resources
}

interface Change {
  readonly unknown: unknown
  readonly sensitive: unknown
}

function changesByAddress(plan: Json): ReadonlyMap<string, Change> {
  const changes = new Map<string, Change>()
  for (const entry of objects(plan['resource_changes'])) {
    const { address, change } = entry
    if (typeof address !== 'string' || !isObject(change)) continue
    changes.set(address, { unknown: change['after_unknown'], sensitive: change['after_sensitive'] })
  }
  return changes
}

/** The expressions of each configured resource by address without any index. */
function readConfiguration(
  root: unknown,
): ReadonlyMap<string, { readonly expressions: Json; readonly prefix: string }> {
  const configured = new Map<string, { expressions: Json; prefix: string }>()
  const visit = (module: unknown, prefix: string, depth: number): void => {
    if (!isObject(module) || depth > 50) return
    for (const resource of objects(module['resources'])) {
      const { address, expressions } = resource
      if (typeof address === 'string' && isObject(expressions))
        configured.set(prefix + address, { expressions, prefix })
    }
    const calls = isObject(module['module_calls']) ? module['module_calls'] : {}
    for (const [name, call] of Object.entries(calls)) {
      if (isObject(call)) visit(call['module'], `${prefix}module.${name}.`, depth + 1)
    }
  }
  visit(root, '', 0)
  return configured
}

class PlanReader {
  readonly resources: TerraformResource[] = []
  readonly #seen = new Set<string>()
  readonly #file: ParsedFile
  readonly #changes: ReadonlyMap<string, Change>
  readonly #configured: ReturnType<typeof readConfiguration>
  readonly #root: string

  constructor(
    file: ParsedFile,
    changes: ReadonlyMap<string, Change>,
    configured: ReturnType<typeof readConfiguration>,
  ) {
    this.#file = file
    this.#changes = changes
    this.#configured = configured
    this.#root = folderOf(file.path)
  }

  module(module: Json, only?: 'data', path = '', depth = 0): void {
    if (depth > 50) return
    for (const resource of objects(module['resources'])) {
      if (only === undefined || resource['mode'] === only) this.#resource(resource, path)
    }
    for (const child of objects(module['child_modules'])) {
      const { address } = child
      this.module(child, only, typeof address === 'string' ? address : path, depth + 1)
    }
  }

  #resource(resource: Json, modulePath: string): void {
    const { address, mode, name, type: bare } = resource
    if (typeof address !== 'string' || typeof bare !== 'string' || typeof name !== 'string') return
    if (this.#seen.has(address)) return
    this.#seen.add(address)
    const type = mode === 'data' ? `data.${bare}` : bare
    const baseAddress = `${modulePath === '' ? '' : `${modulePath}.`}${type}.${name}`
    const configured = this.#configured.get(withoutIndexes(baseAddress))
    const change = this.#changes.get(address)
    const sensitive = change?.sensitive ?? resource['sensitive_values']
    const reader = new PlanValues(`${address} is known after apply`, (names) => this.#references(names, modulePath))
    const value = reader.body(resource['values'], change?.unknown, sensitive, configured?.expressions)
    const at = Math.max(0, this.#file.text.indexOf(JSON.stringify(address)))
    this.resources.push({
      kind: 'terraform',
      type,
      name,
      address,
      baseAddress,
      modulePath,
      root: this.#root,
      value,
      header: { document: this.#file, span: { start: at, end: at + JSON.stringify(address).length } },
      dormant: false,
      source: undefined,
    })
  }

  /** `["aws_s3_bucket.b.id", "aws_s3_bucket.b"]`: the plan lists a reference together with what it starts with. */
  #references(names: readonly string[], modulePath: string): readonly Reference[] {
    const references: Reference[] = []
    for (const name of names) {
      const match = /^((?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*(?:\[[^\]]*\])?)(?:\.([\w-]+))?/.exec(name)
      const [, local, attribute] = match ?? []
      if (local === undefined || /^(?:var|local|module|each|count|path|self|terraform)\./.test(local)) continue
      if (attribute === undefined && names.some((other) => other.startsWith(`${name}.`))) continue
      // An index that is itself an expression is not an index of an instance.
      const known = local.replace(/\[(?!\d+\]|").*\]$/, '')
      references.push({ address: modulePath === '' ? known : `${modulePath}.${known}`, root: this.#root, attribute })
    }
    return references
  }
}

/** Values with what the plan says beside them: `after_unknown`, `after_sensitive` and the configured references. */
class PlanValues {
  readonly #reason: string
  readonly #resolve: (names: readonly string[]) => readonly Reference[]

  constructor(reason: string, resolve: (names: readonly string[]) => readonly Reference[]) {
    this.#reason = reason
    this.#resolve = resolve
  }

  body(values: unknown, unknowns: unknown, sensitive: unknown, expressions: Json | undefined): MapValue {
    const known = isObject(values) ? values : {}
    const open = isObject(unknowns) ? unknowns : {}
    const marks = isObject(sensitive) ? sensitive : {}
    const entries = new Map<string, Value>()
    for (const name of new Set([...Object.keys(known), ...Object.keys(open)])) {
      const value = this.#value(known[name], open[name], marks[name], expressions?.[name])
      if (value !== undefined) entries.set(name, value)
    }
    return map(entries)
  }

  #value(value: unknown, unknowns: unknown, sensitive: unknown, expression: unknown): Value | undefined {
    const refs = isObject(expression) ? this.#refsOf(expression) : []
    const marks = { ...(refs.length > 0 ? { refs } : {}), ...(sensitive === true ? { sensitive: true as const } : {}) }
    if (unknowns === true) return this.#unknown(marks)
    const result = this.#known(value, unknowns, sensitive, expression)
    return result === undefined ? undefined : { ...result, ...marks }
  }

  #unknown(marks: Partial<UnknownValue>): UnknownValue {
    return unknown(this.#reason, { notNull: true, ...marks })
  }

  #known(value: unknown, unknowns: unknown, sensitive: unknown, expression: unknown): Value | undefined {
    if (Array.isArray(value) || (value === undefined && Array.isArray(unknowns) && unknowns.length > 0)) {
      const values: readonly unknown[] = Array.isArray(value) ? value : []
      const open: readonly unknown[] = Array.isArray(unknowns) ? unknowns : []
      const marks: readonly unknown[] = Array.isArray(sensitive) ? sensitive : []
      const nested: readonly unknown[] = Array.isArray(expression) ? expression : []
      const length = Math.max(values.length, open.length)
      const items = Array.from({ length }, (_, i) => this.#value(values[i], open[i], marks[i], nested[i]) ?? NULL)
      return list(items)
    }
    switch (typeof value) {
      case 'string':
        return withEncodedJson(text(value))
      case 'number':
        return number(value)
      case 'boolean':
        return bool(value)
      case 'undefined':
        return isObject(unknowns) && Object.keys(unknowns).length > 0
          ? this.body({}, unknowns, sensitive, undefined)
          : undefined
      default:
        if (value === null) return NULL
        // The expressions of a nested block are objects by attribute name; those of an attribute hold `references`.
        return this.body(
          value,
          unknowns,
          sensitive,
          isObject(expression) && !isLeaf(expression) ? expression : undefined,
        )
    }
  }

  #refsOf(expression: Json): readonly Reference[] {
    if (!isLeaf(expression)) return []
    const names = expression['references']
    return Array.isArray(names) ? this.#resolve(names.filter((name) => typeof name === 'string')) : []
  }
}

function isLeaf(expression: Json): boolean {
  return 'references' in expression || 'constant_value' in expression
}

function withoutIndexes(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '')
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objects(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
