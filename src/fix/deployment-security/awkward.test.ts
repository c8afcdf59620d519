import { describe, expect, test } from 'vitest'
import type { FixValues } from '../fixer.ts'
import deploymentSecurity from './index.ts'
import { plan, ranks, remaining } from './rules.test-helper.ts'

/** A Deployment around the lines of a pod spec. */
function deployment(podSpec: string, name = 'app'): string {
  const indented = podSpec
    .replace(/^\n/, '')
    .replace(/\s+$/, '')
    .split('\n')
    .map((line) => `      ${line}`)
    .join('\n')
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: bank
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:
${indented}
`
}

function fixed(
  podSpec: string,
  approve: 'none' | 'C' | 'B' = 'B',
  values: FixValues = {},
  others: Record<string, string> = {},
) {
  const result = plan({ 'app.yaml': deployment(podSpec), ...others }, approve, values)
  return { result, text: result.files.get('app.yaml') ?? '' }
}

/** What the fixer tried in vain; rules without any fix are not its concern. */
function failures({ refused }: ReturnType<typeof plan>): string[] {
  return refused
    .filter(({ code }) => code !== 'no-fix')
    .map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)
}

function assessmentOf(podSpec: string, ruleId: string, others: Record<string, string> = {}, values: FixValues = {}) {
  const { before } = plan({ 'app.yaml': deployment(podSpec), ...others }, 'none', values)
  const remedy = before.judged.find(({ finding }) => finding.ruleId === ruleId)?.remedy
  return remedy?.kind === 'fixer' ? remedy.assessment : remedy
}

describe('privileged mode', () => {
  const NODE_AGENT = `
hostPID: true
containers:
- name: agent
  image: registry.example/agent:1
  securityContext: {privileged: true}
`
  test('is held where something shows a need, and escalation with it', () => {
    expect(ranks(plan({ 'app.yaml': deployment(NODE_AGENT) }))).toMatchObject({
      'k8s-no-privileged agent': 'C',
      'k8s-no-privilege-escalation agent': 'C',
    })
    const { text } = fixed(NODE_AGENT, 'none')
    expect(text).not.toContain('allowPrivilegeEscalation')
    expect(fixed(NODE_AGENT).text).toContain('allowPrivilegeEscalation: false')
  })

  test.each([
    [
      'the docker socket',
      'volumes: [{name: s, hostPath: {path: /var/run/docker.sock}}]\ncontainers:\n- {name: a, image: "x:1", securityContext: {privileged: true}}',
    ],
    ['a name', 'containers:\n- {name: calico-node, image: "x:1", securityContext: {privileged: true}}'],
    [
      'a command',
      'containers:\n- {name: a, image: "x:1", command: [sh, -c, "sysctl -w vm.max_map_count=262144"], securityContext: {privileged: true}}',
    ],
  ])('is held because of %s', (_what, podSpec) => {
    expect(assessmentOf(podSpec, 'k8s-no-privileged')).toMatchObject({ rank: 'C' })
  })

  test('released alone, escalation takes privileged mode along: the API server accepts nothing else', () => {
    const { before } = plan({ 'app.yaml': deployment(NODE_AGENT) })
    const only = before.judged.filter(({ finding }) => finding.ruleId === 'k8s-no-privilege-escalation')
    const edit = deploymentSecurity.build(
      only.map(({ complaint }) => complaint),
      { estate: before.estate, values: {} },
    )
    const texts = 'changes' in edit ? (edit.changes.get('app.yaml') ?? []).map(({ text }) => text).join('') : ''
    expect(texts).toContain('allowPrivilegeEscalation: false')
    expect(texts).toContain('false')
    expect('changes' in edit && edit.changes.get('app.yaml')?.length).toBe(2)
  })

  test('what is dropped although ALL is added stays dropped until the addition is released', () => {
    const files = fixed(
      'containers:\n- name: a\n  image: x:1\n  securityContext:\n    runAsNonRoot: true\n    capabilities:\n      add: [ALL]\n      drop: [NET_RAW]\n',
    )
    expect(files.text).toMatch(/drop: \[ALL, NET_RAW\]/)
    expect(files.result.refused.filter(({ code }) => code === 'verification-failed')).toEqual([])
  })

  test('CAP_SYS_ADMIN goes with escalation, other capabilities stay until they are released', () => {
    const podSpec =
      'containers:\n- name: a\n  image: x:1\n  securityContext:\n    capabilities:\n      add: [CAP_SYS_ADMIN, NET_BIND_SERVICE]\n'
    expect(assessmentOf(podSpec, 'k8s-no-privilege-escalation')).toMatchObject({ rank: 'C' })
    const { text, result } = fixed(podSpec)
    expect(text).toContain('add: [NET_BIND_SERVICE]')
    expect(remaining(result).filter((line) => !line.includes('probe'))).toEqual([])
  })
})

describe('users', () => {
  const ROOT_POD = `
securityContext:
  runAsUser: 0
  runAsNonRoot: false
containers:
- name: a
  image: registry.example/a:1
  ports: [{containerPort: 8080}]
- name: b
  image: registry.example/b:1
  ports: [{containerPort: 8081}]
`
  test('a pod-wide root user is replaced where it is written', () => {
    const { text, result } = fixed(ROOT_POD)
    expect(text).toContain('securityContext:\n        runAsUser: 10001\n        runAsNonRoot: true\n')
    expect(text.match(/runAsUser/g)).toHaveLength(1)
    expect(remaining(result)).toEqual([])
  })

  test('two containers with users of their own keep them apart', () => {
    const { text, result } = fixed(`
containers:
- name: cache
  image: redis:7.4
- name: web
  image: nginxinc/nginx-unprivileged:1.27
  ports: [{containerPort: 8080}]
`)
    expect(text).toContain('runAsUser: 999\n')
    expect(text).toContain('runAsUser: 101\n')
    expect(remaining(result)).toEqual([])
  })

  test('a configured user below 10000 is asked about', () => {
    const podSpec = 'containers:\n- {name: a, image: "registry.example/a:1"}'
    expect(assessmentOf(podSpec, 'k8s-high-uid', {}, { runAsUser: 500 })).toMatchObject({
      needs: [{ key: 'values.runAsUser' }],
    })
    expect(assessmentOf(podSpec, 'k8s-high-uid', {}, { runAsUser: 20_000 })).not.toHaveProperty('needs')
  })

  test('our own image on nginx listens on 80 as another user', () => {
    const { text, result } = fixed(
      'containers:\n- name: web\n  image: registry.example/frontend:1\n',
      'B',
      {},
      {
        'frontend/Dockerfile': 'FROM nginx:1.27-alpine\nCOPY dist /usr/share/nginx/html\n',
      },
    )
    expect(text).toContain('runAsUser: 10001\n')
    expect(text).toContain('net.ipv4.ip_unprivileged_port_start')
    for (const path of ['/var/cache/nginx', '/var/run', '/tmp']) expect(text).toContain(`mountPath: ${path}\n`)
    expect(remaining(result)).toEqual([])
  })

  test('Postgres without a volume keeps its data in a subfolder that it may own', () => {
    const { text, result } = fixed('containers:\n- name: db\n  image: postgres:16\n')
    expect(text).toMatch(/name: PGDATA\n +value: \/var\/lib\/postgresql\/data\/pgdata\n/)
    expect(remaining(result)).toEqual([])
  })
})

describe('mounts', () => {
  test('never lie on what is mounted already, and their names are new', () => {
    const { text } = fixed(`
volumes:
- name: tmp
  configMap: {name: settings}
- name: scratch
  emptyDir: {}
containers:
- name: web
  image: nginx:1.27
  ports: [{containerPort: 8080}]
  volumeMounts:
  - {name: tmp, mountPath: /etc/nginx/conf.d}
  - {name: scratch, mountPath: /run/}
`)
    expect(text).toContain('- name: tmp-2\n        emptyDir: {}\n')
    expect(text.match(/mountPath: \/(?:var\/)?run/g)).toHaveLength(1)
    expect(text).toContain('mountPath: /var/cache/nginx\n')
  })

  test('volumes of our own Dockerfile stay writable', () => {
    const { text } = fixed(
      'containers:\n- name: api\n  image: shop/api:1\n',
      'none',
      {},
      {
        'api/Dockerfile': 'FROM node:22\nWORKDIR /app\nVOLUME /app/uploads\nUSER 10001\n',
      },
    )
    expect(text).toContain('mountPath: /app/uploads\n')
    expect(text).not.toContain('mountPath: /app\n')
  })
})

describe('images', () => {
  const LATEST = 'containers:\n- name: a\n  image: registry.example/shop/a:latest\n'
  test('a version is asked for, and set once it is known', () => {
    expect(assessmentOf(LATEST, 'k8s-image-tag')).toMatchObject({ rank: 'C', needs: [{ key: 'values.images.shop/a' }] })
    expect(fixed(LATEST).text).toContain('image: registry.example/shop/a:latest\n')
    expect(fixed(LATEST, 'B', { images: { 'shop/a': '1.4.2' } }).text).toContain(
      'image: registry.example/shop/a:1.4.2\n',
    )
    const digest = `sha256:${'0a'.repeat(32)}`
    expect(fixed(LATEST, 'B', { images: { 'shop/a': digest } }).text).toContain(
      `image: registry.example/shop/a@${digest}\n`,
    )
  })

  test('a digest is added to the version that is written, and asked for by that version', () => {
    const written = 'containers:\n- name: a\n  image: shop/a:1.4.2   # since March\n'
    const digest = `sha256:${'0a'.repeat(32)}`
    const pinned = `image: shop/a:1.4.2@${digest}   # since March\n`
    expect(assessmentOf(written, 'k8s-image-digest')).toMatchObject({
      rank: 'C',
      needs: [{ key: 'values.images.shop/a:1.4.2' }],
    })
    for (const images of [{ 'shop/a:1.4.2': digest }, { 'shop/a': `1.4.2@${digest}` }]) {
      const { result, text } = fixed(written, 'C', { images })
      expect(text).toContain(pinned)
      expect(failures(result)).toEqual([])
    }
    // Said of another version, or of none while several may run.
    for (const images of [{ 'shop/a': `1.5.0@${digest}` }, { 'shop/a': digest }, { 'shop/a': '1.4.2' }]) {
      expect(fixed(written, 'C', { images }).text).toContain('image: shop/a:1.4.2   # since March\n')
    }
    const latest = 'containers:\n- name: a\n  image: shop/a:latest\n'
    expect(fixed(latest, 'C', { images: { 'shop/a': `1.4.2@${digest}` } }).text).toContain(
      `image: shop/a:1.4.2@${digest}\n`,
    )
  })
})

