import type { Json, JsonMap, Policy } from '../policies/policy.ts'

/** Stands for every value that is not needed. */
const NOT_SHOWN = 'not-shown'
export const CONTAINERS = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** What of an object a policy looks at. Values of variables and of data are never among it: only their names. */
export function reduced(policy: Policy, object: JsonMap): JsonMap {
  const { keep } = policy
  const result: Record<string, Json> = {}
  for (const key of ['apiVersion', 'kind']) result[key] = object[key] ?? ''
  result['metadata'] = metadata(policy, object['metadata'])
  for (const key of keep.object ?? []) {
    const value = object[key]
    if (value !== undefined) result[key] = OBJECT_PARTS[key]?.(value) ?? value
  }
  if (policy.pods && object['kind'] !== 'ConfigMap') {
    const path = podPath(String(object['kind']))
    const spec = path.reduce((at: Json | undefined, key) => fields(at)[key], object)
    const pod = podSpec(policy, fields(spec))
    const outer = path.toReversed().reduce((inner: JsonMap, key) => ({ [key]: inner }), pod)
    Object.assign(result, outer)
  }
  return result
}

function podPath(kind: string): readonly string[] {
  if (kind === 'Pod') return ['spec']
  if (kind === 'PodTemplate') return ['template', 'spec']
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template', 'spec'] : ['spec', 'template', 'spec']
}

function metadata(policy: Policy, given: Json | undefined): JsonMap {
  const { name, namespace, labels } = fields(given)
  const security = Object.entries(fields(labels)).filter(([key]) => key.startsWith('pod-security.kubernetes.io/'))
  return {
    name: name ?? 'sample',
    ...(namespace !== undefined && { namespace }),
    ...(policy.name === 'require-pod-security-labels' &&
      security.length > 0 && { labels: Object.fromEntries(security) }),
  }
}

function podSpec({ keep }: Policy, spec: JsonMap): JsonMap {
  const result: Record<string, Json> = {}
  for (const key of keep.pod ?? []) {
    const value = spec[key]
    if (value !== undefined) result[key] = POD_PARTS[key]?.(value) ?? value
  }
  for (const field of CONTAINERS) {
    if (!Array.isArray(spec[field])) continue
    result[field] = items(spec[field]).map((one) => {
      const { name = 'container', image } = one
      const kept: Record<string, Json> = { name, ...(image !== undefined && { image }) }
      for (const key of keep.container ?? []) {
        const value = one[key]
        if (value !== undefined) kept[key] = CONTAINER_PARTS[key]?.(value) ?? value
      }
      return kept
    })
  }
  return result
}

type Part = (value: Json) => Json

const names: Part = (value) => Object.fromEntries(Object.keys(fields(value)).map((key) => [key, NOT_SHOWN]))
const presence: Part = () => ({})

const CONTAINER_PARTS: Readonly<Record<string, Part>> = {
  env: (value) =>
    items(value).map((variable) => ({
      name: variable['name'] ?? '',
      ...(variable['value'] !== undefined && { value: variable['value'] === '' ? '' : NOT_SHOWN }),
    })),
  livenessProbe: presence,
  readinessProbe: presence,
  ports: (value) => items(value).map((port) => pick(port, ['containerPort', 'hostPort', 'protocol'])),
}

const POD_PARTS: Readonly<Record<string, Part>> = {
  volumes: (value) => items(value).map((volume) => pick(volume, ['name', 'hostPath'])),
}

const OBJECT_PARTS: Readonly<Record<string, Part>> = {
  data: names,
  binaryData: names,
  spec: (value) => pick(fields(value), ['type', 'loadBalancerSourceRanges']),
}

function pick(from: JsonMap, keys: readonly string[]): JsonMap {
  return Object.fromEntries(
    keys.flatMap((key): [string, Json][] => {
      const value = from[key]
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

function items(value: Json | undefined): JsonMap[] {
  return isList(value) ? value.map(fields) : []
}

export function fields(value: Json | undefined): JsonMap {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {}
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
