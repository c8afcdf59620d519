import type { JsonMap, Match, Policy } from './policy.ts'
import { OBJECT_NAME_CEL, POD_MATCHES } from './policy.ts'

type Simple = Pick<
  Policy,
  | 'name'
  | 'kind'
  | 'title'
  | 'description'
  | 'rules'
  | 'action'
  | 'actionReason'
  | 'matches'
  | 'rego'
  | 'cel'
  | 'failing'
  | 'passing'
  | 'keep'
  | 'differs'
> & { readonly properties?: JsonMap; readonly parameters?: JsonMap }

const simple = (given: Simple): Policy => ({
  properties: {},
  parameters: {},
  pods: false,
  ...given,
  cel: { ...given.cel, variables: [OBJECT_NAME_CEL, ...given.cel.variables] },
})

const SERVICES: readonly Match[] = [{ apiGroups: [''], kinds: ['Service'], resources: ['services'] }]
const ROLES: readonly Match[] = [
  { apiGroups: ['rbac.authorization.k8s.io'], kinds: ['Role', 'ClusterRole'], resources: ['roles', 'clusterroles'] },
]
const BINDINGS: readonly Match[] = [
  {
    apiGroups: ['rbac.authorization.k8s.io'],
    kinds: ['ClusterRoleBinding', 'RoleBinding'],
    resources: ['clusterrolebindings', 'rolebindings'],
  },
]

function object(apiVersion: string, kind: string, more: JsonMap, namespace?: string): JsonMap {
  return { apiVersion, kind, metadata: { name: 'sample', ...(namespace === undefined ? {} : { namespace }) }, ...more }
}

const rbac = (kind: string, more: JsonMap): JsonMap => object('rbac.authorization.k8s.io/v1', kind, more)
const list = (name: string): string =>
  `dyn(variables.params) != null && has(variables.params.${name}) ? variables.params.${name} : []`

