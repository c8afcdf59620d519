import type { YamlData } from '../../edit/yaml/data.ts'
import type { YamlChange } from '../../edit/yaml/index.ts'
import { type CompiledTemplate, compileTemplate, KubernetesObject, PolicyError } from '../../gatekeeper/index.ts'
import { compile, type Module, parseModule, RegoErrors, type RegoVersion } from '../../rego/index.ts'
import type { Range } from '../../text/span.ts'
import { type Fault, faultAt } from './fault.ts'
import { at, fields, keyRange, type LintObject, list, rangeInText, rangeOf, type Step, text, texts } from './objects.ts'
import { type RegoFacts, regoFacts } from './rego-facts.ts'

export const TEMPLATE_GROUP = 'templates.gatekeeper.sh'
const SCHEMA: readonly Step[] = ['spec', 'crd', 'spec', 'validation', 'openAPIV3Schema']
const KIND: readonly Step[] = ['spec', 'crd', 'spec', 'names', 'kind']
const TARGET: readonly Step[] = ['spec', 'targets', 0]

/** One template as far as it could be read, for its own faults and those of its constraints. */
export interface LintTemplate {
  readonly object: LintObject
  readonly kind: string
  /** Names of the declared parameters, with their schemas. */
  readonly declared: ReadonlyMap<string, YamlData>
  /** True if the schema takes parameters that it does not name. */
  readonly open: boolean
  /** Names of the parameters that its code reads; undefined: it may be any, or the code cannot be read. */
  readonly read: ReadonlySet<string> | undefined
  readonly facts: RegoFacts | undefined
  /** All its CEL in one text. */
  readonly cel: string
  /** The Rego's place in the object. */
  readonly regoPath: readonly Step[] | undefined
  /** As Gatekeeper reads it; undefined if it has faults that are errors. */
  readonly compiled: CompiledTemplate | undefined
  readonly faults: readonly Fault[]
}

interface Code {
  readonly path: readonly Step[]
  readonly text: string
  readonly version: RegoVersion
  readonly libs: readonly { readonly path: readonly Step[]; readonly text: string }[]
}

export function readTemplate(object: LintObject): LintTemplate {
  const kind = text(at(object.data, ...KIND))
  const code = regoOf(object)
  const compiled = code === undefined ? { faults: [], module: undefined } : compiledRego(object, code)
  const facts = compiled.module && regoFacts(compiled.module)
  const cel = celOf(object)
  const schema = at(object.data, ...SCHEMA)
  const read =
    (code !== undefined && facts === undefined) || facts?.wholeParameters === true
      ? undefined
      : new Set([...(facts?.parameters.keys() ?? []), ...celParameters(cel)])
  const template: LintTemplate = {
    object,
    kind,
    declared: new Map(Object.entries(fields(at(schema, 'properties')))),
    open:
      at(schema, 'x-kubernetes-preserve-unknown-fields') === true || at(schema, 'additionalProperties') !== undefined,
    read,
    facts,
    cel,
    regoPath: code?.path,
    compiled: undefined,
    faults: [],
  }
  const faults = [
    ...shapeFaults(template, code),
    ...schemaFaults(object),
    ...compiled.faults,
    ...parameterFaults(template),
    ...podFaults(template),
  ]
  if (faults.some(isError)) return { ...template, faults }
  const whole = compileWhole(object)
  return 'id' in whole ? { ...template, faults: [...faults, whole] } : { ...template, compiled: whole, faults }
}

function isError({ level }: Fault): boolean {
  return level === 'error'
}

/** The fault is what Gatekeeper itself would refuse besides: CEL, references to data that it does not give. */
function compileWhole(object: LintObject): CompiledTemplate | Fault {
  const { file, node, aliases, data } = object
  const whole = new KubernetesObject(data, { file, node, aliases })
  try {
    return compileTemplate(whole)
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    const id = error.code.startsWith('cel') ? 'enforce-cel-invalid' : 'enforce-template-invalid'
    return faultAt(id, object, error.range ?? rangeOf(object, ['kind']), error.message)
  }
}

function regoOf(object: LintObject): Code | undefined {
  const codes = list(at(object.data, ...TARGET, 'code'))
  const index = codes.findIndex((code) => at(code, 'engine') === 'Rego')
  const path = index < 0 ? TARGET : [...TARGET, 'code', index, 'source']
  const source = at(object.data, ...path)
  const rego = text(at(source, 'rego'))
  if (rego === '') return undefined
  const libs = texts(at(source, 'libs')).map((lib, lane) => ({ path: [...path, 'libs', lane], text: lib }))
  return { path: [...path, 'rego'], text: rego, version: at(source, 'version') === 'v1' ? 'v1' : 'v0', libs }
}

