import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { JudgedFinding } from '../engine/audit.ts'
import { openSession, SessionMemory } from './session.ts'
import { type WatchUpdate, watchProject } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'secops-watch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('answers each edit: in place, by renaming over the file, in a new folder, and a file that breaks', async () => {
  cpSync(new URL('../../examples/securebank/infrastructure/terraform', import.meta.url), folder, { recursive: true })
  const s3 = join(folder, 's3.tf')
  const stop = new AbortController()
  const problems: string[] = []
  let seen: (update: WatchUpdate) => void = () => {}
  const next = (): Promise<WatchUpdate> =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error('no answer')), 20_000)
      seen = (update) => {
        clearTimeout(timer)
        done(update)
      }
    })
  const answered = async (edit: () => void): Promise<WatchUpdate> => {
    const update = next()
    edit()
    return update
  }
  const first = next()
  const watching = watchProject(
    { path: folder, now: new Date('2026-01-01') },
    (update) => seen(update),
    (problem) => problems.push(problem),
    stop.signal,
  )
  expect((await first).added).toEqual([])

  const original = readFileSync(s3, 'utf8')
  const mended = await answered(() =>
    writeFileSync(s3, original.replace('acl    = "public-read"', 'acl    = "private"')),
  )
  expect(mended.gone.map(({ ruleId }) => ruleId)).toContain('s3-no-public-acl')

  const renamed = await answered(() => {
    writeFileSync(`${s3}.new`, original)
    renameSync(`${s3}.new`, s3)
  })
  expect(renamed.added.map(({ ruleId }) => ruleId)).toContain('s3-no-public-acl')

  const fresh = await answered(() => {
    mkdirSync(join(folder, 'more'))
    writeFileSync(join(folder, 'more/main.tf'), 'resource "aws_s3_bucket" "fresh" {}\n')
  })
  expect(fresh.added.every(({ resource }) => resource.address === 'aws_s3_bucket.fresh')).toBe(true)

  const broken = await answered(() => writeFileSync(join(folder, 'more/main.tf'), 'resource "aws_s3_bucket" {\n'))
  expect(broken.session.result.diagnostics.length).toBeGreaterThan(0)

  stop.abort()
  await watching
  expect(problems).toEqual([])
})

