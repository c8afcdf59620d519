/** ConstraintTemplates: what they say, and the checks that Gatekeeper makes before it takes one. */
import { type Fields, fieldsAt, isFields, listAt, member, memberAt, textAt, textsAt } from './json.ts'
import type { KubernetesObject } from './objects.ts'
import { type PolicyError, problemAt } from './problem.ts'
import type { RegoVersion } from '../rego/index.ts'

const TEMPLATE_GROUP = 'templates.gatekeeper.sh'
const VERSIONS = ['v1', 'v1beta1', 'v1alpha1']
const TARGET = 'admission.k8s.gatekeeper.sh'

/** Where a template has the schema of its parameters. */
export const SCHEMA_PATH: readonly string[] = ['spec', 'crd', 'spec', 'validation', 'openAPIV3Schema']

/** A text and where it stands in the template. */
export interface TemplateText {
  readonly text: string
  readonly path: readonly (string | number)[]
}

export interface RegoSource {
  readonly rego: TemplateText
  readonly libs: readonly TemplateText[]
  readonly version: RegoVersion
}

export interface CelSource {
  /** `K8sNativeValidation`'s source. */
  readonly source: Fields
  readonly path: readonly (string | number)[]
}

export interface Template {
  readonly object: KubernetesObject
  readonly name: string
  /** The kind of its constraints. */
  readonly kind: string
  /** Of `spec.parameters`; undefined if the template declares none. */
  readonly schema: unknown
  /** True: what the schema does not name is allowed, and a schema may leave out types. */
  readonly legacySchema: boolean
  readonly rego: RegoSource | undefined
  readonly cel: CelSource | undefined
}

export function isTemplate(object: KubernetesObject): boolean {
  return object.kind === 'ConstraintTemplate' && object.group === TEMPLATE_GROUP
}

/** @throws PolicyError in Gatekeeper's words */
export function readTemplate(object: KubernetesObject): Template {
  const fail = (path: readonly (string | number)[], code: string, message: string): PolicyError =>
    problemAt(object, path, code, message)
  if (!VERSIONS.includes(object.version)) {
    throw fail(['apiVersion'], 'template-version', `no such version of ConstraintTemplate: ${object.apiVersion}`)
  }
  if (object.name === '') throw fail(['metadata', 'name'], 'template-name', 'ConstraintTemplate has no name')
  const kind = textAt(object.value, 'spec', 'crd', 'spec', 'names', 'kind')
  if (kind === '') {
    throw fail(
      ['spec', 'crd', 'spec', 'names', 'kind'],
      'template-kind',
      `ConstraintTemplate "${object.name}" does not specify CRD Kind`,
    )
  }
  if (object.name !== kind.toLowerCase()) {
    throw fail(
      ['metadata', 'name'],
      'template-name',
      `the ConstraintTemplate's name "${object.name}" is not equal to the lowercase of CRD's Kind: "${kind.toLowerCase()}"`,
    )
  }
  const targets = listAt(object.value, 'spec', 'targets')
  if (targets.length !== 1) {
    throw fail(['spec', 'targets'], 'template-targets', `expected exactly 1 item in targets, got ${targets.length}`)
  }
  const target = targets[0]
  if (textAt(target, 'target') !== TARGET) {
    throw fail(
      ['spec', 'targets', 0, 'target'],
      'template-target',
      `target "${textAt(target, 'target')}" is not ${TARGET}`,
    )
  }
  const validation = fieldsAt(object.value, 'spec', 'crd', 'spec', 'validation')
  const legacy = member(validation, 'legacySchema')
  const engines = readEngines(target, fail)
  return {
    object,
    name: object.name,
    kind,
    schema: member(validation, 'openAPIV3Schema'),
    // v1 asks for structural schemas; before, anything went.
    legacySchema: typeof legacy === 'boolean' ? legacy : object.version !== 'v1',
    ...engines,
  }
}

type Fail = (path: readonly (string | number)[], code: string, message: string) => PolicyError

function readEngines(target: unknown, fail: Fail): Pick<Template, 'rego' | 'cel'> {
  const base = ['spec', 'targets', 0] as const
  let rego: RegoSource | undefined
  let cel: CelSource | undefined
  for (const [index, code] of listAt(target, 'code').entries()) {
    const path = [...base, 'code', index]
    const engine = textAt(code, 'engine')
    const source = fieldsAt(code, 'source')
    if ((engine === 'Rego' ? rego : engine === 'K8sNativeValidation' ? cel : undefined) !== undefined) {
      throw fail([...path, 'engine'], 'template-engine', `the engine ${engine} is named twice`)
    }
    if (engine === 'Rego') rego = readRego(source, [...path, 'source'], fail)
    else if (engine === 'K8sNativeValidation') cel = { source, path: [...path, 'source'] }
    else
      throw fail(
        [...path, 'engine'],
        'template-engine',
        `no such engine: "${engine}"; there are Rego and K8sNativeValidation`,
      )
  }
  // The field from before `code`; where both say Rego, `code` is the newer word.
  if (rego === undefined && textAt(target, 'rego') !== '') rego = readRego(target, base, fail)
  if (rego === undefined && cel === undefined) {
    throw fail([...base, 'rego'], 'template-without-code', 'the target has no code: neither `rego` nor `code`')
  }
  return { rego, cel }
}

function readRego(source: unknown, path: readonly (string | number)[], fail: Fail): RegoSource {
  const text = textAt(source, 'rego')
  if (text === '') throw fail([...path, 'rego'], 'template-without-code', 'missing rego source code')
  const version = memberAt(source, 'version')
  if (version !== undefined && version !== 'v0' && version !== 'v1' && version !== '') {
    throw fail([...path, 'version'], 'template-rego-version', 'the version of Rego must be v0 or v1')
  }
  return {
    rego: { text, path: [...path, 'rego'] },
    libs: textsAt(source, 'libs').map((lib, index) => ({ text: lib, path: [...path, 'libs', index] })),
    version: version === 'v1' ? 'v1' : 'v0',
  }
}

/** Gatekeeper's own words for a schema that v1 does not take. Looks at what `legacySchema: false` asks for. */
export function schemaFault(template: Template): PolicyError | undefined {
  if (template.legacySchema || template.schema === undefined) return undefined
  const path = untyped(template.schema, [])
  if (path === undefined) return undefined
  return problemAt(
    template.object,
    [...SCHEMA_PATH, ...path],
    'template-schema',
    `spec.validation.openAPIV3Schema${path.map((key) => `.${key}`).join('')}.type: Required value: must not be empty for specified object fields (a structural schema has a type at every level)`,
  )
}

function untyped(schema: unknown, path: readonly string[]): readonly string[] | undefined {
  if (!isFields(schema)) return undefined
  const open =
    member(schema, 'x-kubernetes-int-or-string') === true ||
    member(schema, 'x-kubernetes-preserve-unknown-fields') === true
  if (textAt(schema, 'type') === '' && !open) return path
  for (const [key, inner] of Object.entries(fieldsAt(schema, 'properties'))) {
    const found = untyped(inner, [...path, 'properties', key])
    if (found !== undefined) return found
  }
  for (const key of ['items', 'additionalProperties']) {
    const found = untyped(member(schema, key), [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
