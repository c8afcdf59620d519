import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import fixer from './index.ts'
import { CLUSTER, leaksLeft, plan, refusals, workload } from './rules.test-helper.ts'

const PASSWORD = `            - name: DB_PASSWORD
              value: hunter2-and-more # keep
            - name: LOG
              value: info
`

function file(result: ReturnType<typeof plan>, path: string): string {
  return result.files.get(path) ?? ''
}

describe('a credential in the environment of a container', () => {
  const files = { 'k8s/api.yaml': workload(PASSWORD), 'infra/main.tf': CLUSTER }

  test('is held until it is approved as B, and says why', () => {
    const { held, applied } = plan(files, 'C')
    expect(applied).toEqual([])
    expect(held.map(({ finding }) => [finding.ruleId, finding.rank])).toEqual([['k8s-no-plaintext-credentials', 'B']])
    const [remedy] = held.map((one) => one.remedy)
    expect(remedy).toMatchObject({ assessment: { blastRadius: ['Deployment/shop/api'] } })
  })

  test('becomes one change over manifests and Terraform', () => {
    const result = plan(files)
    expect(leaksLeft(result)).toEqual([])
    expect(file(result, 'k8s/api.yaml')).toBe(
      workload(`            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: api-credentials
                  key: DB_PASSWORD
            - name: LOG
              value: info
`).trimEnd() + '\n      serviceAccountName: api\n',
    )
    const objects = loadAll(file(result, 'k8s/external-secrets.yaml'))
    expect(objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: {
          name: 'api',
          namespace: 'shop',
          annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/shop-api-secrets' },
        },
        automountServiceAccountToken: false,
      },
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'SecretStore',
        metadata: { name: 'api', namespace: 'shop' },
        spec: {
          provider: {
            aws: {
              service: 'SecretsManager',
              region: 'eu-west-1',
              auth: { jwt: { serviceAccountRef: { name: 'api' } } },
            },
          },
        },
      },
      {
        apiVersion: 'external-secrets.io/v1',
        kind: 'ExternalSecret',
        metadata: { name: 'api-credentials', namespace: 'shop' },
        spec: {
          refreshInterval: '1h',
          secretStoreRef: { kind: 'SecretStore', name: 'api' },
          target: { name: 'api-credentials', creationPolicy: 'Owner' },
          data: [{ secretKey: 'DB_PASSWORD', remoteRef: { key: 'shop/api', property: 'DB_PASSWORD' } }],
        },
      },
    ])
    const terraform = file(result, 'infra/secrets.tf')
    expect(terraform).toContain('name        = "shop/api"')
    expect(terraform).toContain('kms_key_id  = aws_kms_key.secrets.arn')
    expect(terraform).toContain(':sub" = "system:serviceaccount:shop:api"')
    expect(terraform).toContain(':aud" = "sts.amazonaws.com"')
    expect(terraform).toContain('Resource = aws_secretsmanager_secret.api.arn')
    expect(file(result, 'infra/kms.tf')).toContain('enable_key_rotation     = true')
    expect(file(result, 'infra/main.tf')).toContain('resource "aws_iam_openid_connect_provider" "shop"')
  })

  test('leaves the value nowhere, and a second run finds nothing', () => {
    const result = plan(files)
    expect([...result.files.values()].join('\n')).not.toContain('hunter2')
    expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
  })

  test('next steps name what to rotate and in which order, never the value', () => {
    const result = plan(files)
    const context = { estate: result.before.estate, values: {} }
    const steps = fixer.nextSteps(
      result.before.judged.map(({ complaint }) => complaint),
      context,
    )
    const text = JSON.stringify(steps)
    expect(text).not.toContain('hunter2')
    const commands = steps.flatMap(({ command, kind }) =>
      command === undefined || kind !== 'rollout' ? [] : [command],
    )
    expect(commands.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
      'terraform -chdir=infra apply',
      'kubectl get crd',
      'aws secretsmanager put-secret-value',
      'kubectl apply -f',
      'kubectl -n shop',
      'kubectl apply -f',
    ])
  })
})

test('the identity provider that is declared is used', () => {
  const there = `${CLUSTER}
resource "aws_iam_openid_connect_provider" "cluster" {
  url            = aws_eks_cluster.shop.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}
`
  const result = plan({ 'k8s/api.yaml': workload(PASSWORD), 'main.tf': there })
  expect(file(result, 'main.tf')).toBe(there)
  expect(file(result, 'secrets.tf')).toContain('Federated = aws_iam_openid_connect_provider.cluster.arn')
})

