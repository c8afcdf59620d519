import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { AS_OF, copySecurebank, environment, makeProject, secops, secopsJson, snapshot } from './harness.ts'
import { nearlyGoodPod, PRIVILEGED_POD, SMALL_PROJECT } from './samples.ts'
import { AUDIT, type AuditJson, FIX, type FixJson, RUN, VALIDATE } from './shapes.ts'

function audit(project: string): AuditJson {
  return AUDIT.parse(secopsJson(['audit', project, ...AS_OF]))
}

function fix(project: string, ...args: readonly string[]): FixJson {
  return FIX.parse(secopsJson(['fix', project, ...AS_OF, ...args]))
}

function fingerprintsOf(list: readonly { readonly fingerprint: string }[]): string[] {
  return list.map(({ fingerprint }) => fingerprint).sort()
}

/** What every fix owes to the audit before it. */
function expectAccounted(result: FixJson, before: AuditJson): void {
  const open = before.findings.filter(({ status }) => status === 'open')
  expect(fingerprintsOf([...result.applied, ...result.held, ...result.refused])).toEqual(fingerprintsOf(open))
  expect(result.before).toEqual(before.summary)
  const changed = new Set(result.files.map(({ path }) => path))
  for (const { files, fixer, rank, curedBy } of result.applied) {
    expect(fixer).not.toBe('')
    // What another fix cured may have been for a person to decide, and has no edit of its own.
    if (curedBy === undefined) {
      expect(rank).not.toBe('S')
      expect(files.length).toBeGreaterThan(0)
    }
    for (const file of files) expect(changed).toContain(file)
  }
  for (const { rank } of result.held) expect(rank).not.toBe('S')
  const byEdit = result.applied.filter(({ curedBy }) => curedBy === undefined)
  const proven = result.verification.filter((one) => Object.values(one).every((value) => value !== false))
  const verified = new Set(proven.map(({ fingerprint }) => fingerprint))
  for (const { fingerprint } of byEdit) expect(verified).toContain(fingerprint)
}

/** What secrets-management trades a leaked credential for, as its page says. */
const TRADED: ReadonlySet<string> = new Set(['k8s-secrets-as-files', 'secretsmanager-rotation'])

/** Nothing new is found but what is traded in, and nothing that was audited has vanished. */
function expectNothingNew(before: AuditJson, after: AuditJson): void {
  const key = ({ ruleId, resource }: AuditJson['findings'][number]): string =>
    `${ruleId} ${resource.root} ${resource.address}`
  const known = new Set(before.findings.map(key))
  const added = after.findings.filter((finding) => !known.has(key(finding)))
  expect(added.filter(({ ruleId }) => !TRADED.has(ruleId)).map(key)).toEqual([])
  expect(after.project.resources).toBeGreaterThanOrEqual(before.project.resources)
  expect(after.diagnostics).toEqual(before.diagnostics)
}

/** Every Terraform and YAML file is one for parsers that are not ours. */
async function expectReadable(project: string): Promise<void> {
  for (const path of readdirSync(project, { recursive: true, encoding: 'utf8' })) {
    if (path.startsWith('.secops')) continue
    const text = (): string => readFileSync(join(project, path), 'utf8').replace(/^\uFEFF/, '')
    if (path.endsWith('.tf')) await expect(parse(path, text()), path).resolves.toBeTypeOf('object')
    if (/\.ya?ml$/.test(path)) expect(() => loadAll(text()), path).not.toThrow()
  }
}

