import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AS_OF, environment, makeProject, secops, snapshot } from './harness.ts'
import { FIX } from './shapes.ts'

const TRAIL = `resource "aws_cloudtrail" "t" {
  name                       = "t"
  s3_bucket_name             = "b"
  enable_log_file_validation = false
}
`
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: shop/web:1.0
      securityContext:
        allowPrivilegeEscalation: true
`
const TWO = { 'main.tf': TRAIL, 'k8s/web.yaml': POD }

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', env: environment() })
}

/** As on a user's machine: git knows who commits. */
function withIdentity(root: string): string {
  git(root, 'config', 'user.name', 'Test')
  git(root, 'config', 'user.email', 'test@example.com')
  return root
}

function repository(files: Readonly<Record<string, string>> = TWO): string {
  return withIdentity(makeProject(files, { git: true }))
}

const commit = (root: string, ...args: readonly string[]) =>
  secops(['fix', root, '--commit', '--fail-on', 'none', ...AS_OF, ...args])

function expectRefused(root: string, words: string, ...args: readonly string[]): void {
  const before = [snapshot(root), git(root, 'log', '--oneline')]
  const { status, stdout, stderr } = commit(root, ...args)
  expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1])
  expect(stderr).toContain(words)
  expect([snapshot(root), git(root, 'log', '--oneline')]).toEqual(before)
}

describe('secops fix --commit', () => {
  test('one commit for each fixer, with its rules and requirements, and only what it changed', () => {
    const root = repository()
    const only = ['--fixer', 'cloudtrail', '--fixer', 'deployment-security']
    const { status, stdout } = commit(root, '--format', 'json', '--quiet', ...only)
    expect(status).toBe(0)
    const fix = FIX.parse(JSON.parse(stdout))
    const fixers = [...new Set(fix.applied.map(({ fixer }) => fixer))].sort()
    expect(fixers).toEqual(['cloudtrail', 'deployment-security'])
    const commits = git(root, 'log', '--reverse', '--format=%h').trim().split('\n').slice(1)
    expect(fix.commits?.map(({ fixer, commit }) => [fixer, commit])).toEqual(
      fixers.map((name, index) => [name, commits[index]]),
    )
    const first = commits[fixers.indexOf('cloudtrail')] ?? ''
    const subjects = git(root, 'log', '--reverse', '--format=%s').trim().split('\n').slice(1)
    expect(subjects.map((subject) => subject.split(' ')[1])).toEqual(fixers)
    expect(git(root, 'status', '--porcelain')).toBe('')
    expect(git(root, 'show', '--format=', '--name-only', first).trim()).toBe('main.tf')
    expect(git(root, 'show', '--format=', '--name-only', 'HEAD').trim()).toBe('k8s/web.yaml')
    const message = git(root, 'log', '-1', '--format=%B', first)
    expect(message).toMatch(/^- cloudtrail-log-file-validation: /m)
    expect(message).toMatch(/^Requirements:\n {2}\S/m)
    expect(fix.applied.length + fix.held.length + fix.refused.length).toBe(fix.before.total)
    // Each commit is a run of its own.
    const run = /secops rollback (\S+)/.exec(message)?.[1] ?? ''
    expect(secops(['rollback', run, '--path', root]).status).toBe(0)
    expect(readFileSync(join(root, 'main.tf'), 'utf8')).toBe(TRAIL)
  })

  test('a second time there is nothing to commit', () => {
    const root = repository()
    commit(root)
    const head = git(root, 'rev-parse', 'HEAD')
    expect(commit(root).status).toBe(0)
    expect(git(root, 'rev-parse', 'HEAD')).toBe(head)
  })

  test('in a folder below the top level, others are left alone', () => {
    const root = repository({ 'team/main.tf': TRAIL, 'team/secops.yaml': 'version: 1\n', 'other/main.tf': TRAIL })
    writeFileSync(join(root, 'other', 'note.txt'), 'mine\n')
    expect(commit(join(root, 'team'), '--fixer', 'cloudtrail').status).toBe(0)
    expect(git(root, 'show', '--format=', '--name-only', 'HEAD').trim()).toBe('team/main.tf')
    expect(git(root, 'status', '--porcelain').trim()).toBe('?? other/note.txt')
  })

  test.each([
    [
      'a change',
      (root: string) => writeFileSync(join(root, 'main.tf'), `${TRAIL}# mine\n`),
      'uncommitted changes (main.tf)',
    ],
    [
      'a staged change',
      (root: string) => {
        writeFileSync(join(root, 'main.tf'), `${TRAIL}# mine\n`)
        git(root, 'add', 'main.tf')
      },
      'uncommitted changes (main.tf)',
    ],
    [
      'an untracked file',
      (root: string) => writeFileSync(join(root, 'new.tf'), '# mine\n'),
      'uncommitted changes (new.tf)',
    ],
    [
      'a merge that goes on',
      (root: string) => writeFileSync(join(root, '.git', 'MERGE_HEAD'), git(root, 'rev-parse', 'HEAD')),
      'a merge is going on',
    ],
  ] as const)('refuses on %s', (_name, make, words) => {
    const root = repository()
    make(root)
    expectRefused(root, words)
  })

  test('refuses without a repository, and with --dry-run', () => {
    const { status, stderr } = commit(makeProject(TWO))
    expect([status, stderr]).toEqual([2, 'secops: --commit: this is no git repository\n'])
    expectRefused(repository(), 'exclude each other', '--dry-run')
  })

  describe('of a hostile repository nothing is run', () => {
    const trap = (root: string): string => {
      const script = join(root, '.git', 'trap.sh')
      writeFileSync(script, `#!/bin/sh\ntouch "${join(root, '.git', 'sprung')}"\ncat\n`)
      chmodSync(script, 0o755)
      return script
    }
    const sprung = (root: string): boolean => existsSync(join(root, '.git', 'sprung'))

    test('no hook, unless asked', () => {
      const root = repository()
      const script = trap(root)
      mkdirSync(join(root, '.git', 'hooks'), { recursive: true })
      for (const hook of ['pre-commit', 'prepare-commit-msg', 'commit-msg', 'post-commit', 'post-index-change']) {
        const path = join(root, '.git', 'hooks', hook)
        writeFileSync(path, readFileSync(script))
        chmodSync(path, 0o755)
      }
      expect(commit(root, '--fixer', 'cloudtrail').status).toBe(0)
      expect(sprung(root)).toBe(false)
      expect(commit(root, '--git-hooks').status).toBe(0)
      expect(sprung(root)).toBe(true)
    })

    test('no monitor', () => {
      const root = repository()
      git(root, 'config', 'core.fsmonitor', trap(root))
      expect(commit(root).status).toBe(0)
      expect(sprung(root)).toBe(false)
    })

    test('no filter and no signing program: refused', () => {
      for (const key of ['filter.x.clean', 'filter.x.process', 'gpg.program', 'gpg.ssh.program']) {
        const root = repository({ ...TWO, '.gitattributes': '*.tf filter=x\n' })
        git(root, 'config', key, trap(root))
        const { status, stderr } = commit(root)
        expect([key, status, sprung(root)]).toEqual([key, 2, false])
        expect(stderr).toContain('runs programs')
      }
    })
  })

  test('what a hook refuses is taken back', () => {
    const root = repository()
    const hook = join(root, '.git', 'hooks', 'pre-commit')
    mkdirSync(join(root, '.git', 'hooks'), { recursive: true })
    writeFileSync(hook, '#!/bin/sh\necho no >&2\nexit 1\n')
    chmodSync(hook, 0o755)
    expectRefused(root, 'the run was taken back', '--git-hooks')
    expect(git(root, 'status', '--porcelain')).toBe('')
  })

  test('a new file that git ignores is written and not committed', () => {
    const root = repository({ 'main.tf': TRAIL, '.gitignore': 'main.tf\n' })
    git(root, 'rm', '--quiet', '--cached', 'main.tf')
    git(root, 'commit', '--quiet', '-m', 'ignored')
    const { status, stderr } = secops(['fix', join(root, 'main.tf'), '--commit', '--fail-on', 'none', ...AS_OF])
    expect([status, stderr]).toEqual([0, expect.stringContaining('git ignores every file')])
    expect(readFileSync(join(root, 'main.tf'), 'utf8')).toContain('enable_log_file_validation = true')
  })
})