function celOf(object: LintObject): string {
  const code = list(at(object.data, ...TARGET, 'code')).find((one) => at(one, 'engine') === 'K8sNativeValidation')
  const source = at(code, 'source')
  const parts = [
    ...list(at(source, 'variables')),
    ...list(at(source, 'validations')),
    ...list(at(source, 'matchConditions')),
  ]
  return parts.flatMap((part) => [text(at(part, 'expression')), text(at(part, 'messageExpression'))]).join('\n')
}

function celParameters(cel: string): string[] {
  return [...cel.matchAll(/\bvariables\.params\.(\w+)/g)].flatMap(([, name]) => name ?? [])
}

function shapeFaults(template: LintTemplate, code: Code | undefined): Fault[] {
  const { object, kind, cel } = template
  const faults: Fault[] = []
  const version = object.apiVersion.slice(TEMPLATE_GROUP.length + 1)
  if (version !== 'v1') {
    const complete = keepsParameters(template) ? schemaChanges(object) : undefined
    const message = `${object.apiVersion} is an old version: use ${TEMPLATE_GROUP}/v1, where every level of the schema has a type.`
    const changes: YamlChange[] = [{ op: 'set', path: ['apiVersion'], value: `${TEMPLATE_GROUP}/v1` }]
    const fix = complete && { title: 'Use v1', changes: [...changes, ...complete] }
    faults.push(faultAt('enforce-template-version', object, rangeOf(object, ['apiVersion']), message, fix))
  }
  if (kind === '') {
    const message = 'The template names no kind for its constraints (spec.crd.spec.names.kind).'
    faults.push(faultAt('enforce-template-invalid', object, rangeOf(object, KIND), message))
  } else if (object.name !== kind.toLowerCase()) {
    const name = kind.toLowerCase()
    const message = `The name is ${object.name === '' ? 'missing' : object.name}; Gatekeeper wants the kind in lower case: ${name}.`
    const fix = { title: `Name it ${name}`, changes: [{ op: 'set', path: ['metadata', 'name'], value: name } as const] }
    faults.push(faultAt('enforce-template-name', object, rangeOf(object, ['metadata', 'name']), message, fix))
  }
  if (object.namespace !== '') faults.push(namespaceFault(object, 'A ConstraintTemplate'))
  const targets = list(at(object.data, 'spec', 'targets'))
  if (targets.length !== 1) {
    const message = `A template has exactly one target; here are ${targets.length}.`
    faults.push(faultAt('enforce-template-invalid', object, rangeOf(object, ['spec', 'targets']), message))
  } else if (code === undefined && cel === '') {
    const message = 'The target has no code: neither `rego` nor `code`.'
    faults.push(faultAt('enforce-template-invalid', object, rangeOf(object, TARGET), message))
  }
  return faults
}

/** In v1 the API server drops what the schema does not declare: a template that reads such a parameter would change. */
function keepsParameters({ read, declared, open }: LintTemplate): boolean {
  return open || (read !== undefined && [...read].every((name) => declared.has(name)))
}

export function namespaceFault(object: LintObject, what: string): Fault {
  const path = ['metadata', 'namespace']
  const message = `${what} is in no namespace: the API server refuses or ignores ${object.namespace}.`
  const fix = { title: 'Remove the namespace', changes: [{ op: 'delete', path } as const] }
  return faultAt('enforce-constraint-namespace', object, rangeOf(object, path), message, fix)
}

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

interface Level {
  readonly path: readonly Step[]
  readonly schema: YamlData
}

function schemaLevels(schema: YamlData | undefined, path: readonly Step[]): Level[] {
  if (schema === undefined || typeof schema !== 'object' || schema === null) return []
  const inner = Object.entries(fields(at(schema, 'properties'))).flatMap(([name, one]) =>
    schemaLevels(one, [...path, 'properties', name]),
  )
  const others = ['items', 'additionalProperties'].flatMap((key) => schemaLevels(at(schema, key), [...path, key]))
  return [{ path, schema }, ...inner, ...others]
}

function isUntyped({ schema }: Level): boolean {
  return (
    at(schema, 'type') === undefined &&
    at(schema, 'x-kubernetes-int-or-string') !== true &&
    at(schema, 'x-kubernetes-preserve-unknown-fields') !== true
  )
}

/** What a level without type can only be. */
function impliedType({ schema }: Level): string | undefined {
  if (at(schema, 'properties') !== undefined || at(schema, 'additionalProperties') !== undefined) return 'object'
  if (at(schema, 'items') !== undefined) return 'array'
  const values = list(at(schema, 'enum'))
  return values.length > 0 && values.every((value) => typeof value === 'string') ? 'string' : undefined
}

/** The types that v1 wants; undefined if one of them would be a guess. */
function schemaChanges(object: LintObject): YamlChange[] | undefined {
  const missing = schemaLevels(at(object.data, ...SCHEMA), SCHEMA).filter(isUntyped)
  const changes = missing.flatMap((level): YamlChange[] => {
    const type = impliedType(level)
    return type === undefined ? [] : [{ op: 'set', path: [...level.path, 'type'], value: type }]
  })
  return changes.length === missing.length ? changes : undefined
}

