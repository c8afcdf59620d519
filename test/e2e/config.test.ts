import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AS_OF, makeProject, secops, secopsJson, writeFiles } from './harness.ts'
import { PRIVILEGED_POD, PUBLIC_BUCKET } from './samples.ts'
import { AUDIT, FIX } from './shapes.ts'

describe('a configuration that is wrong is one line with its place, exit 2, and nothing runs', () => {
  const bomb = `version: 1
a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]
g: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]
values: {x: [*g, *g, *g, *g, *g, *g, *g, *g, *g]}
`
  const cases: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    ['an unknown key', 'version: 1\nrulez: {}\n', /^secops: secops\.yaml:2:1: .*rulez.*did you mean rules/],
    [
      'an unknown key deeper',
      'version: 1\ncompliance:\n  merchantLvl: 1\n',
      /^secops: secops\.yaml:3:3: .*did you mean merchantLevel/,
    ],
    ['no version', 'values: {}\n', /^secops: secops\.yaml:1:1: .*version/],
    ['another version', 'version: 2\n', /^secops: secops\.yaml:1:10: .*expected 1/],
    ['a wrong type', 'version: 1\nexclude: {a: b}\n', /^secops: secops\.yaml:2:\d+: exclude/],
    ['a list for the whole', '- version: 1\n', /^secops: secops\.yaml:1:1: /],
    ['nothing at all', '', /^secops: secops\.yaml:1:1: /],
    [
      'a network of everybody',
      'version: 1\nvalues:\n  adminCidrs: [0.0.0.0/0]\n',
      /^secops: secops\.yaml:3:\d+: values\.adminCidrs/,
    ],
    ['root as user', 'version: 1\nvalues: {runAsUser: 0}\n', /^secops: secops\.yaml:2:\d+: values\.runAsUser/],
    ['an unknown rule', 'version: 1\nrules: {s3-no-public-ac: off}\n', /secops\.yaml.*did you mean s3-no-public-acl/],
    [
      'an unknown severity',
      'version: 1\nrules:\n  s3-no-public-acl: {severity: urgent}\n',
      /^secops: secops\.yaml:3:\d+: rules\.s3-no-public-acl/,
    ],
    [
      'an unknown framework',
      'version: 1\nframeworks: [pci-dss-4.0.2]\n',
      /pci-dss-4\.0\.2.*did you mean pci-dss-4\.0\.1/,
    ],
    ['broken YAML', 'version: 1\nvalues: [\n', /^secops: secops\.yaml:\d+:\d+: /],
    ['a key twice', 'version: 1\nversion: 1\n', /^secops: secops\.yaml:2:1: /],
    ['a bomb of aliases', bomb, /^secops: secops\.yaml/],
    ['a tag that would be code', 'version: 1\nvalues: !!js/function "function () {}"\n', /^secops: secops\.yaml/],
    ['an extends that leaves the project', 'version: 1\nextends: ../base.yaml\n', /extends: \.\.\/base\.yaml/],
    ['an extends by absolute path', 'version: 1\nextends: /etc/passwd\n', /extends: \/etc\/passwd/],
    [
      'an extends by address',
      'version: 1\nextends: https://example.com/base.yaml\n',
      /extends: https:\/\/example\.com\/base\.yaml/,
    ],
    ['an extends of itself', 'version: 1\nextends: secops.yaml\n', /extends/],
  ]

  test.each(cases)('%s', (_what, text, says) => {
    const outer = makeProject({ 'base.yaml': 'version: 1\n', 'p/secops.yaml': text, 'p/main.tf': PUBLIC_BUCKET })
    for (const command of ['audit', 'fix', 'run']) {
      const { status, stdout, stderr } = secops([command, join(outer, 'p'), ...AS_OF])
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toMatch(/^secops: [^\n]+\n$/)
      expect(stderr).toMatch(says)
      if (_what !== 'an unknown key') break
    }
    expect(existsSync(join(outer, 'p/.secops/runs'))).toBe(false)
  })
})