describe('secops fix --pr-body', () => {
  test('says what, why, how verified, what is left and how to go back; to a file or in place of the result', () => {
    const root = repository()
    const file = join(root, '.git', 'body.md')
    const { stdout } = commit(root, `--pr-body=${file}`)
    expect(stdout).toContain('Fixed')
    const body = readFileSync(file, 'utf8')
    for (const words of [
      '### What changes, and why',
      '#### cloudtrail: ',
      '`cloudtrail-log-file-validation`',
      'Requirements: ',
      '### How it was verified',
      '### Held for approval',
      '### Not fixed',
      '- [ ] ',
      '### Roll back',
      'secops rollback ',
    ]) {
      expect(body).toContain(words)
    }
    expect(body).toContain(git(root, 'rev-parse', '--short', 'HEAD').trim())
    const dry = secops(['fix', makeProject(TWO), '--dry-run', '--pr-body', ...AS_OF])
    expect(dry.stdout).toMatch(/^## Security fixes by secops\n/)
    expect(dry.stdout).toContain('would be fixed')
  })

  test('no secret gets into it', () => {
    const secret = 'hunter2-Sup3rS3cret'
    const root = makeProject({
      'main.tf': `${TRAIL}resource "aws_db_instance" "d" {\n  instance_class = "x"\n  password = "${secret}"\n}\n`,
    })
    const { stdout } = secops(['fix', root, '--dry-run', '--pr-body', ...AS_OF])
    expect(stdout).not.toContain(secret)
  })
})

describe('secops history', () => {
  test('lists runs with date, fixers and counts, the latest first; none changes nothing', () => {
    const root = makeProject(TWO)
    expect(secops(['history', '--path', root]).stdout).toBe('No run has changed anything here.\n')
    expect(existsSync(join(root, '.secops'))).toBe(false)
    secops(['fix', root, '--fixer', 'cloudtrail', ...AS_OF])
    secops(['fix', root, '--fixer', 'deployment-security', ...AS_OF])
    secops(['rollback', '--path', root, ...AS_OF])
    const { stdout, status } = secops(['history', '--path', root])
    expect(status).toBe(0)
    const [first = '', second = ''] = stdout.split('\n')
    expect(first).toMatch(
      /^2026\S+ +2026-11-21 00:00 +\d+ findings? +1 file +taken back 2026-11-21 +deployment-security \d+$/,
    )
    expect(second).toMatch(/cloudtrail \d+$/)
    const json: unknown = JSON.parse(secops(['history', '--path', root, '--format', 'json']).stdout)
    expect(json).toMatchObject({
      runs: [
        { rolledBack: '2026-11-21T00:00:00.000Z', files: 1 },
        { fixers: [{ name: 'cloudtrail' }], files: 1 },
      ],
    })
  })

  test('an earlier run is taken back while a later one stands; what overlaps names the run', () => {
    const root = makeProject({ 'main.tf': TRAIL })
    secops(['fix', root, '--fixer', 'cloudtrail', ...AS_OF])
    writeFileSync(join(root, 'more.tf'), TRAIL.replace('"t"', '"u"'))
    secops(['fix', root, '--fixer', 'cloudtrail', ...AS_OF])
    const runs = secops(['history', '--path', root])
      .stdout.trim()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    expect(secops(['rollback', runs[1] ?? '', '--path', root]).status).toBe(0)
    expect(readFileSync(join(root, 'main.tf'), 'utf8')).toBe(TRAIL)
    expect(readFileSync(join(root, 'more.tf'), 'utf8')).not.toContain('= false')
  })
})

describe('secops fix --interactive', () => {
  test('elsewhere than on a terminal it is refused in one line', () => {
    const root = makeProject(TWO)
    const { status, stdout, stderr } = secops(['fix', root, '--interactive', ...AS_OF], { input: 'y\n' })
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      'secops: --interactive needs a terminal; elsewhere release fixes with --approve\n',
    ])
    expect(existsSync(join(root, '.secops'))).toBe(false)
  })
})

