import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { loadAll } from 'js-yaml'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { CLUSTER, leaksLeft, plan, refusals, RULES } from './rules.test-helper.ts'
import { planProject } from '../../testing/index.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

const credential = fc.oneof(
  fc.record({
    name: fc.constantFrom('DB_PASSWORD', 'API_TOKEN', 'JWT_SECRET'),
    value: fc.constantFrom('hunter2-and-more', 's3cret-of-shop', 'postgres://app:pw-in-url-9@db/shop'),
  }),
  fc.record({
    name: fc.constantFrom('DATABASE_URL', 'CACHE_URL'),
    value: fc.constant('postgres://app:pw-in-url-9@db/shop'),
  }),
)
const setting = fc.constant({ name: 'LOG_LEVEL', value: 'plain-text' })
const reference = fc.record({
  name: fc.constantFrom('CARD_KEY', 'DB_PASSWORD'),
  valueFrom: fc.constant({ secretKeyRef: { name: 'db', key: 'password' } }),
})
const container = fc.record(
  {
    env: fc.uniqueArray(fc.oneof(credential, setting, reference), { maxLength: 4, selector: ({ name }) => name }),
    envFrom: fc.constant([{ configMapRef: { name: 'settings' } }]),
    args: fc.constant(['--password=$(DB_PASSWORD)']),
    volumeMounts: fc.constantFrom(
      [{ name: 'db', mountPath: '/db', readOnly: true }],
      [{ name: 'db', mountPath: '/run/secrets' }],
    ),
    securityContext: fc.constant({ runAsNonRoot: true }),
  },
  { requiredKeys: ['env'] },
)
const pods = fc
  .record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 2 }),
      initContainers: fc.array(container, { maxLength: 1 }),
      serviceAccountName: fc.constantFrom('default', 'runner', 'elsewhere'),
      securityContext: fc.constant({ fsGroup: 10_001 }),
    },
    { requiredKeys: ['containers'] },
  )
  .map(({ containers, initContainers, ...rest }) => ({
    ...rest,
    ...(initContainers !== undefined && { initContainers: initContainers.map((one) => ({ name: 'init', ...one })) }),
    containers: containers.map((one, i) => ({ name: `c${i}`, ...one })),
    volumes: [{ name: 'db', secret: { secretName: 'db', items: [{ key: 'user', path: 'user' }] } }],
  }))
const readers = fc.constantFrom<string[][]>([], ['*'], ['c0'])

const ACCOUNT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'runner', namespace: 'shop' } }
const SETTINGS = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', namespace: 'shop' },
  data: { SHARED_TOKEN: 's3cret-of-shop', MODE: 'fast' },
}

test('any workloads: every credential moves, nothing of it stays, once is enough, and other readers agree', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('Deployment', 'StatefulSet', 'Job'), pods), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      readers,
      async (workloads, flow, inCloud, programs) => {
        const write = (object: unknown): string =>
          stringify(object, { collectionStyle: flow ? 'flow' : 'block', aliasDuplicateObjects: false })
        const files: Record<string, string> = {
          'k8s/base.yaml': [ACCOUNT, SETTINGS].map(write).join('---\n'),
          ...(inCloud && { 'infra/main.tf': CLUSTER }),
        }
        for (const [i, [kind, spec]] of workloads.entries()) {
          const metadata = { name: `w${i}`, namespace: 'shop' }
          files[`k8s/w${i}.yaml`] = write({ apiVersion: 'apps/v1', kind, metadata, spec: { template: { spec } } })
        }
        const values: FixValues = {
          ...(!inCloud && { secretStore: { name: 's', kind: 'SecretStore' } }),
          ...(programs.length > 0 && { secrets: { files: programs } }),
        }
        const result = plan(files, 'B', values)
        expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
        for (const [path, text] of result.files) {
          if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
          else for (const object of loadAll(text)) expectFiles(podOf(object))
          expect(text).not.toMatch(/hunter2|s3cret|pw-in-url/)
        }
        for (const [i, [, { containers, initContainers = [] }]] of workloads.entries()) {
          const pod = podOf(loadAll(result.files.get(`k8s/w${i}.yaml`) ?? '')[0])
          for (const before of [...containers, ...initContainers]) {
            const after = [...pod.containers, ...pod.initContainers].find(({ name }) => name === before.name)
            const isReader = programs.includes('*') || programs.includes(before.name)
            const variables = (after?.env ?? []).filter(({ valueFrom }) => valueFrom !== undefined)
            // What the arguments use has to stay a variable.
            const kept = variables.filter(({ name }) => before.args === undefined || name !== 'DB_PASSWORD')
            if (isReader) expect(kept).toEqual([])
          }
        }
        expect(plan(Object.fromEntries(result.files), 'B', values).changes).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
}, 60_000)