describe('a hostile configuration can do nothing but configure', () => {
  test('rules and values that name programs, modules or addresses run nothing', () => {
    const project = makeProject({
      'secops.yaml':
        'version: 1\nvalues: {logBucket: "$(touch pwned)", domainName: "`touch pwned`"}\nexclude: ["**/nothing"]\n',
      'rules/evil.mjs': "import { writeFileSync } from 'node:fs'\nwriteFileSync('pwned', '')\nexport default {}\n",
      'secops.config.js': "require('fs').writeFileSync('pwned', '')\n",
      '.secopsrc.js': "require('fs').writeFileSync('pwned', '')\n",
      'package.json': '{"secops": {"rules": "./rules"}, "type": "commonjs"}\n',
      'main.tf': `${PUBLIC_BUCKET}data "external" "x" {\n  program = ["touch", "pwned"]\n}\n`,
      'pod.yaml': PRIVILEGED_POD,
    })
    for (const args of [
      ['audit', '.'],
      ['fix', '.', '--approve', 'B'],
      ['run', '.'],
      ['validate', '.'],
      ['rollback'],
    ]) {
      expect(secops(args, { cwd: project }).status, args[0]).not.toBe(3)
    }
    expect(existsSync(join(project, 'pwned'))).toBe(false)
  })

  test('rules: in secops.yaml cannot load a folder', () => {
    const project = makeProject({
      'secops.yaml': 'version: 1\nrules: ./rules\n',
      'rules/evil.mjs': '',
      'main.tf': PUBLIC_BUCKET,
    })
    expect(secops(['audit', project])).toMatchObject({ status: 2, stdout: '' })
  })

  test('git in the project cannot be made to run programs', () => {
    const project = makeProject({ 'pod.yaml': PRIVILEGED_POD, 'hook.sh': '#!/bin/sh\ntouch pwned\n' }, { git: true })
    const hook = `!touch ${join(project, 'pwned')}`
    writeFiles(project, {
      '.git/config': `[core]\n\trepositoryformatversion = 0\n\tfsmonitor = "touch ${join(project, 'pwned')}; false"\n[alias]\n\tstatus = "${hook}"\n`,
    })
    secops(['run', project, ...AS_OF])
    expect(existsSync(join(project, 'pwned'))).toBe(false)
  })
})

describe('a configuration that is right', () => {
  const rule = ['--rule', 's3-no-public-acl']

  test('turns rules off and sets severities, by id and alias', () => {
    const off = makeProject({ 'secops.yaml': 'version: 1\nrules: {ckv_aws_20: off}\n', 'main.tf': PUBLIC_BUCKET })
    const ids = AUDIT.parse(secopsJson(['audit', off])).findings.map(({ ruleId }) => ruleId)
    expect(ids).not.toContain('s3-no-public-acl')
    expect(ids.length).toBeGreaterThan(0)
    const low = makeProject({
      'secops.yaml': 'version: 1\nrules: {AVD-AWS-0092: {severity: low}}\n',
      'main.tf': PUBLIC_BUCKET,
    })
    expect(AUDIT.parse(secopsJson(['audit', low, ...rule])).findings.map(({ severity }) => severity)).toEqual(['LOW'])
  })

  test('extends another file inside, whose settings the nearer one overrides', () => {
    const project = makeProject({
      'base.yaml': 'version: 1\nrules: {s3-no-public-acl: {severity: low}, s3-bucket-versioning: off}\n',
      'secops.yaml': 'version: 1\nextends: base.yaml\nrules: {s3-no-public-acl: {severity: critical}}\n',
      'main.tf': PUBLIC_BUCKET,
    })
    const { findings } = AUDIT.parse(secopsJson(['audit', project]))
    expect(findings.find(({ ruleId }) => ruleId === 's3-no-public-acl')?.severity).toBe('CRITICAL')
    expect(findings.map(({ ruleId }) => ruleId)).not.toContain('s3-bucket-versioning')
  })

  test("--config takes the place of the project's own", () => {
    const project = makeProject({
      'secops.yaml': 'version: 1\nrules: {s3-no-public-acl: off}\n',
      'other.yaml': 'version: 1\n',
      'main.tf': PUBLIC_BUCKET,
    })
    expect(AUDIT.parse(secopsJson(['audit', project])).findings.map(({ ruleId }) => ruleId)).not.toContain(
      's3-no-public-acl',
    )
    expect(secopsJson(['audit', project, ...rule, '--config', join(project, 'other.yaml')])).toMatchObject({
      summary: { total: 1 },
    })
  })

  test('values reach the fixers', () => {
    const project = makeProject({
      'secops.yaml': 'version: 1\nvalues: {runAsUser: 4242, resources: {limits: {cpu: 333m, memory: 444Mi}}}\n',
      'pod.yaml': PRIVILEGED_POD,
    })
    const { diff } = FIX.parse(secopsJson(['fix', project, '--dry-run', '--approve', 'C', ...AS_OF]))
    expect(diff).toContain('+        runAsUser: 4242')
    expect(diff).toMatch(/\+ +cpu: 333m/)
  })

  test('variable files are values, the last one wins', () => {
    const project = makeProject({
      'main.tf': 'variable "acl" {\n  default = "private"\n}\nresource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n',
      'a.tfvars': 'acl = "public-read"\n',
      'b.tfvars': 'acl = "private"\n',
    })
    const total = (...files: readonly string[]): unknown =>
      AUDIT.parse(
        secopsJson(['audit', project, ...rule, ...files.flatMap((file) => ['--var-file', join(project, file)])]),
      ).summary.total
    expect([total(), total('a.tfvars'), total('a.tfvars', 'b.tfvars'), total('b.tfvars', 'a.tfvars')]).toEqual([
      0, 1, 0, 1,
    ])
  })
})