describe('the pull policy of an image that gets a tag', () => {
  const values = { images: { 'shop/a': '1.4.2' } }
  test.each(['registry.example/shop/a:latest', 'registry.example/shop/a'])('%s stays Always', (image) => {
    const { result, text } = fixed(`containers:\n- name: a\n  image: ${image}\n`, 'C', values)
    expect(text).toContain('image: registry.example/shop/a:1.4.2\n')
    expect(text).toContain('imagePullPolicy: Always\n')
    expect(failures(result)).toEqual([])
    expect(result.after.judged.map(({ finding }) => finding.ruleId)).not.toContain('k8s-image-tag')
    expect(result.after.judged.map(({ finding }) => finding.ruleId)).not.toContain('k8s-image-pull-policy')
  })

  test('is left alone where it is written, and needless with a digest', () => {
    const written = 'containers:\n- name: a\n  image: shop/a:latest\n  imagePullPolicy: IfNotPresent\n'
    expect(fixed(written, 'C', values).text.match(/imagePullPolicy: .*/g)).toEqual(['imagePullPolicy: Always'])
    const digest = `sha256:${'0a'.repeat(32)}`
    const { result, text } = fixed('containers:\n- name: a\n  image: shop/a\n', 'C', { images: { 'shop/a': digest } })
    expect(text).toContain(`image: shop/a@${digest}\n`)
    expect(text).not.toContain('imagePullPolicy')
    expect(failures(result)).toEqual([])
  })
})

