// The named policies, each with what it is asked about. All of it is ours; the sizes are those of ordinary reviews.

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'payments-api',
    namespace: 'payments',
    labels: { app: 'payments', owner: 'team-a', tier: 'backend' },
  },
  spec: {
    containers: [
      {
        name: 'api',
        image: 'registry.example.com/payments/api:1.4.2',
        resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
        securityContext: { privileged: false, capabilities: { drop: ['ALL'] } },
        volumeMounts: [{ name: 'logs', mountPath: '/var/log' }],
      },
      {
        name: 'proxy',
        image: 'docker.io/envoyproxy/envoy:v1.30',
        resources: { limits: { cpu: '2', memory: '2Gi' } },
        securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN'], drop: ['NET_RAW'] } },
        volumeMounts: [{ name: 'sock', mountPath: '/sock', readOnly: true }],
      },
      {
        name: 'exporter',
        image: 'registry.example.com/ops/exporter:0.9',
        resources: { limits: { cpu: 0.25, memory: '64Mi' } },
        securityContext: { capabilities: { drop: ['ALL'] } },
      },
    ],
    initContainers: [{ name: 'migrate', image: 'registry.example.com/payments/migrate:1.4.2' }],
    volumes: [
      { name: 'logs', hostPath: { path: '/var/log/payments' } },
      { name: 'sock', hostPath: { path: '/run/containerd' } },
      { name: 'tmp', emptyDir: {} },
    ],
  },
}

/** @param {object} object @param {object} parameters @param {object} kind */
const review = (object, parameters, kind = { group: '', version: 'v1', kind: 'Pod' }) => ({
  review: { kind, operation: 'CREATE', name: object.metadata.name, namespace: object.metadata.namespace, object },
  parameters,
})

const numbers = (count) => Array.from({ length: count }, (_, index) => index)

const ingress = (namespace, name, hosts) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { namespace, name },
  spec: { rules: hosts.map((host) => ({ host })) },
})

const service = (namespace, name, selector) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { namespace, name },
  spec: { selector },
})

const inventory = (apiVersion, kind, make) => ({
  inventory: {
    namespace: Object.fromEntries(
      numbers(10).map((ns) => [
        `ns-${ns}`,
        {
          [apiVersion]: { [kind]: Object.fromEntries(numbers(10).map((n) => [`x-${n}`, make(`ns-${ns}`, `x-${n}`)])) },
        },
      ]),
    ),
  },
})

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'payments-api' },
  spec: { template: { spec: pod.spec } },
}

const cluster = {
  kind: 'ClusterRole',
  metadata: { name: 'operator' },
  rules: [
    ...numbers(8).map((index) => ({
      apiGroups: ['apps'],
      resources: [`kind${index}`, 'deployments'],
      verbs: ['get', 'list', 'patch'],
    })),
    { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] },
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  ],
}

const bucket = (index) => [
  {
    bucket: `estate-${index}`,
    ...(index % 5 === 0 && { acl: 'public-read' }),
    tags: index % 3 === 0 ? { owner: 'a' } : { owner: 'a', 'cost-center': '7' },
  },
]

const estate = {
  resource: {
    aws_s3_bucket: Object.fromEntries(numbers(20).map((index) => [`b${index}`, bucket(index)])),
    aws_s3_bucket_server_side_encryption_configuration: Object.fromEntries(
      numbers(15).map((index) => [`b${index}`, [{ bucket: `\${aws_s3_bucket.b${index}.id}` }]]),
    ),
    aws_security_group: Object.fromEntries(
      numbers(20).map((index) => [
        `g${index}`,
        [
          {
            ...(index % 4 !== 0 && { description: 'a group' }),
            ingress: [
              { from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] },
              {
                from_port: 20,
                to_port: 25,
                cidr_blocks: index % 10 === 0 ? ['0.0.0.0/0'] : ['10.0.0.0/8', '192.168.0.0/16'],
              },
            ],
          },
        ],
      ]),
    ),
  },
}

const labels = {
  labels: [{ key: 'owner', allowedRegex: '^team-[a-z]+$' }, { key: 'cost-center' }, { key: 'app', allowedRegex: '' }],
}

