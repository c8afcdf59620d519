import type { YamlData } from '../../edit/yaml/data.ts'
import { type CompiledTemplate, KubernetesObject, PolicyError, PolicySet } from '../../gatekeeper/index.ts'
import { nearest } from '../../text/nearest.ts'
import { type Fault, faultAt } from './fault.ts'
import { at, fields, keyRange, type LintObject, list, rangeInText, rangeOf, type Step, text, texts } from './objects.ts'
import { type LintTemplate, namespaceFault } from './templates.ts'

export const CONSTRAINT_GROUP = 'constraints.gatekeeper.sh'
const ACTIONS = ['deny', 'warn', 'dryrun', 'scoped']
const MATCH = [
  'excludedNamespaces',
  'kinds',
  'labelSelector',
  'name',
  'namespaces',
  'namespaceSelector',
  'scope',
  'source',
]
const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job', 'CronJob']

/** Faults of one constraint; `template` is undefined if nothing here defines its kind. */
export function constraintFaults(object: LintObject, template: LintTemplate | undefined): Fault[] {
  const faults = [
    ...shapeFaults(object, template),
    ...(template === undefined ? [] : [...parameterFaults(object, template), ...podFaults(object, template)]),
  ]
  const readable = template?.compiled !== undefined && !faults.some(({ level }) => level === 'error')
  return readable ? [...faults, ...refusal(object, template.compiled)] : faults
}

/** What the schema says besides types: limits, patterns, rules in CEL. */
function refusal(object: LintObject, compiled: CompiledTemplate): Fault[] {
  const policies = new PolicySet()
  policies.addTemplate(compiled)
  const { file, node, aliases, data } = object
  try {
    policies.addConstraint(new KubernetesObject(data, { file, node, aliases }))
    return []
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    if (error.code !== 'constraint-schema') return []
    return [faultAt('enforce-parameter-refused', object, error.range ?? rangeOf(object, PARAMETERS), error.message)]
  }
}

function shapeFaults(object: LintObject, template: LintTemplate | undefined): Fault[] {
  const faults: Fault[] = []
  const version = object.apiVersion.slice(CONSTRAINT_GROUP.length + 1)
  if (version !== 'v1beta1') {
    const value = `${CONSTRAINT_GROUP}/v1beta1`
    const fix = { title: 'Use v1beta1', changes: [{ op: 'set', path: ['apiVersion'], value } as const] }
    const message = `There are no constraints of version ${version}: only templates moved to v1.`
    faults.push(faultAt('enforce-constraint-version', object, rangeOf(object, ['apiVersion']), message, fix))
  }
  if (object.namespace !== '') faults.push(namespaceFault(object, 'A constraint'))
  if (template === undefined) {
    const message = `No template here defines the kind ${object.kind}.`
    faults.push(faultAt('enforce-constraint-without-template', object, rangeOf(object, ['kind']), message))
  }
  const action = at(object.data, 'spec', 'enforcementAction')
  if (action !== undefined && !ACTIONS.includes(text(action))) {
    const hint = nearest(text(action), ACTIONS)
    const message = `There is no action ${text(action)}${hint === undefined ? `; there are ${ACTIONS.join(', ')}` : `; did you mean ${hint}?`}`
    faults.push(faultAt('enforce-constraint-action', object, rangeOf(object, ['spec', 'enforcementAction']), message))
  }
  for (const key of Object.keys(fields(at(object.data, 'spec', 'match')))) {
    if (MATCH.includes(key)) continue
    const hint = nearest(key, MATCH)
    const message = `match has no field ${key}${hint === undefined ? '' : `; did you mean ${hint}?`} It is ignored, so more is matched than meant.`
    faults.push(faultAt('enforce-constraint-match', object, keyRange(object, ['spec', 'match', key]), message))
  }
  return faults
}

const PARAMETERS: readonly Step[] = ['spec', 'parameters']

function parameterFaults(object: LintObject, template: LintTemplate): Fault[] {
  const faults: Fault[] = []
  for (const [name, value] of Object.entries(fields(at(object.data, ...PARAMETERS)))) {
    const schema = template.declared.get(name)
    const isRead = template.read === undefined || template.read.has(name)
    if (schema === undefined && !template.open && !(isRead && template.read !== undefined)) {
      // Code that takes the parameters as a whole may read any of them.
      if (template.read === undefined && template.declared.size === 0) continue
      const hint = nearest(name, [...template.declared.keys()])
      const message = `The template ${template.object.name} neither declares nor reads ${name}: it does nothing here.${hint === undefined ? '' : ` Did you mean ${hint}?`}`
      faults.push(faultAt('enforce-parameter-unknown', object, keyRange(object, [...PARAMETERS, name]), message))
    }
    const wrong = schema === undefined ? undefined : wrongType(schema, value, [...PARAMETERS, name])
    if (wrong !== undefined) {
      const [path, type] = wrong
      const message = `${path.slice(PARAMETERS.length).join('.')} is to be of type ${type}.`
      faults.push(faultAt('enforce-parameter-type', object, rangeOf(object, path), message))
    }
  }
  return faults
}