test('a pod that leaves the network of its node is a finding of no other rule than before', () => {
  const { result, text } = fixed('hostNetwork: true\ncontainers:\n- name: a\n  image: registry.example/a:1\n')
  expect(text).not.toContain('hostNetwork')
  expect(failures(result)).toEqual([])
  expect(result.after.judged.map(({ finding }) => finding.ruleId)).toContain('k8s-network-policy')
})

describe('probes', () => {
  test('without a port there is nothing to ask', () => {
    expect(assessmentOf('containers:\n- {name: worker, image: "x:1"}', 'k8s-liveness-probe')).toMatchObject({
      kind: 'none',
      code: 'no-fix',
    })
  })

  test('a Redis that wants a password is asked for a connection only', () => {
    const { text } = fixed('containers:\n- name: r\n  image: redis:7.4\n  args: [--requirepass, $(REDIS_PASSWORD)]\n')
    expect(text).toMatch(/readinessProbe:\n +tcpSocket:\n +port: 6379\n/)
  })

  test('a TLS port is not asked over plain HTTP', () => {
    const { text } = fixed(
      'containers:\n- name: api\n  image: shop/api:1\n  ports: [{name: https, containerPort: 8443}]\n',
      'B',
      {},
      {
        'api/Dockerfile': 'FROM node:22\nUSER 10001\n',
        'api/app.js': "const app = require('express')()\napp.get('/health', ok)\n",
      },
    )
    expect(text).not.toContain('httpGet')
    expect(text).toContain('port: https\n')
  })
})