test('with what is kept from before, each answer is that of a fresh audit', () => {
  const root = mkdtempSync(join(tmpdir(), 'secops-again-'))
  try {
    cpSync(new URL('../../examples/securebank', import.meta.url), root, { recursive: true })
    const options = { path: root, now: new Date('2026-01-01') }
    const memory = new SessionMemory()
    openSession({ ...options, memory })
    const edits: [file: string, from: string, to: string][] = [
      ['infrastructure/k8s/backend-deployment.yaml', 'privileged: true', 'privileged: false'],
      ['infrastructure/k8s/backend-deployment.yaml', 'kind: Deployment', '# moved down\nkind: Deployment'],
      ['infrastructure/terraform/security-groups.tf', '0.0.0.0/0', '10.0.0.0/8'],
      ['infrastructure/terraform/s3.tf', 'resource', '# above\nresource'],
      ['infrastructure/k8s/backend-deployment.yaml', '# moved down\n', ''],
      ['infrastructure/k8s/backend-deployment.yaml', 'privileged: false', 'privileged: true'],
      ['secops.yaml', 'runAsUser: 10001', 'runAsUser: 10002'],
    ]
    for (const [file, from, to] of edits) {
      const path = join(root, file)
      const text = readFileSync(path, 'utf8')
      expect(text, file).toContain(from)
      writeFileSync(path, text.replace(from, to))
      const kept = openSession({ ...options, memory })
      const fresh = openSession(options)
      expect(kept.result, `${file}: ${to}`).toEqual(fresh.result)
      expect(kept.audit().judged.map(({ remedy }) => remedyText(remedy))).toEqual(
        fresh.audit().judged.map(({ remedy }) => remedyText(remedy)),
      )
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}, 60_000)

/** What each file of a small estate can be in turn: several root modules that share modules, files and values. */
const VARIANTS: Readonly<Record<string, readonly string[]>> = {
  'a/main.tf': [
    'module "store" {\n  source = "../modules/store"\n  acl    = var.acl\n}\n\nvariable "acl" {\n  default = "private"\n}\n',
    'module "store" {\n  source = "../modules/store"\n}\n\nresource "aws_s3_bucket" "own" {\n  acl = "public-read"\n}\n',
    'module "one" {\n  source = "../modules/store"\n}\n\nmodule "two" {\n  source = "../modules/store"\n  acl    = "public-read"\n}\n',
    'module "store" {\n  source = "../modules/gone"\n}\n\noutput "x" {\n  value = module.store.name\n}\n',
  ],
  'a/terraform.tfvars': ['acl = "public-read"\n', 'acl = "private"\n'],
  'b/main.tf': [
    'module "store" {\n  source = "../modules/store"\n}\n',
    'data "aws_iam_policy_document" "all" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n}\n\nresource "aws_iam_policy" "p" {\n  policy = data.aws_iam_policy_document.all.json\n}\n\nresource "aws_s3_bucket" "b" {}\n',
    'resource "aws_iam_policy" "p" {\n  policy = file("${path.module}/policy.json")\n}\n',
    'locals {\n  ports = [for f in fileset(path.module, "*.port") : tonumber(trimsuffix(f, ".port"))]\n}\n\nresource "aws_security_group" "g" {\n  dynamic "ingress" {\n    for_each = local.ports\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n}\n',
  ],
  'b/policy.json': [
    '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::x/*"}]}',
  ],
  'b/22.port': [''],
  'b/provider.tf': [
    'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n\nprovider "aws" {}\n',
    'resource "aws_s3_bucket_versioning" "b" {\n  bucket = aws_s3_bucket.b.id\n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n',
  ],
  'common/shared.tf': [
    'variable "acl" {\n  default = "private"\n}\n',
    'resource "aws_s3_bucket" "shared" {\n  acl = "public-read"\n}\n',
  ],
  'common/more.tf': [
    'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 3.0" }\n  }\n}\n',
  ],
  'modules/store/main.tf': [
    'variable "acl" {\n  default = "private"\n}\n\nresource "aws_s3_bucket" "this" {\n  acl = var.acl\n}\n',
    'variable "acl" {\n  default = "private"\n}\n\nresource "aws_s3_bucket" "this" {\n  acl = var.acl\n}\n\nresource "aws_db_instance" "db" {\n  publicly_accessible = true\n  password            = "hunter2hunter2"\n}\n\noutput "name" {\n  value = aws_s3_bucket.this.id\n}\n',
    'resource "aws_s3_bucket" {\n',
  ],
  'pod.yaml': [
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: a, image: nginx, securityContext: {privileged: true}}]\n',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: web}\nspec:\n  containers: [{name: a, image: "nginx:1.29"}]\n',
  ],
  'secops.yaml': ['version: 1\nrules:\n  s3-no-public-acl: off\n', 'version: 1\nvalues:\n  logBucket: company-logs\n'],
}

test('with what is kept from before, any edits of several root modules give what a fresh audit gives', () => {
  const edit = fc
    .constantFrom(...Object.keys(VARIANTS))
    .chain((file) =>
      fc.record({ file: fc.constant(file), text: fc.constantFrom(...(VARIANTS[file] ?? []), undefined) }),
    )
  fc.assert(
    fc.property(fc.array(edit, { minLength: 2, maxLength: 14 }), (edits) => {
      const root = mkdtempSync(join(tmpdir(), 'secops-edits-'))
      try {
        mkdirSync(join(root, '.git'))
        for (const folder of ['a', 'b', 'common', 'modules/store']) mkdirSync(join(root, folder), { recursive: true })
        for (const [file, [text = '']] of Object.entries(VARIANTS))
          if (file !== 'secops.yaml') writeFileSync(join(root, file), text)
        symlinkSync('../common/shared.tf', join(root, 'b/linked.tf'))
        const options = { path: root, now: new Date('2026-01-01') }
        const memory = new SessionMemory()
        openSession({ ...options, memory })
        for (const { file, text } of edits) {
          if (text === undefined) rmSync(join(root, file), { force: true })
          else writeFileSync(join(root, file), text)
          const kept = openSession({ ...options, memory })
          const fresh = openSession(options)
          expect(kept.result).toEqual(fresh.result)
          expect(kept.audit().judged.map(({ remedy }) => remedyText(remedy))).toEqual(
            fresh.audit().judged.map(({ remedy }) => remedyText(remedy)),
          )
        }
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    }),
    { numRuns: 60 },
  )
}, 120_000)

function remedyText(remedy: JudgedFinding['remedy']): unknown {
  if (remedy.kind === 'fixer') return remedy.assessment
  return remedy.kind === 'local' ? remedy.fix : remedy.reason
}