function wrongType(
  schema: YamlData,
  value: YamlData,
  path: readonly Step[],
): readonly [readonly Step[], string] | undefined {
  const type = text(at(schema, 'type'))
  if (value === null || type === '' || at(schema, 'x-kubernetes-int-or-string') === true) return undefined
  if (typeName(value) !== type && !(type === 'number' && typeName(value) === 'integer')) return [path, type]
  if (type === 'array') {
    const items = at(schema, 'items')
    for (const [index, item] of list(value).entries()) {
      const wrong = items === undefined ? undefined : wrongType(items, item, [...path, index])
      if (wrong !== undefined) return wrong
    }
  }
  if (type === 'object') {
    for (const [key, inner] of Object.entries(fields(value))) {
      const one = at(schema, 'properties', key)
      const wrong = one === undefined ? undefined : wrongType(one, inner, [...path, key])
      if (wrong !== undefined) return wrong
    }
  }
  return undefined
}

function typeName(value: YamlData): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value !== 'object' ? typeof value : Array.isArray(value) ? 'array' : 'object'
}

function podFaults(object: LintObject, template: LintTemplate): Fault[] {
  const readsContainers = template.facts?.containersAt !== undefined || /\bcontainers\b/.test(template.cel)
  if (!readsContainers) return []
  const path = ['spec', 'match', 'kinds']
  const kinds = list(at(object.data, ...path)).flatMap((entry) => texts(at(entry, 'kinds')))
  if (kinds.length === 0 || kinds.includes('Pod') || kinds.includes('*')) return []
  if (!kinds.some((kind) => WORKLOADS.includes(kind))) return []
  const message = `Only ${kinds.join(', ')} ${kinds.length === 1 ? 'is' : 'are'} matched: a Pod created by itself, or by another controller, slips through.`
  return [faultAt('enforce-pods-not-matched', object, keyRange(object, path), message)]
}

/** Faults that only show when a template and its constraints are read together. */
export function pairFaults(template: LintTemplate, constraints: readonly LintObject[]): Fault[] {
  const { facts, object, regoPath } = template
  if (facts === undefined || regoPath === undefined) return []
  return [...registryFaults(template, constraints), ...messageFaults(template, constraints)].map((fault) =>
    fault.file === '' ? { ...fault, file: object.file.path } : fault,
  )
}

const REGISTRY = /registr|repos?(?:itor|$|s$)/i

/** `ghcr.io/acme` as a beginning also lets `ghcr.io/acme-evil/` in. */
function registryFaults({ facts, object, regoPath }: LintTemplate, constraints: readonly LintObject[]): Fault[] {
  const faults: Fault[] = []
  for (const { parameter, literal, range } of facts?.prefixes ?? []) {
    const place = rangeInText(object, regoPath ?? [], range)
    if (literal !== undefined && /^[\w.-]+\.[a-z]+(?::\d+)?(?:\/[\w.-]+)*$/.test(literal)) {
      const message = `An image is compared with ${literal} as a beginning: without a slash at the end ${literal}-evil passes too.`
      faults.push(faultAt('enforce-registry-prefix', object, place, message))
    }
    if (parameter === undefined || !REGISTRY.test(parameter)) continue
    const message = `Images are compared with ${parameter} as a beginning: a value without a slash at its end lets others in (acme-evil for acme).`
    faults.push(faultAt('enforce-registry-prefix', object, place, message, undefined, 'warning'))
    for (const constraint of constraints) {
      const path = ['spec', 'parameters', parameter]
      for (const [index, value] of list(at(constraint.data, ...path)).entries()) {
        if (typeof value !== 'string' || value === '' || /[/:@]$|[:@][^/]+$/.test(value)) continue
        const at = [...path, index]
        faults.push(
          faultAt(
            'enforce-registry-prefix',
            constraint,
            rangeOf(constraint, at),
            `${value} is compared as a beginning, so it also lets ${value}-evil/ in: end it with a slash.`,
            { title: 'Add the slash', changes: [{ op: 'set', path: at, value: `${value}/` }] },
          ),
        )
      }
    }
  }
  return faults
}

function messageFaults({ facts, object, regoPath }: LintTemplate, constraints: readonly LintObject[]): Fault[] {
  if (facts === undefined || facts.parameters.size === 0) return []
  const values = constraints.flatMap((one) => strings(at(one.data, 'spec', 'parameters')))
  const known = [...new Set(values.map((value) => value.replace(/\/+$/, '')))].filter((value) => value.length > 3)
  return facts.messages.flatMap((message): Fault[] => {
    const quoted = known.find((value) => message.text.includes(value))
    const host = /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|io|net|org|dev|cloud)\b[\w/-]*/i.exec(message.text)?.[0]
    const found = quoted ?? (message.fromParameters ? undefined : host)
    if (found === undefined) return []
    const text = `The message names ${found}, which is for the parameters to say: it is wrong as soon as they change.`
    return [faultAt('enforce-message-hardcoded', object, rangeInText(object, regoPath ?? [], message.range), text)]
  })
}

function strings(value: YamlData | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return list(value).flatMap(strings)
  return Object.values(fields(value)).flatMap(strings)
}