/** Objects that are no pods. */
export const CLUSTER: readonly Policy[] = [
  simple({
    name: 'no-default-namespace',
    kind: 'K8sNoDefaultNamespace',
    title: 'Nothing of ours lives in the namespace default',
    description: 'Objects name a namespace of their own. What Kubernetes itself keeps in default is left alone.',
    rules: ['k8s-default-namespace'],
    action: 'warn',
    actionReason: 'What is in default today cannot be changed before it has moved.',
    matches: [
      {
        apiGroups: [''],
        kinds: ['Pod', 'ReplicationController', 'ConfigMap', 'Secret', 'Service', 'ServiceAccount'],
        resources: [
          'pods',
          'pods/ephemeralcontainers',
          'replicationcontrollers',
          'configmaps',
          'secrets',
          'services',
          'serviceaccounts',
        ],
      },
      ...POD_MATCHES.slice(1),
      { apiGroups: ['networking.k8s.io'], kinds: ['Ingress'], resources: ['ingresses'] },
    ],
    keep: {},
    rego: `
violation contains {"msg": msg} if {
	object.get(resource.metadata, "namespace", "default") in {"default", ""}
	not is_own
	msg := sprintf("%v %v is in the namespace default.", [resource.kind, object.get(resource.metadata, "name", "")])
}

is_own if {
	sprintf("%v/%v", [resource.kind, resource.metadata.name]) in {
		"Service/kubernetes",
		"ServiceAccount/default",
		"ConfigMap/kube-root-ca.crt",
	}
}`.trim(),
    cel: {
      variables: [],
      validations: [
        {
          expression:
            '(has(variables.anyObject.metadata.namespace) && !(variables.anyObject.metadata.namespace in ["default", ""])) || ' +
            '(has(variables.anyObject.metadata.name) && (variables.anyObject.kind + "/" + variables.anyObject.metadata.name) in ' +
            '["Service/kubernetes", "ServiceAccount/default", "ConfigMap/kube-root-ca.crt"])',
          messageExpression: 'variables.anyObject.kind + " " + variables.objectName + " is in the namespace default."',
        },
      ],
    },
    failing: [
      { name: 'config-map', object: object('v1', 'ConfigMap', {}, 'default') },
      { name: 'service-no-namespace', object: object('v1', 'Service', {}) },
    ],
    passing: [
      { name: 'config-map', object: object('v1', 'ConfigMap', {}, 'payments') },
      {
        name: 'own-service',
        object: { apiVersion: 'v1', kind: 'Service', metadata: { name: 'kubernetes', namespace: 'default' } },
      },
    ],
  }),
  simple({
    name: 'load-balancer-source-ranges',
    kind: 'K8sLoadBalancerSourceRanges',
    title: 'Load balancers say who may reach them',
    description: 'A Service of type LoadBalancer sets loadBalancerSourceRanges, and not to the whole internet.',
    rules: [],
    action: 'warn',
    actionReason: 'Services that are meant for everybody are listed in allowedServices first.',
    matches: SERVICES,
    keep: { object: ['spec'] },
    properties: {
      allowedServices: {
        type: 'array',
        description: 'Services that everybody may reach, as namespace/name.',
        items: { type: 'string' },
      },
    },
    parameters: { allowedServices: [] },
    rego: `
violation contains {"msg": msg} if {
	resource.spec.type == "LoadBalancer"
	not is_allowed_service
	is_open
	msg := sprintf("Service %v takes connections from everywhere: set loadBalancerSourceRanges.", [object.get(resource.metadata, "name", "")])
}

is_open if count(object.get(resource.spec, "loadBalancerSourceRanges", [])) == 0

is_open if {
	some range in resource.spec.loadBalancerSourceRanges
	endswith(range, "/0")
}

is_allowed_service if {
	sprintf("%v/%v", [object.get(resource.metadata, "namespace", "default"), resource.metadata.name]) in parameters.allowedServices
}`.trim(),
    cel: {
      variables: [{ name: 'allowedServices', expression: list('allowedServices') }],
      validations: [
        {
          expression:
            '!has(variables.anyObject.spec.type) || variables.anyObject.spec.type != "LoadBalancer" || ' +
            '((has(variables.anyObject.metadata.namespace) ? variables.anyObject.metadata.namespace : "default") + "/" + variables.anyObject.metadata.name) in variables.allowedServices || ' +
            '(has(variables.anyObject.spec.loadBalancerSourceRanges) && size(variables.anyObject.spec.loadBalancerSourceRanges) > 0 && ' +
            '!variables.anyObject.spec.loadBalancerSourceRanges.exists(r, r.endsWith("/0")))',
          messageExpression:
            '"Service " + variables.anyObject.metadata.name + " takes connections from everywhere: set loadBalancerSourceRanges."',
        },
      ],
    },
    failing: [
      {
        name: 'service',
        object: object('v1', 'Service', { spec: { type: 'LoadBalancer', ports: [{ port: 443 }] } }, 'payments'),
      },
      {
        name: 'service-internet',
        object: object(
          'v1',
          'Service',
          { spec: { type: 'LoadBalancer', ports: [{ port: 443 }], loadBalancerSourceRanges: ['0.0.0.0/0'] } },
          'payments',
        ),
      },
    ],
    passing: [
      {
        name: 'service',
        object: object(
          'v1',
          'Service',
          { spec: { type: 'LoadBalancer', ports: [{ port: 443 }], loadBalancerSourceRanges: ['203.0.113.0/24'] } },
          'payments',
        ),
      },
      { name: 'cluster-ip', object: object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }, 'payments') },
    ],
  }),
  simple({
    name: 'no-rbac-wildcards',
    kind: 'K8sNoRbacWildcards',
    title: 'Roles name what they allow',
    description: 'No rule of a role has * among its API groups, resources or verbs.',
    rules: ['k8s-rbac-wildcards'],
    action: 'deny',
    matches: ROLES,
    keep: { object: ['rules'] },
    properties: {
      allowedRoles: { type: 'array', description: 'Roles, by name, that may.', items: { type: 'string' } },
    },
    parameters: { allowedRoles: ['cluster-admin'] },
    rego: `
violation contains {"msg": msg, "details": {"field": field}} if {
	not object.get(resource.metadata, "name", "") in object.get(parameters, "allowedRoles", [])
	some rule in resource.rules
	some field in {"resources", "verbs", "apiGroups"}
	"*" in rule[field]
	msg := sprintf("%v %v allows * in %v.", [resource.kind, object.get(resource.metadata, "name", ""), field])
}`.trim(),
    cel: {
      variables: [
        { name: 'allowedRoles', expression: list('allowedRoles') },
        {
          name: 'rules',
          expression:
            'has(variables.anyObject.rules) && variables.anyObject.rules != null ? variables.anyObject.rules : []',
        },
        {
          name: 'allowed',
          expression:
            'has(variables.anyObject.metadata.name) && variables.anyObject.metadata.name in variables.allowedRoles',
        },
      ],
      validations: ['resources', 'verbs', 'apiGroups'].map((field) => ({
        expression: `variables.allowed || !variables.rules.exists(r, has(r.${field}) && "*" in r.${field})`,
        messageExpression: `variables.anyObject.kind + " " + variables.objectName + " allows * in ${field}."`,
      })),
    },
    failing: [
      {
        name: 'cluster-role',
        object: rbac('ClusterRole', { rules: [{ apiGroups: [''], resources: ['*'], verbs: ['get'] }] }),
      },
      {
        name: 'role-verbs',
        object: rbac('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['*'] }] }),
      },
    ],
    passing: [
      {
        name: 'role',
        object: rbac('Role', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] }),
      },
    ],
  }),
  simple({
    name: 'no-cluster-admin-binding',
    kind: 'K8sNoClusterAdminBinding',
    title: 'Nothing is bound to cluster-admin',
    description: 'No binding gives cluster-admin to anybody but the group that every cluster gives it to.',
    rules: ['k8s-cluster-admin-binding'],
    action: 'deny',
    matches: BINDINGS,
    keep: { object: ['roleRef', 'subjects'] },
    properties: {
      allowedBindings: { type: 'array', description: 'Bindings, by name, that may.', items: { type: 'string' } },
    },
    parameters: { allowedBindings: ['cluster-admin'] },
    rego: `
violation contains {"msg": msg} if {
	resource.roleRef.kind == "ClusterRole"
	resource.roleRef.name == "cluster-admin"
	not object.get(resource.metadata, "name", "") in object.get(parameters, "allowedBindings", [])
	some subject in resource.subjects
	not subject.name == "system:masters"
	msg := sprintf("%v %v gives cluster-admin to %v.", [resource.kind, object.get(resource.metadata, "name", ""), object.get(subject, "name", "")])
}`.trim(),
    cel: {
      variables: [{ name: 'allowedBindings', expression: list('allowedBindings') }],
      validations: [
        {
          expression:
            'variables.anyObject.roleRef.kind != "ClusterRole" || variables.anyObject.roleRef.name != "cluster-admin" || ' +
            '(has(variables.anyObject.metadata.name) && variables.anyObject.metadata.name in variables.allowedBindings) || ' +
            '!has(variables.anyObject.subjects) || !variables.anyObject.subjects.exists(s, s.name != "system:masters")',
          messageExpression:
            'variables.anyObject.kind + " " + variables.objectName + " gives cluster-admin to " + ' +
            'variables.anyObject.subjects.filter(s, s.name != "system:masters").map(s, s.name).join(", ") + "."',
        },
      ],
    },
    differs: ['one message names all subjects; the Rego twins give one per subject'],
    failing: [
      {
        name: 'cluster-role-binding',
        object: rbac('ClusterRoleBinding', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'payments' }],
        }),
      },
    ],
    passing: [
      {
        name: 'cluster-role-binding',
        object: rbac('ClusterRoleBinding', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
          subjects: [{ kind: 'ServiceAccount', name: 'ci', namespace: 'payments' }],
        }),
      },
    ],
  }),
  simple({
    name: 'require-pod-security-labels',
    kind: 'K8sRequirePodSecurityLabels',
    title: 'Namespaces enforce a Pod Security Standard',
    description: 'Each namespace has the label pod-security.kubernetes.io/enforce with one of the allowed levels.',
    rules: ['k8s-pod-security-labels'],
    action: 'warn',
    actionReason: 'Pods that break the level do not start again.',
    matches: [{ apiGroups: [''], kinds: ['Namespace'], resources: ['namespaces'] }],
    keep: {},
    properties: { levels: { type: 'array', description: 'Levels that are enough.', items: { type: 'string' } } },
    parameters: { levels: ['baseline', 'restricted'] },
    rego: `
violation contains {"msg": msg} if {
	labels := object.get(resource.metadata, "labels", {})
	not object.get(labels, "pod-security.kubernetes.io/enforce", "") in object.get(parameters, "levels", [])
	not resource.metadata.name in {"kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"}
	msg := sprintf("Namespace %v does not enforce a Pod Security Standard.", [object.get(resource.metadata, "name", "")])
}`.trim(),
    cel: {
      variables: [{ name: 'levels', expression: list('levels') }],
      validations: [
        {
          expression:
            '(has(variables.anyObject.metadata.labels) && "pod-security.kubernetes.io/enforce" in variables.anyObject.metadata.labels && ' +
            'variables.anyObject.metadata.labels["pod-security.kubernetes.io/enforce"] in variables.levels) || ' +
            'variables.anyObject.metadata.name in ["kube-system", "kube-public", "kube-node-lease", "gatekeeper-system"]',
          messageExpression:
            '"Namespace " + variables.anyObject.metadata.name + " does not enforce a Pod Security Standard."',
        },
      ],
    },
    failing: [{ name: 'namespace', object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'payments' } } }],
    passing: [
      {
        name: 'namespace',
        object: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'payments', labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } },
        },
      },
    ],
  }),
]
