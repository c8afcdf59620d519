import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { loadAll } from 'js-yaml'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { CLUSTER, leaksLeft, plan, refusals, RULES } from './rules.test-helper.ts'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'

const values = fc.constantFrom('hunter2-and-more', 's3cret-of-shop', 'postgres://app:pw-in-url-9@db/shop', 'plain-text')
const variable = fc.record({
  name: fc.constantFrom('DB_PASSWORD', 'API_TOKEN', 'DATABASE_URL', 'CACHE_URL', 'JWT_SECRET', 'LOG_LEVEL'),
  value: values,
})
const container = fc.record(
  {
    env: fc.uniqueArray(variable, { maxLength: 4, selector: ({ name }) => name }),
    envFrom: fc.constant([{ configMapRef: { name: 'settings' } }]),
  },
  { requiredKeys: ['env'] },
)
const pods = fc
  .record(
    {
      containers: fc.array(container, { minLength: 1, maxLength: 2 }),
      initContainers: fc.array(container, { maxLength: 1 }),
      serviceAccountName: fc.constantFrom('default', 'runner', 'elsewhere'),
    },
    { requiredKeys: ['containers'] },
  )
  .map(({ containers, initContainers, ...rest }) => ({
    ...rest,
    ...(initContainers !== undefined && { initContainers: initContainers.map((one) => ({ name: 'init', ...one })) }),
    containers: containers.map((one, i) => ({ name: `c${i}`, ...one })),
  }))

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
      async (workloads, flow, inCloud) => {
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
        const result = plan(files, 'B', inCloud ? {} : { secretStore: { name: 's', kind: 'SecretStore' } })
        expect([...leaksLeft(result), ...refusals(result)]).toEqual([])
        for (const [path, text] of result.files) {
          if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
          else expect(() => loadAll(text)).not.toThrow()
        }
        expect(result.files.get('k8s/base.yaml')).not.toContain('s3cret')
        expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

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