describe('securebank', () => {
  test('what is released is fixed, verified, accounted for and readable; a second run changes nothing; rollback is identical', async () => {
    const project = copySecurebank()
    const original = snapshot(project)
    const before = audit(project)

    const first = fix(project)
    expectAccounted(first, before)
    expect(first.applied.length).toBeGreaterThan(20)
    for (const { rank } of first.applied.filter(({ curedBy }) => curedBy === undefined))
      expect(['E', 'D']).toContain(rank)
    for (const { path, sha256After, created } of first.files) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(project, path)))
          .digest('hex'),
      ).toBe(sha256After)
      expect(created).toBe(original[path] === undefined)
    }
    const between = audit(project)
    expect(first.after).toEqual(between.summary)
    await expectReadable(project)

    const second = fix(project)
    expect(second.files).toEqual([])
    expect(second).toMatchObject({ runId: '', diff: '', applied: [] })
    expect(readdirSync(join(project, '.secops/runs'))).toEqual([first.runId])

    const approved = fix(project, '--approve', 'B')
    expectAccounted(approved, between)
    expect(approved.applied.map(({ rank }) => rank)).toContain('C')
    expect(approved.held.filter(({ needs }) => needs.length === 0)).toEqual([])
    expect(approved.refused.some(({ code }) => code === 'advice' || code === 'no-fix')).toBe(true)
    await expectReadable(project)
    expectNothingNew(before, audit(project))
    const after = snapshot(project)
    expect(fix(project, '--approve', 'B').files).toEqual([])
    expect(snapshot(project)).toEqual(after)

    expect(secops(['rollback', '--path', project]).status).toBe(0)
    expect(secops(['rollback', '--path', project]).status).toBe(0)
    expect(snapshot(project)).toEqual(original)
    expect(secops(['rollback', '--path', project]).status).toBe(2)
    expect(audit(project)).toEqual(before)
  })

  test('--dry-run shows what fix then does, and leaves no trace', () => {
    const project = makeProject(SMALL_PROJECT)
    const original = snapshot(project, [])
    const shown = fix(project, '--dry-run', '--approve', 'B')
    expect(snapshot(project, [])).toEqual(original)
    const done = fix(project, '--approve', 'B')
    expect({ ...shown, runId: done.runId, dryRun: done.dryRun }).toEqual(done)
  })

  test('run: audit, fix, validate and comply in one, and the report is kept', () => {
    const project = copySecurebank()
    const before = audit(project)
    const { audit: audited, fix: fixed, validate, comply } = RUN.parse(secopsJson(['run', project, ...AS_OF]))
    expect(audited).toEqual(before)
    expectAccounted(fixed, before)
    expect(validate.before).toEqual(before.summary)
    expect(fingerprintsOf([...validate.fixed, ...validate.remaining])).toEqual(
      fingerprintsOf(before.findings.filter(({ status }) => status === 'open')),
    )
    expect(validate.new).toEqual([])
    expect(comply.map(({ framework }) => framework)).toEqual(['pci-dss-4.0.1', 'pci-dss-3.2.1'])
    for (const { before: was, after: is } of validate.scores) expect(is.progress).toBeGreaterThanOrEqual(was.progress)
    expect(readdirSync(join(project, '.secops/reports'))).toEqual([`${fixed.runId}.html`])

    const again = VALIDATE.parse(secopsJson(['validate', project, ...AS_OF]))
    expect({ ...again, runId: '' }).toEqual({ ...validate, runId: '' })
  })
})

describe('--dry-run', () => {
  test('prints one unified diff that git applies, to the very bytes that fix writes', () => {
    const project = makeProject({ ...SMALL_PROJECT, 'k8s/good.yaml': nearlyGoodPod('two') }, { git: true })
    const original = snapshot(project, ['.git'])
    const { stdout, stderr } = secops(['fix', project, '--dry-run', ...AS_OF])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^--- a\//)
    expect(snapshot(project, ['.git'])).toEqual(original)

    const copy = makeProject(Object.fromEntries(Object.entries(SMALL_PROJECT)), { git: true })
    writeFileSync(join(copy, 'k8s/good.yaml'), nearlyGoodPod('two'))
    const applied = spawnSync('git', ['-C', copy, 'apply', '-'], {
      input: stdout,
      encoding: 'utf8',
      env: environment(),
    })
    expect(applied).toMatchObject({ status: 0, stderr: '' })
    secops(['fix', project, ...AS_OF])
    expect(snapshot(copy)).toEqual(snapshot(project))
  })

  test('a diff with created files, no final newline and CRLF is applied by git too', () => {
    const files = {
      'crlf.yaml': nearlyGoodPod('crlf').replaceAll('\n', '\r\n'),
      'open.yaml': nearlyGoodPod('open').trimEnd(),
      'sp ace.yaml': nearlyGoodPod('space'),
    }
    const [one, two] = [makeProject(files, { git: true }), makeProject(files, { git: true })]
    const { stdout } = secops(['fix', one, '--dry-run', ...AS_OF])
    expect(
      spawnSync('git', ['-C', two, 'apply', '-'], { input: stdout, encoding: 'utf8', env: environment() }),
    ).toMatchObject({ status: 0, stderr: '' })
    secops(['fix', one, ...AS_OF])
    expect(snapshot(two)).toEqual(snapshot(one))
  })

  test('with nothing to fix prints no diff and writes nothing', () => {
    const project = makeProject({ 'main.tf': 'resource "aws_iam_user" "people" {\n  name = "someone"\n}\n' })
    const { status, stdout } = secops(['fix', project, '--dry-run', '--fail-on', 'none', ...AS_OF])
    expect(status).toBe(0)
    expect(stdout).not.toContain('@@')
    expect(existsSync(join(project, '.secops'))).toBe(false)
  })

  test('of run writes nothing either', () => {
    const project = makeProject(SMALL_PROJECT)
    const original = snapshot(project, [])
    const { fix: planned, validate } = RUN.parse(secopsJson(['run', project, '--dry-run', ...AS_OF]))
    expect(planned.applied.length).toBeGreaterThan(0)
    expect(validate.fixed.length).toBeGreaterThan(0)
    expect(snapshot(project, [])).toEqual(original)
  })
})