test('the well-known EKS module has its own identity provider', () => {
  const module = `provider "aws" {
  region = "eu-west-1"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 20.0"
}
`
  const result = plan({ 'k8s/api.yaml': workload(PASSWORD), 'main.tf': module }, 'B', { awsAccountId: '123456789012' })
  expect(refusals(result)).toEqual([])
  expect(file(result, 'secrets.tf')).toContain('Federated = module.eks.oidc_provider_arn')
  // oxlint-disable-next-line no-template-curly-in-string -- Terraform's own
  expect(file(result, 'secrets.tf')).toContain('"${module.eks.oidc_provider}:sub"')
})

describe('values that only a person knows', () => {
  test('no cluster here: the store is asked for, then only manifests change', () => {
    const files = { 'k8s/api.yaml': workload(PASSWORD) }
    const [held] = plan(files).held
    expect(held?.remedy).toMatchObject({ assessment: { needs: [{ key: 'values.secretStore' }] } })
    const result = plan(files, 'B', { secretStore: { name: 'vault', kind: 'ClusterSecretStore' } })
    expect(leaksLeft(result)).toEqual([])
    expect(file(result, 'k8s/api.yaml')).not.toContain('serviceAccountName')
    const [external] = loadAll(file(result, 'k8s/external-secrets.yaml'))
    expect(external).toMatchObject({ spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' } } })
    expect([...result.files.keys()].filter((path) => path.endsWith('.tf'))).toEqual([])
  })

  test('account and region that nothing shows', () => {
    const [held] = plan({ 'k8s/api.yaml': workload(PASSWORD), 'main.tf': 'resource "aws_eks_cluster" "a" {}\n' }).held
    expect(held?.remedy).toMatchObject({
      assessment: { needs: [{ key: 'values.awsAccountId' }, { key: 'values.awsRegion' }] },
    })
  })

  test('several clusters', () => {
    const two = { 'k8s/api.yaml': workload(PASSWORD), 'a/main.tf': CLUSTER, 'b/main.tf': CLUSTER }
    expect(plan(two).held[0]?.remedy).toMatchObject({ assessment: { needs: [{ key: 'values.secretStore' }] } })
  })
})

describe('shapes that break naive fixers', () => {
  const run = (manifest: string, more: Record<string, string> = {}): ReturnType<typeof plan> =>
    plan({ 'k8s/api.yaml': manifest, 'infra/main.tf': CLUSTER, ...more })

  test('a URL with a password is made by a template; the password it shares is kept once', () => {
    const result = run(
      workload(`            - {name: DB_PASSWORD, value: "hunter2-and-more"}
            - name: DATABASE_URL
              value: "postgres://app:hunter2-and-more@db:5432/shop?sslmode=require"
            - name: CACHE_URL
              value: redis://user:other-one-77@cache:6379
`),
    )
    expect(leaksLeft(result)).toEqual([])
    const [, , external] = loadAll(file(result, 'k8s/external-secrets.yaml'))
    expect(external).toMatchObject({
      spec: {
        target: {
          template: {
            data: {
              DB_PASSWORD: '{{ .DB_PASSWORD }}',
              CACHE_PASSWORD: '{{ .CACHE_PASSWORD }}',
              DATABASE_URL: 'postgres://app:{{ .DB_PASSWORD }}@db:5432/shop?sslmode=require',
              CACHE_URL: 'redis://user:{{ .CACHE_PASSWORD }}@cache:6379',
            },
          },
        },
        data: [{ secretKey: 'DB_PASSWORD' }, { secretKey: 'CACHE_PASSWORD' }],
      },
    })
    expect(result.after.estate.diagnostics.map(({ code }) => code)).toEqual([])
  })

  test('flow maps stay flow maps', () => {
    const result = run(workload('            - {name: DB_PASSWORD, value: "hunter2-and-more"}\n'))
    expect(file(result, 'k8s/api.yaml')).toContain(
      '- {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: api-credentials, key: DB_PASSWORD}}}',
    )
  })

  test('the same value in several workloads of the namespace is one key', () => {
    const job = `apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers:
            - name: migrate
              env: [{name: PGPASSWORD, value: hunter2-and-more}]
          containers:
            - name: run
              env:
                - name: API_TOKEN
                  value: abcdef-123456
`
    const result = run(workload(PASSWORD), { 'k8s/nightly.yaml': job })
    expect(leaksLeft(result)).toEqual([])
    expect(file(result, 'k8s/api.yaml')).toContain('name: nightly-credentials\n                  key: PGPASSWORD')
    expect(file(result, 'k8s/api.yaml')).not.toContain('serviceAccountName')
    expect(file(result, 'infra/secrets.tf').match(/resource "aws_secretsmanager_secret"/g)).toHaveLength(1)
  })

  test('different values of one name get keys of their own', () => {
    const result = run(
      workload(`${PASSWORD}        - name: sidecar
          env:
            - name: DB_PASSWORD
              value: another-one-22
`),
    )
    expect(leaksLeft(result)).toEqual([])
    expect(file(result, 'k8s/api.yaml')).toContain('key: DB_PASSWORD_2')
  })

  test('both halves of an AWS key move', () => {
    const result = run(
      workload(`            - name: AWS_ACCESS_KEY_ID
              value: AKIAIOSFODNN7EXAMPLE
            - name: AWS_SECRET_ACCESS_KEY
              value: EXAMPLE-secret-access-key
`),
    )
    expect(file(result, 'k8s/api.yaml')).not.toContain('EXAMPLE')
  })

  test('a ServiceAccount that the pods have gets the role; one with a role of its own is left alone', () => {
    const account = (annotations: string): string =>
      `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: runner\n  namespace: shop\n${annotations}`
    const pods = workload(PASSWORD, '      serviceAccountName: runner\n')
    const plain = run(pods, { 'k8s/account.yaml': account('') })
    expect(file(plain, 'k8s/account.yaml')).toContain('eks.amazonaws.com/role-arn:')
    expect(file(plain, 'k8s/api.yaml')).toContain('serviceAccountName: runner')
    expect(file(plain, 'infra/secrets.tf')).toContain('system:serviceaccount:shop:runner')
    const taken = account('  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::1:role/x\n')
    const second = run(pods, { 'k8s/account.yaml': taken })
    expect(file(second, 'k8s/account.yaml')).toBe(taken)
    expect(file(second, 'infra/secrets.tf')).toContain('system:serviceaccount:shop:api-secrets')
  })

  test('a Secret of the name is there already', () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: api-credentials, namespace: shop}\n'
    expect(file(run(workload(PASSWORD), { 'k8s/s.yaml': secret }), 'k8s/api.yaml')).toContain('name: api-credentials-2')
  })

  test('a kustomization lists the new file and sets its namespace', () => {
    const base = 'resources:\n  - api.yaml\nnamespace: store\n'
    const bare = workload(PASSWORD).replace('  namespace: shop\n', '')
    const result = run(bare, { 'k8s/kustomization.yaml': base })
    expect(file(result, 'k8s/kustomization.yaml')).toBe(
      'resources:\n  - api.yaml\n  - external-secrets.yaml\nnamespace: store\n',
    )
    expect(file(result, 'k8s/external-secrets.yaml')).not.toContain('namespace:')
    expect(file(result, 'infra/secrets.tf')).toContain('system:serviceaccount:store:api')
  })

  test('built for several namespaces: refused', () => {
    const result = run(workload(PASSWORD), {
      'a/kustomization.yaml': 'resources: [../k8s/api.yaml]\nnamespace: a\n',
      'b/kustomization.yaml': 'resources: [../k8s/api.yaml]\nnamespace: b\n',
    })
    expect(refusals(result)).toEqual([
      'k8s-no-plaintext-credentials: kustomizations build it for several namespaces, each of which needs a Secret of its own',
    ])
  })

  test('templates of Helm charts are advice', () => {
    const chart = { 'chart/Chart.yaml': 'name: x\n', 'chart/templates/api.yaml': workload(PASSWORD) }
    expect(refusals(plan(chart))).toEqual([
      "k8s-no-plaintext-credentials: chart/templates/api.yaml is a template of the Helm chart in chart: change it there together with the chart's values",
    ])
  })

  test('a shared anchor is changed once for all that share it', () => {
    const shared = workload(`            - &db
              name: DB_PASSWORD
              value: hunter2-and-more
        - name: other
          env:
            - *db
`)
    const result = run(shared)
    expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
    expect(file(result, 'k8s/api.yaml').match(/secretKeyRef/g)).toHaveLength(1)
  })

  test('several documents and CRLF', () => {
    const text = `${workload(PASSWORD)}---\napiVersion: v1\nkind: Service\nmetadata: {name: api, namespace: shop}\n`
    const result = run(text.replaceAll('\n', '\r\n'))
    expect(leaksLeft(result)).toEqual([])
    expect(file(result, 'k8s/api.yaml')).not.toMatch(/[^\r]\n/)
    expect(file(result, 'k8s/external-secrets.yaml')).not.toMatch(/[^\r]\n/)
  })

  test('one finding after the other: the second extends what the first made', () => {
    const two = `${PASSWORD}            - name: API_TOKEN\n              value: abcdef-123456\n`
    const files = { 'k8s/api.yaml': workload(two), 'infra/main.tf': CLUSTER }
    const first = plan(files).before.judged[0]
    if (first === undefined) throw new Error('nothing found')
    const built = fixer.build([first.complaint], { estate: plan(files).before.estate, values: {} })
    if ('refused' in built) throw new Error(built.refused)
    const result = plan({
      ...files,
      'k8s/api.yaml': workload(
        two.replace(
          'value: hunter2-and-more # keep',
          'valueFrom: {secretKeyRef: {name: api-credentials, key: DB_PASSWORD}}',
        ),
        '      serviceAccountName: api\n',
      ),
      'k8s/external-secrets.yaml': built.creates.get('k8s/external-secrets.yaml') ?? '',
      'infra/secrets.tf': built.creates.get('infra/secrets.tf') ?? '',
    })
    expect(leaksLeft(result)).toEqual([])
    const external = loadAll(file(result, 'k8s/external-secrets.yaml'))[2]
    expect(external).toMatchObject({ spec: { data: [{ secretKey: 'DB_PASSWORD' }, { secretKey: 'API_TOKEN' }] } })
    expect(file(result, 'infra/secrets.tf').match(/resource "aws_secretsmanager_secret"/g)).toHaveLength(1)
  })
})