function schemaFaults(object: LintObject): Fault[] {
  const structural = object.apiVersion === `${TEMPLATE_GROUP}/v1`
  if (structural && at(object.data, 'spec', 'crd', 'spec', 'validation', 'legacySchema') === true) return []
  return schemaLevels(at(object.data, ...SCHEMA), SCHEMA).flatMap((level): Fault[] => {
    const name = level.path.slice(SCHEMA.length).join('.') || 'openAPIV3Schema'
    if (isUntyped(level)) {
      const type = impliedType(level)
      const message = `${name} has no type; v1 wants one at every level of the schema.`
      const fix =
        type === undefined
          ? undefined
          : {
              title: `Set type: ${type}`,
              changes: [{ op: 'set', path: [...level.path, 'type'], value: type } as const],
            }
      const place = keyRange(object, level.path)
      return [faultAt('enforce-schema-type', object, place, message, fix, structural ? 'error' : 'warning')]
    }
    const type = at(level.schema, 'type')
    if (type === undefined || TYPES.includes(text(type))) return []
    const message = `${name} has the type ${text(type)}, which does not exist; there are ${TYPES.join(', ')}.`
    return [faultAt('enforce-schema-unknown-type', object, rangeOf(object, [...level.path, 'type']), message)]
  })
}

function compiledRego(object: LintObject, code: Code): { faults: Fault[]; module: Module | undefined } {
  const main = 'template.rego'
  const paths = new Map([[main, code.path], ...code.libs.map(({ path }, index) => [`lib${index}.rego`, path] as const)])
  let module: Module | undefined
  try {
    module = parseModule(main, code.text, { version: code.version })
    const libs = code.libs.map((lib, index) => parseModule(`lib${index}.rego`, lib.text, { version: code.version }))
    compile([module, ...libs], { without: ['http.send', 'opa.runtime'] })
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error
    const faults = error.errors.map((one) => {
      const path = paths.get(one.file ?? main) ?? code.path
      const place = one.range === undefined ? rangeOf(object, path) : rangeInText(object, path, one.range)
      return faultAt('enforce-rego-invalid', object, place, `The Rego does not compile: ${one.message}`)
    })
    return { faults, module }
  }
  const hasViolation = module.rules.some(({ head }) => head.ref[0]?.kind === 'var' && head.ref[0].name === 'violation')
  if (hasViolation) return { faults: [], module }
  const message = 'There is no rule `violation`, so nothing is ever refused.'
  return { faults: [faultAt('enforce-rego-invalid', object, rangeOf(object, code.path), message)], module }
}

function parameterFaults({ object, declared, open, read, facts, cel, regoPath }: LintTemplate): Fault[] {
  if (read === undefined) return []
  const unread = [...declared.keys()].filter((name) => !read.has(name))
  const undeclared = open ? [] : [...read].filter((name) => !declared.has(name))
  return [
    ...unread.map((name) =>
      faultAt(
        'enforce-parameter-unread',
        object,
        keyRange(object, [...SCHEMA, 'properties', name]),
        `The parameter ${name} is declared, and the code never reads it.`,
      ),
    ),
    ...undeclared.map((name) => {
      const inner = facts?.parameters.get(name)
      const place = inner && regoPath ? rangeInText(object, regoPath, inner) : rangeOf(object, SCHEMA)
      const where = inner === undefined && cel !== '' ? 'The CEL' : 'The Rego'
      return faultAt(
        'enforce-parameter-undeclared',
        object,
        place,
        `${where} reads the parameter ${name}, which the schema does not declare.`,
      )
    }),
  ]
}

const ROLES = ['initContainers', 'ephemeralContainers'] as const

function podFaults({ object, facts, cel, regoPath }: LintTemplate): Fault[] {
  const faults: Fault[] = []
  const inRego = (range: Range): Range =>
    regoPath === undefined ? rangeOf(object, TARGET) : rangeInText(object, regoPath, range)
  if (facts?.containersAt !== undefined) {
    const missing = ROLES.filter((role) => !facts.words.has(role))
    if (missing.length > 0) {
      const message = `Only containers are looked at: ${missing.join(' and ')} slip through.`
      faults.push(faultAt('enforce-containers-only', object, inRego(facts.containersAt), message))
    }
    if (facts.readsTemplates && !facts.readsPods) {
      const message = 'Only pods inside of `template` are looked at: a Pod created by itself slips through.'
      faults.push(faultAt('enforce-pods-not-read', object, inRego(facts.containersAt), message))
    }
  } else if (regoPath === undefined && /\bcontainers\b/.test(cel)) {
    const missing = ROLES.filter((role) => !cel.includes(role))
    if (missing.length > 0) {
      const message = `Only containers are looked at: ${missing.join(' and ')} slip through.`
      faults.push(faultAt('enforce-containers-only', object, rangeOf(object, [...TARGET, 'code']), message))
    }
  }
  return faults
}