describe('the service account token', () => {
  test.each([
    ['kubectl', 'containers:\n- {name: a, image: "bitnami/kubectl:1.31"}'],
    ['KUBECONFIG', 'containers:\n- {name: a, image: "x:1", env: [{name: KUBECONFIG, value: /k}]}'],
  ])('stays until approved where %s shows its use', (word, podSpec) => {
    const found = assessmentOf(podSpec, 'k8s-service-account-token')
    expect(found).toMatchObject({ rank: 'C' })
    expect(JSON.stringify(found)).toContain(word)
  })

  test('stays until approved where the source has a client library', () => {
    const others = {
      'api/Dockerfile': 'FROM node:22\n',
      'api/package.json': '{"dependencies":{"@kubernetes/client-node":"1.0.0"}}',
    }
    expect(
      assessmentOf('containers:\n- {name: a, image: "shop/api:1"}', 'k8s-service-account-token', others),
    ).toMatchObject({ rank: 'C' })
  })
})

test('a token of the default account waits where a role is bound to it: for approval, or for an account of its own', () => {
  const binding =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: r}\n' +
    'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}\n' +
    'subjects: [{kind: ServiceAccount, name: default, namespace: bank}]\n'
  const spec = 'containers:\n- {name: a, image: "x:1"}'
  const assess = (others: Record<string, string>) =>
    JSON.stringify(assessmentOf(spec, 'k8s-service-account-token', { 'b.yaml': binding, ...others }))
  expect(assess({})).toContain('give both an account of their own')
  const other = deployment(spec, 'other')
  expect(JSON.parse(assess({ 'c.yaml': other }))).toMatchObject({
    rank: 'C',
    reason: 'ClusterRoleBinding//r gives it rights, so the pod may call the Kubernetes API',
  })
})

describe('what cannot be edited', () => {
  const SHARED = `
containers:
- name: a
  image: registry.example/a:1
  ports: [{containerPort: 8080}]
  securityContext: &sec
    privileged: true
- name: b
  image: registry.example/b:1
  ports: [{containerPort: 8081}]
  securityContext: *sec
`
  test('what all containers share by anchor is changed once, at the anchor', () => {
    const { result, text } = fixed(SHARED)
    expect(result.refused).toEqual([])
    expect(remaining(result)).toEqual([])
    expect(text).toMatch(/securityContext: &sec\n +privileged: false\n/)
    expect(text).toContain('securityContext: *sec\n')
    expect(text.match(/allowPrivilegeEscalation/g)).toHaveLength(1)
  })

  test('what a container shares that is fine as it is is refused by name, and the rest is done', () => {
    const { result, text } = fixed(`
containers:
- name: a
  image: registry.example/a:1
  ports: &ports [{containerPort: 8080, hostPort: 8080}]
  readinessProbe: &probe {}
- name: b
  image: registry.example/b:1
  ports: [{containerPort: 8081}]
  readinessProbe: {tcpSocket: {port: 8081}}
  lifecycle: {preStop: *probe}
`)
    const refused = result.refused.filter(({ judged }) => judged.finding.ruleId === 'k8s-readiness-probe')
    expect(refused.map(({ code }) => code)).toEqual(['undecidable'])
    expect(refused[0]?.reason).toContain('probe')
    expect(text).toContain('memory: 512Mi')
  })

  test('an anchor that nothing shares is edited', () => {
    const { text } = fixed('containers:\n- name: a\n  image: x:1\n  securityContext: &sec\n    privileged: true\n')
    expect(text).toMatch(/securityContext: &sec\n +privileged: false\n/)
  })

  test("a chart's dependency is not ours", () => {
    const result = plan(
      {
        'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
        'chart/charts/db/templates/db.yaml': deployment('containers:\n- {name: a, image: "x:1"}'),
        'chart/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      },
      'B',
    )
    expect(result.changes).toEqual([])
    expect(result.refused.length).toBeGreaterThan(5)
    expect(new Set(result.refused.map(({ code }) => code))).toEqual(new Set(['out-of-scope']))
  })
})

describe('other shapes of file', () => {
  test('JSON', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'a', image: 'registry.example/a:1', ports: [{ containerPort: 8080 }] }] },
    }
    const result = plan({ 'pod.json': `${JSON.stringify(pod, null, 2)}\n` }, 'B')
    expect(remaining(result)).toEqual([])
    expect(() => JSON.parse(result.files.get('pod.json') ?? '')).not.toThrow()
  })

  test('Windows line ends and a byte order mark', () => {
    const text =
      `\uFEFF${deployment('containers:\n- name: a # mine\n  image: registry.example/a:1\n  ports: [{containerPort: 8080}]')}`.replaceAll(
        '\n',
        '\r\n',
      )
    const result = plan({ 'app.yaml': text }, 'B')
    expect(remaining(result)).toEqual([])
    const after = result.files.get('app.yaml') ?? ''
    expect(after.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(after.startsWith('\uFEFF')).toBe(true)
    expect(after).toContain('- name: a # mine\r\n')
  })

  test('items of a List', () => {
    const inner = deployment('containers:\n- name: a\n  image: registry.example/a:1\n  ports: [{containerPort: 8080}]')
      .replace(/^/gm, '  ')
      .replace(/^ {2}/, '- ')
      .replace(/\s+$/, '\n')
    const result = plan({ 'list.yaml': `apiVersion: v1\nkind: List\nitems:\n${inner}` }, 'B')
    expect(remaining(result)).toEqual([])
    expect(result.refused).toEqual([])
  })
})