/** @type {{ name: string, version: 'v0' | 'v1', query: string, input: unknown, data?: object }[]} */
export const cases = [
  { name: 'required-labels', version: 'v0', query: 'data.k8s.requiredlabels.violation', input: review(pod, labels) },
  {
    name: 'allowed-registries',
    version: 'v0',
    query: 'data.k8s.registries.violation',
    input: review(pod, { registries: ['registry.example.com/', 'mirror.example.com/', 'gcr.io/distroless/'] }),
  },
  {
    name: 'container-limits',
    version: 'v0',
    query: 'data.k8s.limits.violation',
    input: review(pod, { cpu: '1', memory: '1Gi' }),
  },
  {
    name: 'privileged',
    version: 'v0',
    query: 'data.k8s.privileged.violation',
    input: review(pod, { exemptImages: ['registry.example.com/ops/'] }),
  },
  {
    name: 'host-paths',
    version: 'v0',
    query: 'data.k8s.hostpaths.violation',
    input: review(pod, { allowedHostPaths: [{ pathPrefix: '/var/log', readOnly: true }, { pathPrefix: '/run' }] }),
  },
  {
    name: 'ingress-uniqueness',
    version: 'v0',
    query: 'data.k8s.uniqueingress.violation',
    input: review(
      ingress('ns-3', 'new', ['x-7.ns-4.example.com', 'free.example.com']),
      {},
      {
        group: 'networking.k8s.io',
        version: 'v1',
        kind: 'Ingress',
      },
    ),
    data: inventory('networking.k8s.io/v1', 'Ingress', (ns, name) => ingress(ns, name, [`${name}.${ns}.example.com`])),
  },
  {
    name: 'service-selectors',
    version: 'v0',
    query: 'data.k8s.uniqueselector.violation',
    input: review(
      service('ns-1', 'new', { app: 'x-2', zone: 'ns-2' }),
      {},
      { group: '', version: 'v1', kind: 'Service' },
    ),
    data: inventory('v1', 'Service', (ns, name) => service(ns, name, { app: name, zone: ns })),
  },
  {
    name: 'capabilities',
    version: 'v0',
    query: 'data.k8s.capabilities.violation',
    input: review(pod, {
      allowedCapabilities: ['CHOWN', 'SETUID'],
      requiredDropCapabilities: ['NET_RAW', 'SYS_ADMIN'],
    }),
  },
  { name: 'rbac-wildcards', version: 'v1', query: 'data.rbac.wildcards.deny', input: cluster },
  {
    name: 'image-digests',
    version: 'v1',
    query: 'data.images.deny',
    input: deployment,
    data: {
      blockedTags: ['latest', 'dev', 'main'],
      allowedRegistries: ['registry.example.com/', 'gcr.io/distroless/'],
    },
  },
  { name: 'terraform-s3', version: 'v1', query: 'data.main', input: estate },
  { name: 'security-groups', version: 'v1', query: 'data.main.deny', input: estate },
  {
    name: 'authorization',
    version: 'v1',
    query: 'data.authz',
    input: { user: 'user-7', action: 'read', path: '/accounts/7/payments' },
    data: {
      users: Object.fromEntries(
        numbers(50).map((index) => [`user-${index}`, { roles: [`role-${index % 5}`, 'employee'] }]),
      ),
      parents: { 'role-2': ['viewer'], employee: ['guest'] },
      grants: {
        ...Object.fromEntries(
          numbers(5).map((index) => [`role-${index}`, [{ action: 'write', path: `/accounts/${index}/*` }]]),
        ),
        viewer: [
          { action: 'list', path: '/accounts/*' },
          { action: 'read', path: '/accounts/*/payments' },
        ],
        guest: [{ action: 'read', path: '/public/**' }],
        employee: [{ action: 'read', path: '/handbook/**' }],
      },
    },
  },
  {
    name: 'graph-network',
    version: 'v1',
    query: 'data.network.deny',
    input: {
      services: numbers(20).map((index) => `s${index}`),
      rules: numbers(20).map((index) => ({ from: `s${index}`, to: [`s${(index + 1) % 20}`, `s${(index * 7) % 20}`] })),
      exposed: ['s0', 's5'],
      sensitive: ['s19', 's13'],
    },
  },
]
