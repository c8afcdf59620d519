import { spawnSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  AS_OF,
  filesBelow,
  type Files,
  initGit,
  makeProject,
  secops,
  secopsJson,
  snapshot,
  temporaryFolder,
  writeFiles,
} from './harness.ts'
import { nearlyGoodPod, PRIVILEGED_POD, PUBLIC_BUCKET } from './samples.ts'
import { AUDIT } from './shapes.ts'

/** Files with a finding of the rule that each sample breaks. */
function filesFound(path: string, options: { readonly cwd?: string } = {}): string[] {
  const { findings } = AUDIT.parse(
    secopsJson(['audit', path, '--rule', 's3-no-public-acl', '--rule', 'k8s-no-privileged', ...AS_OF], options),
  )
  return findings.map(({ location }) => location.file).sort()
}

function stateOf(folder: string): boolean {
  return filesBelow(join(folder, '.secops')).length > 0
}

describe('the project root', () => {
  const config: Files = { 'secops.yaml': 'version: 1\n' }

  test('is PATH without a secops.yaml, and the folder of a file', () => {
    const top = makeProject({ 'a/main.tf': PUBLIC_BUCKET, 'b/main.tf': PUBLIC_BUCKET })
    expect(filesFound(join(top, 'a'))).toEqual(['main.tf'])
    expect(filesFound(join(top, 'b/main.tf'))).toEqual(['main.tf'])
    secops(['audit', join(top, 'a')])
    expect(stateOf(join(top, 'a'))).toBe(true)
    expect(stateOf(top)).toBe(false)
  })

  test('is the nearest folder with a secops.yaml above PATH, and only PATH is reported', () => {
    const top = makeProject({ ...config, 'a/main.tf': PUBLIC_BUCKET, 'b/main.tf': PUBLIC_BUCKET })
    expect(filesFound(join(top, 'a'))).toEqual(['a/main.tf'])
    expect(filesFound(join(top, 'a/main.tf'))).toEqual(['a/main.tf'])
    expect(filesFound('a', { cwd: top })).toEqual(['a/main.tf'])
    writeFiles(top, { 'a/pod.yaml': nearlyGoodPod() })
    secops(['fix', join(top, 'a'), ...AS_OF])
    expect(stateOf(top)).toBe(true)
    expect(stateOf(join(top, 'a'))).toBe(false)
  })

  test('is never above the git top level', () => {
    const top = makeProject({ ...config, 'repo/a/main.tf': PUBLIC_BUCKET })
    initGit(join(top, 'repo'))
    expect(filesFound(join(top, 'repo/a'))).toEqual(['main.tf'])
    expect(stateOf(top)).toBe(false)
    writeFiles(top, { 'repo/secops.yaml': 'version: 1\n' })
    expect(filesFound(join(top, 'repo/a'))).toEqual(['a/main.tf'])
  })

  test('does not hold the projects inside it: a nested secops.yaml is one of its own', () => {
    const top = makeProject({
      ...config,
      'main.tf': PUBLIC_BUCKET,
      'inner/secops.yaml': 'version: 1\n',
      'inner/x.tf': PUBLIC_BUCKET,
    })
    expect(filesFound(top)).toEqual(['main.tf'])
    expect(filesFound(join(top, 'inner'))).toEqual(['x.tf'])
  })
})

describe('what is skipped', () => {
  const files: Files = {
    '.gitignore': 'ignored/\n*.gen.tf\n!kept.gen.tf\n',
    'main.tf': PUBLIC_BUCKET,
    'x.gen.tf': PUBLIC_BUCKET.replace('logs', 'gen'),
    'kept.gen.tf': PUBLIC_BUCKET.replace('logs', 'kept'),
    'ignored/a.tf': PUBLIC_BUCKET,
    'sub/.gitignore': 'local.tf\n',
    'sub/local.tf': PUBLIC_BUCKET,
    'sub/seen.tf': PUBLIC_BUCKET,
    'node_modules/p/main.tf': PUBLIC_BUCKET,
    'sub/node_modules/p/pod.yaml': PRIVILEGED_POD,
    '.terraform/modules/m/main.tf': PUBLIC_BUCKET,
    '.secops/old.tf': PUBLIC_BUCKET,
    '.git/x.tf': PUBLIC_BUCKET,
  }

  test('.git, .secops, .terraform, node_modules and what ignore files name', () => {
    expect(filesFound(makeProject(files))).toEqual(['kept.gen.tf', 'main.tf', 'sub/seen.tf'])
  })

  test('never a PATH that was named, a folder or a file', () => {
    const top = makeProject({ ...files, 'secops.yaml': 'version: 1\n' })
    expect(filesFound(join(top, 'ignored'))).toEqual(['ignored/a.tf'])
    expect(filesFound(join(top, 'x.gen.tf'))).toEqual(['x.gen.tf'])
    expect(filesFound(join(top, 'sub/local.tf'))).toEqual(['sub/local.tf'])
    expect(filesFound(join(top, 'node_modules/p'))).toEqual(['node_modules/p/main.tf'])
  })

  test('exclude in secops.yaml, as in an ignore file', () => {
    const top = makeProject({
      'secops.yaml': 'version: 1\nexclude: [sandbox/, "*.gen.tf"]\n',
      'a.tf': PUBLIC_BUCKET,
      'b.gen.tf': PUBLIC_BUCKET,
      'sandbox/x.tf': PUBLIC_BUCKET,
    })
    expect(filesFound(top)).toEqual(['a.tf'])
  })
})