interface Pod {
  readonly containers: readonly PodContainer[]
  readonly initContainers: readonly PodContainer[]
  readonly volumes: readonly {
    readonly name: string
    readonly secret: { readonly secretName: string; readonly items: readonly { readonly path: string }[] }
  }[]
}

interface PodContainer {
  readonly name: string
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[]
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[]
}

function podOf(object: unknown): Pod {
  const { spec } = object as { readonly spec?: { readonly template?: { readonly spec?: Partial<Pod> } } }
  return { containers: [], initContainers: [], volumes: [], ...spec?.template?.spec }
}

/** What the API server checks, and what a program meets: every file that is named is there, and no name is given twice. */
function expectFiles({ containers, initContainers, volumes }: Pod): void {
  expect(new Set(volumes.map(({ name }) => name)).size).toBe(volumes.length)
  for (const { env = [], volumeMounts = [] } of [...containers, ...initContainers]) {
    const names = env.map(({ name }) => name)
    expect(new Set(names.map((name) => name.replace(/_FILE$/, ''))).size).toBe(names.length)
    expect(new Set(volumeMounts.map(({ mountPath }) => mountPath)).size).toBe(volumeMounts.length)
    for (const { value = '' } of env.filter(({ name }) => name.endsWith('_FILE'))) {
      const mount = volumeMounts.find(({ mountPath }) => value.startsWith(`${mountPath}/`))
      const volume = volumes.find(({ name }) => name === mount?.name)
      expect(volume?.secret.items.map(({ path }) => `${mount?.mountPath}/${path}`)).toContain(value)
    }
  }
}

const attribute = fc.constantFrom('"hunter2-and-more"', 'var.given', 'local.pw', '"hunter2-and-more" # old')
const terraform = fc
  .record({
    password: attribute,
    head: fc.constantFrom('', '  count = 2\n\n', '  for_each = toset(["a", "b"])\n\n'),
    lambda: fc.boolean(),
    inModule: fc.boolean(),
    eol: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ password, head, lambda, inModule, eol }) => {
    const body = `variable "given" {
  type        = string
  default     = "hunter2-and-more" # old
  description = "x"
}

locals { pw = "hunter2-and-more" }

resource "aws_db_instance" "d" {
${head}  engine   = "postgres"
  password = ${password}
}
${lambda ? '\nresource "aws_lambda_function" "f" {\n  environment {\n    variables = { API_TOKEN = "abcdef-123456", A = "b" }\n  }\n}\n' : ''}`.replaceAll(
      '\n',
      eol,
    )
    return inModule
      ? { 'main.tf': `module "m" {${eol}  source = "./m"${eol}}${eol}`, 'm/main.tf': body }
      : { 'main.tf': body }
  })

test('any literal in Terraform: the rules pass, once is enough, and other readers agree', async () => {
  await fc.assert(
    fc.asyncProperty(terraform, async (files) => {
      const result = plan(files)
      expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
      for (const [path, text] of result.files) {
        await expect(parse(path, text)).resolves.toBeTruthy()
        const isNew = !(path in files)
        if (!isNew) expect(text).not.toMatch(Object.values(files)[0]?.includes('\r\n') === true ? /[^\r]\n/ : /\r/)
      }
      const once = Object.fromEntries(result.files)
      expect(planProject({ files: once, rules: RULES, fixers: [fixer] }, 'B').changes).toEqual([])
    }),
    { numRuns: 40 },
  )
}, 60_000)
