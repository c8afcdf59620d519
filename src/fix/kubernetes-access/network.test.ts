import fc from 'fast-check'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { left, plan, refusals } from './rules.test-helper.ts'

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n'

function deployment(name: string, env: Readonly<Record<string, string>> = {}, more: object = {}): string {
  return stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      template: {
        metadata: { labels: { app: name }, ...more },
        spec: {
          containers: [{ name, env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }],
        },
      },
    },
  })
}

function service(name: string, spec: object = {}): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  })
}

interface Policy {
  readonly name: string
  readonly spec: unknown
}

function policies(...objects: string[]): readonly Policy[] {
  const result = plan({ 'k8s/all.yaml': objects.join('---\n') })
  expect([...left(result, /network-policy/), ...refusals(result).filter((one) => /network/.test(one))]).toEqual([])
  expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
  return loadAll(result.files.get('k8s/network-policies.yaml') ?? '').map((one) => {
    const { metadata, spec } = Object(one)
    return { name: String(metadata.name), spec }
  })
}

function ingressOf(name: string, all: readonly Policy[]): unknown {
  const spec = all.find((policy) => policy.name === name)?.spec
  return typeof spec === 'object' && spec !== null && 'ingress' in spec ? spec.ingress : undefined
}

describe('who may connect', () => {
  test.each([
    ['a variable', { DB_HOST: 'db' }],
    ['a URL', { DATABASE_URL: 'postgres://app@db:5432/shop' }],
    ['a host with its port', { REDIS: 'db:6379' }],
    ['a name with its namespace', { PEERS: 'a.example,db.shop.svc.cluster.local' }],
  ])('is shown by %s', (_name, env) => {
    const all = policies(NAMESPACE, deployment('api', env), deployment('db'), service('db'))
    expect(all.map(({ name }) => name)).toEqual(['default-deny-ingress', 'allow-db'])
    expect(ingressOf('allow-db', all)).toEqual([
      { from: [{ podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 8080 }] },
    ])
  })

  test('is not shown by a word that only looks like it', () => {
    const env = { NAME: 'db-backup', TEXT: 'the db is slow', OTHER: 'mydb:5432' }
    const all = policies(NAMESPACE, deployment('api', env), deployment('db'), service('db'))
    expect(ingressOf('allow-db', all)).toEqual([{ from: [{ podSelector: {} }], ports: [{ port: 8080 }] }])
  })

  test('is shown by a ConfigMap', () => {
    const map =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata: {app.conf: "db.host = db\\n"}\n'
    const api = deployment('api').replace('env: []', 'envFrom: [{configMapRef: {name: c}}]')
    const all = policies(NAMESPACE, map, api, deployment('db'), service('db'))
    expect(ingressOf('allow-db', all)).toMatchObject([{ from: [{ podSelector: { matchLabels: { app: 'api' } } }] }])
  })

  test('is everybody for what is reached from outside, and controllers of the cluster for an Ingress', () => {
    const ingress = (className: string): string =>
      stringify({
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'web', namespace: 'shop' },
        spec: {
          ingressClassName: className,
          rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }],
        },
      })
    const open = policies(NAMESPACE, deployment('web'), service('web', { type: 'LoadBalancer' }))
    expect(ingressOf('allow-web', open)).toEqual([{ ports: [{ port: 8080 }] }])
    const nginx = policies(NAMESPACE, deployment('web'), service('web'), ingress('nginx'))
    expect(ingressOf('allow-web', nginx)).toEqual([{ from: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }])
    const alb = policies(NAMESPACE, deployment('web'), service('web'), ingress('alb'))
    expect(ingressOf('allow-web', alb)).toEqual([{ ports: [{ port: 8080 }] }])
  })

  test('is the API server for a webhook, which no policy can name', () => {
    const hook = stringify({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'h' },
      webhooks: [{ name: 'h', failurePolicy: 'Fail', clientConfig: { service: { name: 'hook', namespace: 'shop' } } }],
    })
    const all = policies(NAMESPACE, deployment('hook'), service('hook'), hook)
    expect(ingressOf('allow-hook', all)).toEqual([{ ports: [{ port: 8080 }] }])
  })

  test('is Prometheus for pods that ask for it', () => {
    const annotations = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9090' }
    const all = policies(NAMESPACE, deployment('api', {}, { annotations }))
    expect(ingressOf('allow-api-metrics', all)).toEqual([
      { from: [{ namespaceSelector: {} }], ports: [{ port: 9090 }] },
    ])
  })

  test('UDP stays UDP, and a port without target is the target', () => {
    const ports = [{ port: 53, protocol: 'UDP' }]
    const all = policies(NAMESPACE, deployment('dns'), service('dns', { ports }))
    expect(ingressOf('allow-dns', all)).toEqual([
      { from: [{ podSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] },
    ])
  })
})

test('in a namespace that is not declared here only the own pods are closed', () => {
  const all = policies(deployment('api'))
  expect(all).toEqual([
    { name: 'api-deny-ingress', spec: { podSelector: { matchLabels: { app: 'api' } }, policyTypes: ['Ingress'] } },
  ])
})

test('pods without labels in such a namespace get one that the policy selects', () => {
  const result = plan({ 'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n' })
  expect(left(result, /network-policy/)).toEqual([])
  expect(result.files.get('p.yaml')).toContain('metadata: {name: p, labels: {app.kubernetes.io/name: p}}')
  expect(result.files.get('network-policies.yaml')).toContain('app.kubernetes.io/name: p')
})

test('held as C with what is cut off', () => {
  const files = { 'k8s/all.yaml': [NAMESPACE, deployment('api')].join('---\n') }
  const [held] = plan(files, 'none').held.filter(({ finding }) => finding.ruleId === 'k8s-network-policy')
  expect(held?.finding.rank).toBe('C')
  expect(held?.remedy).toMatchObject({
    assessment: { blastRadius: ['every pod of the namespace shop, those too that are not declared here'] },
  })
})

test('any namespace: every pod is selected, once is enough', () => {
  const app = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    host: fc.constantFrom('a', 'b:80', 'http://c/x', 'none'),
    exposed: fc.constantFrom('none', 'ClusterIP', 'NodePort'),
  })
  fc.assert(
    fc.property(
      fc.uniqueArray(app, { minLength: 1, maxLength: 4, selector: ({ name }) => name }),
      fc.boolean(),
      fc.boolean(),
      (apps, declared, together) => {
        const texts = apps.map(({ name, host, exposed }) =>
          [deployment(name, { TARGET: host }), ...(exposed === 'none' ? [] : [service(name, { type: exposed })])].join(
            '---\n',
          ),
        )
        const files: Record<string, string> = together
          ? { 'k8s/all.yaml': texts.join('---\n') }
          : Object.fromEntries(texts.map((text, i) => [`k8s/${i}.yaml`, text]))
        if (declared) files['ns.yaml'] = NAMESPACE
        const result = plan(files)
        expect(left(result, /network-policy/)).toEqual([])
        expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)