describe('links', () => {
  test('to a file inside are audited once, and the fix is written to the target while the link stays', () => {
    const top = makeProject({ 'real/pod.yaml': nearlyGoodPod() })
    mkdirSync(join(top, 'a'))
    symlinkSync('../real/pod.yaml', join(top, 'a/link.yaml'))
    symlinkSync(join(top, 'real/pod.yaml'), join(top, 'z.yaml'))
    expect(filesFound(top)).toEqual(['real/pod.yaml'])
    expect(secops(['fix', top, ...AS_OF]).status).toBe(0)
    expect(lstatSync(join(top, 'a/link.yaml')).isSymbolicLink()).toBe(true)
    expect(readlinkSync(join(top, 'a/link.yaml'))).toBe('../real/pod.yaml')
    expect(lstatSync(join(top, 'real/pod.yaml')).isFile()).toBe(true)
    expect(readFileSync(join(top, 'real/pod.yaml'), 'utf8')).toContain('privileged: false # for the old')
  })

  test('to a target that no walk reaches are audited by the link, and fixed through it', () => {
    const top = makeProject({ 'store/pod.manifest': nearlyGoodPod(), 'main.tf': PUBLIC_BUCKET })
    symlinkSync('store/pod.manifest', join(top, 'pod.yaml'))
    const before = snapshot(top)
    expect(filesFound(top)).toEqual(['main.tf', 'pod.yaml'])
    secops(['fix', top, '--fixer', 'deployment-security', ...AS_OF])
    expect(lstatSync(join(top, 'pod.yaml')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(top, 'store/pod.manifest'), 'utf8')).toContain('privileged: false')
    expect(secops(['rollback', '--path', top]).status).toBe(0)
    expect(snapshot(top)).toEqual(before)
  })

  test('to Terraform files make them part of each folder that has one, and the fix is written once', () => {
    const queue = 'resource "aws_sqs_queue" "q" {\n  sqs_managed_sse_enabled = var.encrypted\n}\n'
    const top = makeProject({
      'shared/queue.tf': queue,
      'shared/variables.tf': 'variable "encrypted" { type = bool }\n',
      'a/main.tf': 'output "a" { value = aws_sqs_queue.q.id }\n',
      'b/main.tf': 'output "b" { value = aws_sqs_queue.q.id }\n',
      'values.tfvars': 'encrypted = false\n',
    })
    for (const folder of ['a', 'b']) {
      for (const name of ['queue.tf', 'variables.tf']) symlinkSync(`../shared/${name}`, join(top, folder, name))
      symlinkSync('../values.tfvars', join(top, folder, 'terraform.tfvars'))
    }
    const audited = AUDIT.parse(secopsJson(['audit', top, '--rule', 'sqs-queue-encrypted', ...AS_OF]))
    expect(audited.diagnostics).toEqual([])
    expect(audited.findings.map(({ location, resource }) => [resource.root, resource.address, location.file])).toEqual([
      ['a', 'aws_sqs_queue.q', 'values.tfvars'],
      ['b', 'aws_sqs_queue.q', 'values.tfvars'],
    ])
    const before = snapshot(top)
    expect(secops(['fix', top, '--rule', 'sqs-queue-encrypted', ...AS_OF]).status).toBe(0)
    expect(readFileSync(join(top, 'values.tfvars'), 'utf8')).toBe('encrypted = true\n')
    expect(lstatSync(join(top, 'a/terraform.tfvars')).isSymbolicLink()).toBe(true)
    expect(secops(['rollback', '--path', top]).status).toBe(0)
    expect(readFileSync(join(top, 'values.tfvars'), 'utf8')).toBe('encrypted = false\n')
    expect(Object.keys(snapshot(top)).filter((path) => !path.startsWith('.secops'))).toEqual(
      Object.keys(before).filter((path) => !path.startsWith('.secops')),
    )
  })

  test('that leave the project are not read, whether a file, a folder or broken', () => {
    const outside = makeProject({ 'pod.yaml': PRIVILEGED_POD, 'dir/main.tf': PUBLIC_BUCKET })
    const top = makeProject({ 'main.tf': PUBLIC_BUCKET })
    symlinkSync(join(outside, 'pod.yaml'), join(top, 'pod.yaml'))
    symlinkSync(join(outside, 'dir'), join(top, 'dir'))
    symlinkSync('nowhere', join(top, 'gone.tf'))
    symlinkSync('loop.tf', join(top, 'loop.tf'))
    symlinkSync('.', join(top, 'self'))
    const before = snapshot(outside)
    expect(filesFound(top)).toEqual(['main.tf'])
    secops(['fix', top, '--approve', 'B', ...AS_OF])
    expect(snapshot(outside)).toEqual(before)
  })
})

