import { EXEMPT_IMAGES, type Json, type JsonMap, POD_CEL, POD_MATCHES, type Policy, type Sample } from './policy.ts'

interface ContainerPolicy extends Pick<
  Policy,
  'name' | 'kind' | 'title' | 'description' | 'rules' | 'action' | 'actionReason' | 'keep'
> {
  /** What follows a container's name in a message. */
  readonly message: string
  /** Rego of `is_bad(container)`, and helpers. */
  readonly bad: string
  /** CEL that is true of a bad container `c`. */
  readonly celBad: string
  readonly celVariables?: Policy['cel']['variables']
  readonly properties?: JsonMap
  readonly parameters?: JsonMap
  /** True: a container that says nothing is bad. */
  readonly absentFails?: boolean
  readonly failing: JsonMap
  readonly passing: JsonMap
  readonly podPassing?: JsonMap
  readonly podFailing?: JsonMap
}

/** A policy that is true of each container by itself. */
export function containerPolicy(given: ContainerPolicy): Policy {
  const {
    message,
    bad,
    celBad,
    celVariables,
    failing,
    absentFails = false,
    passing,
    properties,
    parameters,
    podPassing,
    podFailing,
    ...rest
  } = given
  return {
    ...rest,
    matches: POD_MATCHES,
    pods: true,
    properties: { ...EXEMPT_IMAGES, ...properties },
    parameters: { exemptImages: [], ...parameters },
    rego: `
violation contains {"msg": msg, "details": {"container": container_name(container)}} if {
	some container in pod_containers
	is_bad(container)
	msg := sprintf("Container %v ${message}", [container_name(container)])
}

${bad.trim()}
`.trim(),
    cel: {
      variables: [
        ...POD_CEL,
        ...(celVariables ?? []),
        { name: 'bad', expression: `variables.containers.filter(c, ${celBad})` },
      ],
      validations: [
        {
          expression: 'size(variables.bad) == 0',
          messageExpression: `"Container " + variables.bad.map(c, c.name).join(", ") + ${JSON.stringify(` ${message}`)}`,
        },
      ],
    },
    differs: ['one message names all containers at fault; the Rego twins give one per container'],
    failing: [
      { name: 'pod', object: pod({ ...podFailing, containers: [container('web', failing)] }) },
      {
        name: 'deployment-init-container',
        object: deployment({
          ...podPassing,
          initContainers: [container('prepare', failing)],
          containers: [container('web', passing)],
        }),
      },
      {
        name: 'pod-ephemeral-container',
        object: pod({
          ...podPassing,
          containers: [container('web', passing)],
          ephemeralContainers: [container('debug', failing)],
        }),
      },
      { name: 'cron-job', object: cronJob({ ...podFailing, containers: [container('web', failing)] }) },
      ...(absentFails ? [{ name: 'pod-nothing-set', object: pod({ containers: [container('web', {})] }) }] : []),
    ],
    passing: [
      {
        name: 'deployment',
        object: deployment({
          ...podPassing,
          initContainers: [container('prepare', passing)],
          containers: [container('web', passing)],
        }),
      },
      { name: 'pod', object: pod({ ...podPassing, containers: [container('web', passing)] }) },
      { name: 'cron-job', object: cronJob({ ...podPassing, containers: [container('web', passing)] }) },
    ],
  }
}

interface SpecPolicy extends Pick<
  Policy,
  'name' | 'kind' | 'title' | 'description' | 'rules' | 'action' | 'actionReason' | 'keep' | 'rego' | 'differs'
> {
  readonly cel: Policy['cel']
  readonly properties?: JsonMap
  readonly parameters?: JsonMap
  readonly failing: readonly JsonMap[]
  readonly passing: readonly JsonMap[]
}

/** A policy over a pod's spec as a whole; its samples are pod specs without containers. */
export function specPolicy(given: SpecPolicy): Policy {
  const { properties = {}, parameters = {}, failing, passing, ...rest } = given
  const samples = (specs: readonly JsonMap[]): Sample[] =>
    specs.flatMap((spec, index): Sample[] => {
      const whole = { containers: [container('web', {})], ...spec }
      const suffix = index === 0 ? '' : `-${index + 1}`
      return [
        { name: `pod${suffix}`, object: pod(whole) },
        ...(index > 0
          ? []
          : [
              { name: 'deployment', object: deployment(whole) },
              { name: 'cron-job', object: cronJob(whole) },
            ]),
      ]
    })
  return {
    ...rest,
    matches: POD_MATCHES,
    pods: true,
    properties: { ...EXEMPT_IMAGES, ...properties },
    parameters: { exemptImages: [], ...parameters },
    cel: { variables: [...POD_CEL, ...given.cel.variables], validations: given.cel.validations },
    failing: samples(failing),
    passing: samples(passing),
  }
}

export function container(name: string, more: JsonMap): JsonMap {
  return { name, image: `registry.example.com/${name}:1.0`, ...more }
}

export function pod(spec: Json): JsonMap {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'sample', namespace: 'payments' }, spec }
}

export function deployment(spec: Json): JsonMap {
  const labels = { app: 'sample' }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'sample', namespace: 'payments' },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}

export function cronJob(spec: Json): JsonMap {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'sample', namespace: 'payments' },
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: { spec } } } },
  }
}