describe('narrowing and approving', () => {
  const files = {
    'a.yaml': PRIVILEGED_POD,
    'b.yaml': PRIVILEGED_POD.replace('name: web, namespace', 'name: two, namespace'),
  }

  test('--rule by alias fixes that rule alone, the rest is out of scope', () => {
    const project = makeProject(files)
    const before = audit(project)
    const result = fix(project, '--rule', 'CKV_K8S_16')
    expectAccounted(result, before)
    expect([...new Set(result.applied.map(({ ruleId }) => ruleId))]).toEqual(['k8s-no-privileged'])
    expect(result.applied.length).toBe(2)
    expect(result.held).toEqual([])
    const codes = new Set(result.refused.map(({ code }) => code))
    expect(codes).toContain('out-of-scope')
    expect(new Set(result.files.map(({ path }) => path))).toEqual(new Set(['a.yaml', 'b.yaml']))
    const diffs = result.diff.split('\n').filter((line) => /^[-+] /.test(line))
    expect(diffs.every((line) => line.includes('privileged'))).toBe(true)
  })

  test('--fixer fixes its findings alone', () => {
    const project = makeProject(SMALL_PROJECT)
    const before = audit(project)
    const result = fix(project, '--fixer', 'deployment-security')
    expectAccounted(result, before)
    expect([...new Set(result.applied.map(({ fixer }) => fixer))]).toEqual(['deployment-security'])
    for (const { path } of result.files) expect(path).toMatch(/\.ya?ml$/)
  })

  test('--approve with a fingerprint or its first 8 digits releases that finding alone', () => {
    const project = makeProject(files)
    const { held } = fix(project, '--dry-run')
    const [target] = held.filter(({ ruleId }) => ruleId === 'k8s-read-only-root-filesystem')
    if (target === undefined) throw new Error('nothing was held')
    for (const given of [target.fingerprint, target.fingerprint.slice(0, 8)]) {
      const result = fix(project, '--dry-run', '--approve', given)
      const released = result.applied.filter(({ rank }) => rank === 'C').map(({ fingerprint }) => fingerprint)
      expect(released).toEqual([target.fingerprint])
      expect(fingerprintsOf(result.held)).toEqual(fingerprintsOf(held).filter((one) => one !== target.fingerprint))
    }
  })

  test('--approve C releases C, and B is more than C', () => {
    const project = makeProject(SMALL_PROJECT)
    const [none, c, b] = [[], ['--approve', 'C'], ['--approve', 'B']].map((args) => fix(project, '--dry-run', ...args))
    expect(new Set(none?.held.map(({ rank }) => rank))).toContain('C')
    expect(c?.held.filter(({ rank, needs }) => rank === 'C' && needs.length === 0)).toEqual([])
    expect(c?.applied.length).toBeGreaterThan(none?.applied.length ?? Infinity)
    expect(b?.applied.length).toBeGreaterThanOrEqual(c?.applied.length ?? Infinity)
    expect(c?.applied.filter(({ rank }) => rank === 'B')).toEqual([])
  })
})

