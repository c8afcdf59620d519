/**
 * The namespaced and cluster-wide resources of Kubernetes' own API groups that a program ordinarily uses (Kubernetes 1.34,
 * looked up 2026-11-21). Left out are those that amount to administration or to other programs' credentials: Secrets, exec and
 * its like, proxies, tokens, status of Services, evictions and ephemeral containers.
 */
export const API_RESOURCES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    '',
    [
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'pods/log',
      'pods/status',
      'replicationcontrollers',
      'resourcequotas',
      'serviceaccounts',
      'services',
    ],
  ],
  [
    'apps',
    [
      'controllerrevisions',
      'daemonsets',
      'daemonsets/status',
      'deployments',
      'deployments/scale',
      'deployments/status',
      'replicasets',
      'replicasets/scale',
      'replicasets/status',
      'statefulsets',
      'statefulsets/scale',
      'statefulsets/status',
    ],
  ],
  ['autoscaling', ['horizontalpodautoscalers', 'horizontalpodautoscalers/status']],
  ['batch', ['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status']],
  ['coordination.k8s.io', ['leases']],
  ['discovery.k8s.io', ['endpointslices']],
  ['events.k8s.io', ['events']],
  ['extensions', ['daemonsets', 'deployments', 'ingresses', 'networkpolicies', 'replicasets']],
  ['metrics.k8s.io', ['nodes', 'pods']],
  ['networking.k8s.io', ['ingresses', 'ingresses/status', 'networkpolicies']],
  ['policy', ['poddisruptionbudgets', 'poddisruptionbudgets/status']],
  ['rbac.authorization.k8s.io', ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles']],
  ['storage.k8s.io', ['csidrivers', 'csinodes', 'storageclasses', 'volumeattachments']],
])

/** `group/resource` of what lies in no namespace, which a Role cannot give. */
export const CLUSTER_SCOPED: ReadonlySet<string> = new Set([
  '/namespaces',
  '/nodes',
  '/persistentvolumes',
  'metrics.k8s.io/nodes',
  'rbac.authorization.k8s.io/clusterrolebindings',
  'rbac.authorization.k8s.io/clusterroles',
  'storage.k8s.io/csidrivers',
  'storage.k8s.io/csinodes',
  'storage.k8s.io/storageclasses',
  'storage.k8s.io/volumeattachments',
])

/** What a star over all groups becomes. */
export const ORDINARY_GROUPS: readonly string[] = [
  '',
  'apps',
  'autoscaling',
  'batch',
  'discovery.k8s.io',
  'events.k8s.io',
  'networking.k8s.io',
  'policy',
]

export const READING: readonly string[] = ['get', 'list', 'watch']

/** What a star over the verbs of named resources becomes: neither `escalate`, `bind` and `impersonate` nor mass deletion. */
export const ORDINARY_VERBS: readonly string[] = [...READING, 'create', 'update', 'patch', 'delete']