describe('secops fix --terraform-fmt', () => {
  /** A stand-in on the path that takes every text with `true` in it for badly formatted. */
  function stub(): { path: string; ran: () => boolean } {
    const folder = makeProject({})
    const mark = join(folder, 'ran')
    writeFileSync(join(folder, 'terraform'), `#!/bin/sh\ntouch "${mark}"\nif grep -q 'true'; then exit 3; fi\nexit 0\n`)
    chmodSync(join(folder, 'terraform'), 0o755)
    return { path: `${folder}:${process.env['PATH'] ?? ''}`, ran: () => existsSync(mark) }
  }

  test('names what terraform would write otherwise; without the option nothing is run', () => {
    const { path, ran } = stub()
    const root = makeProject({ 'main.tf': TRAIL, 'secops.yaml': 'version: 1\n' })
    const env = { PATH: path }
    const args = ['fix', root, '--dry-run', '--fixer', 'cloudtrail', ...AS_OF]
    secops(args, { env })
    expect(ran()).toBe(false)
    expect(secops([...args, '--terraform-fmt'], { env }).stderr).toContain(
      'terraform fmt would write main.tf otherwise',
    )
    expect(ran()).toBe(true)
  })

  test('without terraform it says so, and writes nothing', () => {
    const root = makeProject({ 'main.tf': TRAIL })
    const before = snapshot(root)
    const { status, stderr } = secops(['fix', root, '--terraform-fmt', ...AS_OF], { env: { PATH: makeProject({}) } })
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
    expect(stderr).toContain('--terraform-fmt: terraform cannot be run')
    expect(snapshot(root)).toEqual(before)
  })
})