describe('Terraform cannot read outside the project', () => {
  test.each([
    ['file()', 'file("${path.module}/../secret.txt")'],
    ['an absolute file()', 'file("/etc/hostname")'],
    ['templatefile()', 'templatefile("../secret.tpl", {})'],
    ['a link that leaves', 'file("link.txt")'],
  ])('%s is unknown', (_what, call) => {
    const outer = makeProject({
      'secret.txt': 'public-read',
      'secret.tpl': 'public-read',
      'project/secops.yaml': 'version: 1\n',
    })
    const project = join(outer, 'project')
    symlinkSync('../secret.txt', join(project, 'link.txt'))
    writeFileSync(join(project, 'main.tf'), `resource "aws_s3_bucket" "b" {\n  acl = ${call}\n}\n`)
    const result = AUDIT.parse(secopsJson(['audit', project, '--rule', 's3-no-public-acl', ...AS_OF]))
    expect(result.findings).toEqual([])
    expect(result.undecided.map(({ ruleId }) => ruleId)).toEqual(['s3-no-public-acl'])
    expect(JSON.stringify(result)).not.toContain('public-read')
  })

  test('inside, file() is known', () => {
    const project = makeProject({
      'acl.txt': 'public-read',
      'main.tf': 'resource "aws_s3_bucket" "b" {\n  acl = file("${path.module}/acl.txt")\n}\n',
    })
    expect(filesFound(project)).toEqual(['main.tf'])
  })

  test('a module source outside the project is undecided or listed, never read', () => {
    const outer = makeProject({
      'mod/main.tf': PUBLIC_BUCKET,
      'project/secops.yaml': 'version: 1\n',
      'project/main.tf': 'module "m" {\n  source = "../mod"\n}\n',
    })
    expect(filesFound(join(outer, 'project'))).toEqual([])
  })
})

describe('state that cannot be written', () => {
  test.skipIf(process.getuid?.() === 0)('a read-only root only warns', () => {
    const top = makeProject({ 'main.tf': PUBLIC_BUCKET })
    chmodSync(top, 0o555)
    const { status, stdout, stderr } = secops(['audit', top])
    chmodSync(top, 0o755)
    expect(status).toBe(1)
    expect(stdout).toContain('s3-no-public-acl')
    expect(stderr).toMatch(/^secops: .*not saved/)
  })

  test('something else at .secops is left alone, and named in one line', () => {
    const top = makeProject({ 'main.tf': PUBLIC_BUCKET, '.secops': 'mine\n' })
    const { status, stdout, stderr } = secops(['audit', top])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^secops: \.secops is not a folder[^\n]+\n$/)
    expect(readFileSync(join(top, '.secops'), 'utf8')).toBe('mine\n')
  })

  test('a .secops that leads elsewhere is not followed', () => {
    const elsewhere = temporaryFolder()
    const top = makeProject({ 'pod.yaml': PRIVILEGED_POD })
    symlinkSync(elsewhere, join(top, '.secops'))
    secops(['audit', top])
    secops(['fix', top, ...AS_OF])
    expect(filesBelow(elsewhere)).toEqual([])
  })

  test('a second writer ends with 2 and writes nothing', () => {
    const top = makeProject({ 'pod.yaml': PRIVILEGED_POD })
    secops(['audit', top])
    const stat = readFileSync(`/proc/${process.pid}/stat`, 'utf8')
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    const holder = { pid: process.pid, host: hostname(), started, token: '0123456789abcdef' }
    writeFileSync(join(top, '.secops/lock'), JSON.stringify(holder))
    const before = snapshot(top, [])
    const { status, stdout, stderr } = secops(['fix', top, ...AS_OF])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^secops: this project is locked[^\n]+\n$/)
    expect(snapshot(top, [])).toEqual(before)
  })

  test('the lock of a process that is gone does not stand in the way', () => {
    const top = makeProject({ 'pod.yaml': nearlyGoodPod() })
    secops(['audit', top])
    const { pid } = spawnSync('true')
    writeFileSync(
      join(top, '.secops/lock'),
      JSON.stringify({ pid, host: hostname(), started: '1', token: '0123456789abcdef' }),
    )
    expect(secops(['fix', top, ...AS_OF]).status).toBe(0)
  })
})