test('a folder whose host mount goes stays writable under a read-only root filesystem', () => {
  const { text } = fixed(`
volumes:
- {name: run, hostPath: {path: /run}}
containers:
- name: a
  image: registry.example/a:1
  ports: [{containerPort: 8080}]
  securityContext: {readOnlyRootFilesystem: true}
  volumeMounts:
  - {name: run, mountPath: /tmp}
`)
  expect(text).not.toContain('hostPath')
  expect(text).toMatch(/name: tmp\n +emptyDir: \{\}\n/)
  expect(text).toMatch(/name: tmp, mountPath: \/tmp|name: tmp\n +mountPath: \/tmp/)
})

test('a token that is asked for is taken away with approval only', () => {
  const podSpec = 'automountServiceAccountToken: true\ncontainers:\n- {name: a, image: "x:1"}'
  expect(assessmentOf(podSpec, 'k8s-service-account-token')).toMatchObject({ rank: 'C' })
})

test('pods and jobs are replaced, for they cannot be changed', () => {
  const files = {
    'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, image: "x:1"}]}\n',
  }
  const { before } = plan(files)
  const steps = deploymentSecurity.nextSteps(
    before.judged.map(({ complaint }) => complaint),
    { estate: before.estate, values: {} },
  )
  expect(steps.map(({ command }) => command)).toContain('kubectl replace --force -f pod.yaml')
})

test('a command that only root may run keeps its user, and says what to do instead', () => {
  const podSpec =
    'initContainers:\n- {name: own, image: "busybox:1.36", command: [sh, -c, "chown -R 10001 /work"]}\ncontainers: []\n'
  for (const rule of ['k8s-run-as-non-root', 'k8s-high-uid', 'k8s-drop-all-capabilities']) {
    const found = assessmentOf(podSpec, rule)
    expect(found).toMatchObject({ kind: 'none', code: 'no-fix' })
    expect(JSON.stringify(found)).toContain('fsGroup')
  }
  expect(fixed(podSpec).text).not.toContain('runAsNonRoot')
})

test('a container that stays root is not told otherwise by its pod', () => {
  const { text } = fixed(`
initContainers:
- {name: own, image: "busybox:1.36", command: [sh, -c, "chown -R 10001 /work"], securityContext: {runAsUser: 0}}
containers:
- name: job
  image: registry.example/job:1
  ports: [{containerPort: 8080}]
`)
  expect(text).toMatch(/- name: job\n(?: {8}.*\n)*? +securityContext:\n +runAsNonRoot: true\n +runAsUser: 10001\n/)
  expect(text.match(/runAsNonRoot/g)).toHaveLength(1)
})