describe('a credential in a ConfigMap', () => {
  const map = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: shop
data:
  API_TOKEN: abcdef-123456
  MODE: fast
`
  const user = (more: string): string => workload(`            - {name: A, value: b}\n${more}`)
  const run = (more: string, config = map): ReturnType<typeof plan> =>
    plan({ 'k8s/settings.yaml': config, 'k8s/api.yaml': user(more), 'infra/main.tf': CLUSTER })

  test('moves out, and envFrom gets a variable of its own', () => {
    const result = run('          envFrom:\n            - configMapRef: {name: settings}\n')
    expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
    expect(file(result, 'k8s/settings.yaml')).not.toContain('API_TOKEN')
    expect(file(result, 'k8s/api.yaml')).toContain('name: API_TOKEN')
    expect(file(result, 'k8s/api.yaml')).toContain('name: settings-credentials')
  })

  test('configMapKeyRef becomes secretKeyRef', () => {
    const result = run(
      '            - name: TOKEN\n              valueFrom:\n                configMapKeyRef: {name: settings, key: API_TOKEN}\n',
    )
    expect(file(result, 'k8s/api.yaml')).not.toContain('configMapKeyRef')
    expect(file(result, 'k8s/api.yaml')).toContain('secretKeyRef')
  })

  test('mounted as a file, a line of a file, immutable: refused with the way out', () => {
    const mounted = user('').replace(
      '      containers:',
      '      volumes: [{name: s, configMap: {name: settings}}]\n      containers:',
    )
    const result = plan({ 'k8s/settings.yaml': map, 'k8s/api.yaml': mounted, 'infra/main.tf': CLUSTER })
    expect(refusals(result)[0]).toContain('mounts the ConfigMap as files')
    const line = map.replace(
      'API_TOKEN: abcdef-123456',
      'app.properties: |\n    api.token=abcdef-123456\n    mode=fast',
    )
    expect(refusals(run('', line))[0]).toContain('one line of the file app.properties')
    expect(refusals(run('', `${map}immutable: true\n`))[0]).toContain('immutable')
  })
})
