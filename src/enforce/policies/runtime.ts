import { container, deployment, pod } from './pod-policy.ts'
import { EXEMPT_IMAGES, type JsonMap, POD_CEL, POD_MATCHES, type Policy } from './policy.ts'

const RESOURCES: JsonMap = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '256Mi' } }
const PROBE: JsonMap = { httpGet: { path: '/healthz', port: 8080 } }

/** Limits and probes: the containers that go on running, so no init and no ephemeral ones for probes. */
export const RUNTIME: readonly Policy[] = [
  {
    name: 'require-resources',
    kind: 'K8sRequireResources',
    title: 'Containers say what they need and at most take',
    description: 'Each container and init container sets the requests and limits that the constraint asks for.',
    rules: ['k8s-memory-limits', 'k8s-memory-requests', 'k8s-cpu-limits', 'k8s-cpu-requests'],
    action: 'warn',
    actionReason: 'Limits that are too low end a program that ran well.',
    matches: POD_MATCHES,
    pods: true,
    keep: { container: ['resources'] },
    properties: {
      ...EXEMPT_IMAGES,
      requests: { type: 'array', description: 'Requests that must be set.', items: { type: 'string' } },
      limits: { type: 'array', description: 'Limits that must be set.', items: { type: 'string' } },
    },
    parameters: { exemptImages: [], requests: ['cpu', 'memory'], limits: ['cpu', 'memory'] },
    ruleParameters: {
      'k8s-memory-limits': { requests: [], limits: ['memory'] },
      'k8s-cpu-limits': { requests: [], limits: ['cpu'] },
      'k8s-memory-requests': { requests: ['memory'], limits: [] },
      'k8s-cpu-requests': { requests: ['cpu'], limits: [] },
    },
    rego: `
violation contains {"msg": msg, "details": {"container": container_name(container), "missing": missing}} if {
	some container in pod_containers
	not is_ephemeral(container)
	some kind in {"requests", "limits"}
	some resource_name in object.get(parameters, kind, [])
	not container.resources[kind][resource_name]
	missing := sprintf("resources.%v.%v", [kind, resource_name])
	msg := sprintf("Container %v does not set %v.", [container_name(container), missing])
}

# These cannot have any.
is_ephemeral(container) if container in pod_spec.ephemeralContainers`.trim(),
    cel: {
      variables: [
        ...POD_CEL,
        {
          name: 'lasting',
          expression:
            'variables.containers.filter(c, !(has(variables.podSpec.ephemeralContainers) && variables.podSpec.ephemeralContainers.exists(e, e.name == c.name)))',
        },
      ],
      validations: ['limits', 'requests'].flatMap((kind) =>
        ['cpu', 'memory', 'ephemeral-storage'].map((name) => {
          const lacking = `variables.lasting.filter(c, !(has(c.resources) && has(c.resources.${kind}) && "${name}" in c.resources.${kind}))`
          return {
            expression: `dyn(variables.params) == null || !has(variables.params.${kind}) || !("${name}" in variables.params.${kind}) || size(${lacking}) == 0`,
            messageExpression: `"Container " + ${lacking}.map(c, c.name).join(", ") + " does not set resources.${kind}.${name}."`,
          }
        }),
      ),
    },
    differs: [
      'one message names the containers; the Rego twins give one per container',
      'it knows cpu, memory and ephemeral-storage only',
    ],
    failing: [
      { name: 'pod', object: pod({ containers: [container('web', {})] }) },
      {
        name: 'deployment-init-container',
        object: deployment({
          initContainers: [container('prepare', { resources: { limits: { memory: '1Gi' } } })],
          containers: [container('web', { resources: RESOURCES })],
        }),
      },
    ],
    passing: [
      { name: 'pod', object: pod({ containers: [container('web', { resources: RESOURCES })] }) },
      {
        name: 'pod-ephemeral-container',
        object: pod({
          containers: [container('web', { resources: RESOURCES })],
          ephemeralContainers: [container('debug', {})],
        }),
      },
    ],
  },
  {
    name: 'require-probes',
    kind: 'K8sRequireProbes',
    title: 'Containers that go on running have probes',
    description:
      'Each container of a Deployment, StatefulSet or DaemonSet sets the probes that the constraint asks for.',
    rules: ['k8s-liveness-probe', 'k8s-readiness-probe'],
    action: 'warn',
    withoutPods: 'The pods of a Job end by themselves and need no probes.',
    actionReason: 'A wrong probe restarts a program that runs well.',
    matches: [
      {
        apiGroups: ['apps'],
        kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
        resources: ['deployments', 'statefulsets', 'daemonsets'],
      },
    ],
    pods: true,
    keep: { container: ['livenessProbe', 'readinessProbe'] },
    properties: {
      ...EXEMPT_IMAGES,
      probes: { type: 'array', description: 'livenessProbe, readinessProbe, startupProbe.', items: { type: 'string' } },
    },
    parameters: { exemptImages: [], probes: ['livenessProbe', 'readinessProbe'] },
    ruleParameters: {
      'k8s-liveness-probe': { probes: ['livenessProbe'] },
      'k8s-readiness-probe': { probes: ['readinessProbe'] },
    },
    rego: `
violation contains {"msg": msg, "details": {"container": container_name(container), "missing": probe}} if {
	some container in pod_spec.containers
	not is_exempt(container)
	some probe in parameters.probes
	not container[probe]
	msg := sprintf("Container %v has no %v.", [container_name(container), probe])
}`.trim(),
    cel: {
      variables: [
        ...POD_CEL,
        {
          name: 'probes',
          expression: 'dyn(variables.params) != null && has(variables.params.probes) ? variables.params.probes : []',
        },
        {
          name: 'lasting',
          expression: 'variables.containers.filter(c, variables.podSpec.containers.exists(o, o.name == c.name))',
        },
      ],
      validations: ['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe) => ({
        expression: `!("${probe}" in variables.probes) || variables.lasting.all(c, has(c.${probe}))`,
        messageExpression: `"Container " + variables.lasting.filter(c, !has(c.${probe})).map(c, c.name).join(", ") + " has no ${probe}."`,
      })),
    },
    differs: ['one message names the containers; the Rego twins give one per container'],
    failing: [
      { name: 'deployment', object: deployment({ containers: [container('web', {})] }) },
      {
        name: 'deployment-one-probe',
        object: deployment({ containers: [container('web', { livenessProbe: PROBE })] }),
      },
    ],
    passing: [
      {
        name: 'deployment',
        object: deployment({
          initContainers: [container('prepare', {})],
          containers: [container('web', { livenessProbe: PROBE, readinessProbe: PROBE })],
        }),
      },
    ],
  },
]