describe('the tree', () => {
  test('fix judges the state after it', () => {
    const project = makeProject({ 'pod.yaml': nearlyGoodPod() })
    expect(secops(['audit', project, ...AS_OF]).status).toBe(1)
    expect(secops(['fix', project, '--dry-run', ...AS_OF]).status).toBe(0)
    expect(secops(['fix', project, ...AS_OF]).status).toBe(0)
    expect(secops(['audit', project, ...AS_OF]).status).toBe(0)
    expect(secops(['validate', project, ...AS_OF]).status).toBe(0)
  })

  test('modes survive a fix and a rollback', () => {
    const project = makeProject({ 'a.yaml': nearlyGoodPod('a'), 'b.yaml': nearlyGoodPod('b') })
    chmodSync(join(project, 'a.yaml'), 0o600)
    chmodSync(join(project, 'b.yaml'), 0o755)
    const original = snapshot(project)
    secops(['fix', project, ...AS_OF])
    expect(lstatSync(join(project, 'a.yaml')).mode & 0o777).toBe(0o600)
    expect(lstatSync(join(project, 'b.yaml')).mode & 0o777).toBe(0o755)
    expect(snapshot(project)).not.toEqual(original)
    secops(['rollback', '--path', project])
    expect(snapshot(project)).toEqual(original)
  })

  test('run without a terminal asks nothing', () => {
    const project = makeProject({ 'pod.yaml': nearlyGoodPod() })
    expect(secops(['run', project, ...AS_OF]).status).toBe(0)
    expect(readFileSync(join(project, 'pod.yaml'), 'utf8')).toContain('privileged: false # for the old')
  })

  test('run says that a git tree is dirty', () => {
    const project = makeProject({ 'pod.yaml': nearlyGoodPod() }, { git: true })
    writeFileSync(join(project, 'note.txt'), 'new\n')
    expect(secops(['run', project, ...AS_OF]).stderr).toMatch(/uncommitted/)
    const clean = makeProject({ 'pod.yaml': nearlyGoodPod() }, { git: true })
    expect(secops(['run', clean, ...AS_OF]).stderr).not.toMatch(/uncommitted/)
  })

  test('a file named twice, by a folder and a file path, has the same outcome', () => {
    const project = makeProject({
      'secops.yaml': 'version: 1\n',
      'a/pod.yaml': nearlyGoodPod('a'),
      'b/pod.yaml': nearlyGoodPod('b'),
    })
    const result = fix(join(project, 'a/pod.yaml'))
    expect(result.files.map(({ path }) => path)).toEqual(['a/pod.yaml'])
    expect(readFileSync(join(project, 'b/pod.yaml'), 'utf8')).toBe(nearlyGoodPod('b'))
  })

  test('backups, manifests and diffs are for the owner only', () => {
    const project = makeProject(SMALL_PROJECT)
    const { runId } = fix(project)
    const run = join(project, '.secops/runs', runId)
    for (const path of readdirSync(run, { recursive: true, encoding: 'utf8' })) {
      expect(statSync(join(run, path)).mode & 0o077, path).toBe(0)
    }
    expect(statSync(run).mode & 0o077).toBe(0)
    expect(readdirSync(run)).toEqual(expect.arrayContaining(['backup', 'manifest.json', 'diff.patch', 'run.log']))
  })
})

describe('rollback', () => {
  const files = { 'a.yaml': nearlyGoodPod('a'), 'b.yaml': nearlyGoodPod('b') }

  test("keeps a later edit that touches none of the run's", () => {
    const project = makeProject(files)
    secops(['fix', project, ...AS_OF])
    const path = join(project, 'a.yaml')
    writeFileSync(path, `# seen by hand\n${readFileSync(path, 'utf8')}`)
    const { status, stdout } = secops(['rollback', '--path', project])
    expect(status).toBe(0)
    expect(stdout).toContain('a.yaml')
    expect(readFileSync(path, 'utf8')).toBe(`# seen by hand\n${nearlyGoodPod('a')}`)
    expect(readFileSync(join(project, 'b.yaml'), 'utf8')).toBe(nearlyGoodPod('b'))
  })

  test('writes nothing and ends with 2 when a later edit overlaps, and names the file', () => {
    const project = makeProject(files)
    secops(['fix', project, ...AS_OF])
    const path = join(project, 'a.yaml')
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('privileged: false # for the old', 'privileged: null # for my old'),
    )
    const before = snapshot(project)
    const { status, stdout, stderr } = secops(['rollback', '--path', project])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^secops: [^\n]*a\.yaml[^\n]*\n$/)
    expect(snapshot(project)).toEqual(before)
  })

  test('undoes a named run, the last one by default, from inside a folder of the project too', () => {
    const project = makeProject({ ...files, 'secops.yaml': 'version: 1\n', 'sub/c.yaml': nearlyGoodPod('c') })
    const original = snapshot(project)
    const first = fix(project, '--rule', 'k8s-no-privileged')
    expect(secops(['rollback', first.runId], { cwd: join(project, 'sub') }).status).toBe(0)
    expect(snapshot(project)).toEqual(original)
    expect(secops(['rollback', first.runId, '--path', project]).status).toBe(2)
  })

  test('a run after a rollback is a run of its own', () => {
    const project = makeProject(files)
    const first = fix(project)
    secops(['rollback', '--path', project])
    const second = fix(project)
    expect(second.applied.length).toBe(first.applied.length)
    expect(second.runId).not.toBe(first.runId)
    expect(secops(['rollback', '--path', project]).status).toBe(0)
    expect(readFileSync(join(project, 'a.yaml'), 'utf8')).toBe(nearlyGoodPod('a'))
  })
})
