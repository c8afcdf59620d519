/** Constraints: their fields, their parameters against the template's schema, and what is done about violations. */
import { type Fields, fieldsAt, isFields, listAt, member, memberAt, textAt, textsAt } from './json.ts'
import { Matcher } from './match.ts'
import type { KubernetesObject } from './objects.ts'
import { type PolicyError, problemAt } from './problem.ts'
import { type SchemaProblem, validateSchema, withDefaults } from './schema.ts'
import type { SchemaRules } from './schema-rules.ts'
import type { Template } from './template.ts'

const CONSTRAINT_GROUP = 'constraints.gatekeeper.sh'

export type Action = 'deny' | 'warn' | 'dryrun'

const ACTIONS: readonly string[] = ['deny', 'warn', 'dryrun', 'scoped']

/** Where a constraint is enforced; `*` stands for all of them. */
export type EnforcementPoint = 'validation.gatekeeper.sh' | 'audit.gatekeeper.sh' | 'gator.gatekeeper.sh' | 'vap.k8s.io'

export interface Constraint {
  readonly object: KubernetesObject
  /** With the defaults of the template's schema. */
  readonly value: Fields
  readonly name: string
  readonly kind: string
  readonly matcher: Matcher
  /** What is done at an enforcement point, the sternest first; empty: it is not looked at there. */
  readonly actions: (point: EnforcementPoint) => readonly Action[]
}

export function isConstraint(object: KubernetesObject): boolean {
  return object.group === CONSTRAINT_GROUP
}

/** `spec` of every constraint, as Gatekeeper's custom resources declare it. */
const STRINGS = { type: 'array', items: { type: 'string' } }
const SELECTOR = {
  type: 'object',
  properties: {
    matchLabels: { type: 'object', additionalProperties: { type: 'string' } },
    matchExpressions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['key', 'operator'],
        properties: {
          key: { type: 'string' },
          operator: { type: 'string', enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
          values: STRINGS,
        },
      },
    },
  },
}
const WILDCARD = { type: 'string', pattern: '^\\*?[-:a-z0-9]*\\*?$' }
const MATCH = {
  type: 'object',
  properties: {
    kinds: { type: 'array', items: { type: 'object', properties: { apiGroups: STRINGS, kinds: STRINGS } } },
    namespaces: { type: 'array', items: WILDCARD },
    excludedNamespaces: { type: 'array', items: WILDCARD },
    labelSelector: SELECTOR,
    namespaceSelector: SELECTOR,
    scope: { type: 'string' },
    name: { type: 'string' },
    source: { type: 'string', enum: ['All', 'Generated', 'Original'] },
  },
}
const SCOPED = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      action: { type: 'string' },
      enforcementPoints: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
    },
  },
}

function schemaOf(template: Template): Fields {
  return {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          match: MATCH,
          enforcementAction: { type: 'string' },
          scopedEnforcementActions: SCOPED,
          ...(template.schema === undefined
            ? template.legacySchema && { parameters: ANYTHING }
            : { parameters: template.schema }),
        },
      },
    },
  }
}

const ANYTHING = { 'x-kubernetes-preserve-unknown-fields': true }

/** Fields of `spec` that no schema names: most often misspelt ones, whose policy would do something else than was meant. */
function unknownFields(value: Fields, schema: Fields, template: Template): readonly SchemaProblem[] {
  const spec = memberAt(schema, 'properties', 'spec')
  const properties = fieldsAt(spec, 'properties')
  const open = template.legacySchema ? { ...properties, parameters: ANYTHING } : properties
  const problems = validateSchema(
    memberAt(value, 'spec') ?? {},
    { type: 'object', properties: open },
    { unknownFields: true },
  )
  return problems.map(({ path, message }) => ({ path: ['spec', ...path], message }))
}

/** @throws PolicyError for the first field that the template's schema or Gatekeeper does not take */
export function readConstraint(
  object: KubernetesObject,
  template: Template,
  rules: SchemaRules | undefined,
): Constraint {
  const fail = (path: readonly (string | number)[], code: string, message: string): PolicyError =>
    problemAt(object, path, code, message)
  if (object.version !== 'v1beta1' && object.version !== 'v1alpha1') {
    throw fail(
      ['apiVersion'],
      'constraint-version',
      `no such version: constraints exist as ${CONSTRAINT_GROUP}/v1beta1, not ${object.apiVersion}`,
    )
  }
  if (object.name === '') throw fail(['metadata'], 'constraint-name', `a constraint of kind ${object.kind} has no name`)
  if (object.name.length > 63)
    throw fail(['metadata', 'name'], 'constraint-name', 'metadata.name may not be longer than 63')
  const schema = schemaOf(template)
  const filled = withDefaults(object.value, schema)
  const value = isFields(filled) ? filled : object.value
  const [problem] = validateSchema(value, schema)
  if (problem !== undefined) {
    throw fail(problem.path, 'constraint-schema', `${problem.path.join('.')}: Invalid value: ${problem.message}`)
  }
  const [unknown] = unknownFields(value, schema, template)
  if (unknown !== undefined) {
    throw fail(unknown.path, 'constraint-unknown-field', `unknown fields: [${unknown.path.join('.')}]`)
  }
  const [broken] = rules?.(memberAt(value, 'spec', 'parameters')) ?? []
  if (broken !== undefined) {
    const path = ['spec', 'parameters', ...broken.path]
    throw fail(path, 'constraint-schema', `${path.join('.')}: ${broken.message}`)
  }
  let matcher: Matcher
  try {
    matcher = new Matcher(memberAt(value, 'spec', 'match'))
  } catch (error) {
    throw fail(['spec', 'match'], 'constraint-match', error instanceof Error ? error.message : String(error))
  }
  return { object, value, name: object.name, kind: object.kind, matcher, actions: readActions(value, fail) }
}

type Fail = (path: readonly (string | number)[], code: string, message: string) => PolicyError

function readActions(value: Fields, fail: Fail): Constraint['actions'] {
  const spec = fieldsAt(value, 'spec')
  const action = textAt(spec, 'enforcementAction') || 'deny'
  if (!ACTIONS.includes(action)) {
    throw fail(
      ['spec', 'enforcementAction'],
      'constraint-action',
      `spec.enforcementAction "${action}" is not one of ${ACTIONS.join(', ')}`,
    )
  }
  if (isAction(action)) return () => [action]
  const scoped = listAt(spec, 'scopedEnforcementActions')
  if (scoped.length === 0) {
    throw fail(
      ['spec', 'enforcementAction'],
      'constraint-action',
      'enforcementAction is scoped, and there are no scopedEnforcementActions',
    )
  }
  const rules = scoped.map((one, index) => {
    const given = textAt(one, 'action')
    if (!isAction(given)) {
      throw fail(
        ['spec', 'scopedEnforcementActions', index, 'action'],
        'constraint-action',
        `the action "${given}" is not one of deny, warn, dryrun`,
      )
    }
    const points = listAt(one, 'enforcementPoints').flatMap((point) =>
      textsAt({ names: [member(point, 'name')] }, 'names'),
    )
    return { action: given, points: new Set(points) }
  })
  return (point) => {
    const actions = rules.filter(({ points }) => points.has('*') || points.has(point)).map((rule) => rule.action)
    return (['deny', 'warn', 'dryrun'] as const).filter((one) => actions.includes(one))
  }
}

function isAction(text: string): text is Action {
  return text === 'deny' || text === 'warn' || text === 'dryrun'
}
