import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filesBelow, makeProject, secops, secopsJson, temporaryFolder } from './harness.ts'
import { PUBLIC_BUCKET, SMALL_PROJECT } from './samples.ts'
import { AUDIT } from './shapes.ts'

const COMMANDS = ['run', 'audit', 'fix', 'rollback', 'validate', 'comply', 'rules', 'init']

describe('help', () => {
  test('names every command, and each command shows examples of itself', () => {
    const { status, stdout } = secops(['--help'])
    expect(status).toBe(0)
    for (const command of COMMANDS) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
      const own = secops([command, '--help'])
      expect(own.status, command).toBe(0)
      expect(own.stderr).toBe('')
      expect(own.stdout).toContain('Examples:')
      expect(own.stdout).toContain(`$ secops ${command}`)
    }
  })

  test.each([
    ['a command', 'secops val', 'validate'],
    ['a subcommand', 'secops enforce ge', 'generate'],
    ["a subcommand's option", 'secops enforce generate --from', '--from-fixes'],
    ['the values of an option', 'secops enforce verify --engine r', 'rego'],
  ])('completion in bash: %s', (_what, line, want) => {
    const { stdout } = secops(['completion', 'bash'])
    const words = line.split(' ')
    const asked = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _secops; echo "\${COMPREPLY[@]}"`
    expect(execFileSync('bash', ['-c', `${stdout}\n${asked}`], { encoding: 'utf8' }).trim()).toBe(want)
  })

  test('no command at all shows the help', () => {
    expect(secops([]).stdout).toContain('Usage: secops')
  })

  test('--version is a version', () => {
    expect(secops(['--version'])).toMatchObject({ status: 0, stderr: '' })
    expect(secops(['--version']).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/)
  })
})

describe('wrong usage is one line on standard error and exit 2, and writes nothing', () => {
  const project = makeProject(SMALL_PROJECT)
  const cases: readonly (readonly [what: string, args: readonly string[], says: RegExp])[] = [
    ['an unknown command', ['audt', project], /audt.*did you mean audit/i],
    ['an unknown option', ['audit', project, '--frmat', 'json'], /--frmat.*did you mean --format/i],
    ['no path', ['audit'], /path/],
    ['a path that is not there', ['audit', join(project, 'nowhere')], /nowhere/],
    ['a second path', ['audit', project, project], /too many arguments/i],
    ['an unknown format', ['audit', project, '--format', 'xml'], /xml.*text, json, sarif, markdown, html/],
    ['a format that the command does not have', ['fix', project, '--format', 'sarif'], /sarif/],
    ['a format without value', ['audit', project, '--format'], /--format/],
    ['an unknown --fail-on', ['audit', project, '--fail-on', 'urgent'], /urgent.*critical, high, medium, low, none/],
    ['a bad --approve', ['fix', project, '--approve', 'A'], /--approve A/],
    ['S, which is never released', ['fix', project, '--approve', 'S'], /--approve S/],
    ['a prefix that is too short', ['fix', project, '--approve', 'abcdef1'], /abcdef1.*8/],
    ['a fingerprint of nothing', ['fix', project, '--approve', 'deadbeef'], /deadbeef/],
    ['a word for a date', ['audit', project, '--as-of', 'yesterday'], /yesterday/],
    ['a day that no month has', ['audit', project, '--as-of', '2026-02-31'], /2026-02-31/],
    [
      'an unknown rule',
      ['audit', project, '--rule', 's3-no-public-ac'],
      /s3-no-public-ac.*did you mean s3-no-public-acl/,
    ],
    ['an unknown rule to fix', ['fix', project, '--rule', 'k8s-no-privilged'], /did you mean k8s-no-privileged/],
    ['an unknown rule to explain', ['rules', 's3-no-public-ac'], /did you mean s3-no-public-acl/],
    ['an unknown fixer', ['fix', project, '--fixer', 'deployment-securty'], /did you mean deployment-security/],
    ['an unknown framework', ['comply', project, '--framework', 'pci-dss-4.0.2'], /did you mean pci-dss-4\.0\.1/],
    ['no framework', ['comply', project], /--framework/],
    ['a configuration that is not there', ['audit', project, '--config', 'no.yaml'], /no\.yaml/],
    ['a variable file that is not there', ['audit', project, '--var-file', 'no.tfvars'], /no\.tfvars/],
    ['an output that cannot be written', ['audit', project, '--output', '/nowhere/at/all'], /\/nowhere\/at\/all/],
    ['nothing to roll back', ['rollback', '--path', project], /no run/],
    [
      'a run that is not there',
      ['rollback', '20200101T000000Z-00000000', '--path', project],
      /20200101T000000Z-00000000/,
    ],
    ['nothing to validate', ['validate', project], /no run/],
    ['a folder of rules that is not there', ['audit', project, '--rules', 'no-rules'], /no-rules/],
    ['help for a command that is not there', ['help', 'ticket'], /no such command: help ticket/],
    ['a group without its subcommand', ['enforce'], /enforce needs a subcommand.*enforce --help/],
  ]

  test.each(cases)('%s', (_what, args, says) => {
    const { status, stdout, stderr } = secops(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^secops: [^\n]+\n$/)
    expect(stderr).toMatch(says)
    expect(stderr).not.toContain('    at ')
  })

  test.each(['ticket', 'serve', 'import', 'plan'])('%s belongs to a later issue', (command) => {
    const { status, stdout, stderr } = secops([command, project])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^secops: unknown command '\w+'[^\n]*\n$/)
  })
})

describe('exit codes of audit', () => {
  const project = makeProject(SMALL_PROJECT)
  const cases: readonly (readonly [args: readonly string[], status: number])[] = [
    [[], 1],
    [['--fail-on', 'critical'], 0],
    [['--fail-on', 'high'], 1],
    [['--fail-on', 'none'], 0],
    [['--rule', 'k8s-cpu-limits'], 0],
    [['--rule', 'k8s-cpu-limits', '--fail-on', 'medium'], 0],
    [['--rule', 'k8s-cpu-limits', '--fail-on', 'low'], 1],
  ]
  test.each(cases)('%j ends with %i', (args, status) => {
    expect(secops(['audit', project, ...args]).status).toBe(status)
  })

  test('a rule that crashes is named and ends with 3, which beats findings, and the other rules still speak', () => {
    const rules = makeProject({
      'crash.mjs': `export default {
        id: 'own-crash', title: 'Crashes', severity: 'high', confidence: 'high', severityReason: 'x', kind: 'terraform', remediation: 'x',
        controls: ['AC-3'], sameAs: [], resources: ['aws_s3_bucket'], messages: { one: 'one' },
        *check() { throw new Error('no way') },
      }`,
    })
    const { status, stdout } = secops(['audit', project, '--rules', rules, '--format', 'json', '--include-passed'])
    expect(status).toBe(3)
    const result = AUDIT.parse(JSON.parse(stdout))
    expect(result.errors).toEqual([
      expect.objectContaining({
        ruleId: 'own-crash',
        resource: expect.objectContaining({ address: 'aws_s3_bucket.logs' }),
      }),
    ])
    expect(result.findings.map(({ ruleId }) => ruleId)).toContain('s3-no-public-acl')
    expect(result.passed?.map(({ ruleId }) => ruleId)).not.toContain('own-crash')
    expect(secops(['audit', project, '--rules', rules]).stdout).toContain('own-crash')
  })

  test('--output writes the result and leaves standard output empty', () => {
    const file = join(temporaryFolder(), 'out.json')
    const { status, stdout } = secops(['audit', project, '--format', 'json', '--output', file])
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(existsSync(file)).toBe(true)
  })

  test('without a terminal nothing but results is printed, and no colour', () => {
    const { stdout, stderr } = secops(['audit', project])
    expect(stderr).toBe('')
    expect(stdout).not.toContain('\u001B')
  })
})

describe('rules and init', () => {
  test('rules lists every rule; one is explained by id and by alias', () => {
    const list = secops(['rules'])
    expect(list.status).toBe(0)
    expect(list.stdout).toContain('s3-no-public-acl')
    expect(list.stdout).toContain('k8s-no-privileged')
    const byId = secops(['rules', 's3-no-public-acl'])
    expect(byId.stdout).toContain('CKV_AWS_20')
    expect(secops(['rules', 'ckv_aws_20']).stdout).toBe(byId.stdout)
    expect(z.array(z.looseObject({ id: z.string() })).parse(secopsJson(['rules'])).length).toBeGreaterThan(25)
  })

  test('init writes a configuration that audit accepts, once, and CI files only when asked to', () => {
    const project = makeProject({ 'main.tf': PUBLIC_BUCKET })
    const first = secops(['init', '--path', project])
    expect(first.status).toBe(0)
    expect(filesBelow(project)).toEqual(['main.tf', 'secops.yaml'])
    expect(first.stdout).toContain('version: 1')
    expect(secops(['audit', project]).status).toBe(1)

    const again = secops(['init', '--path', project])
    expect(again.status).toBe(0)
    expect(again.stderr).toContain('secops.yaml exists')

    secops(['init', '--path', project, '--ci', '--hook'])
    expect(existsSync(join(project, '.github'))).toBe(false)
    secops(['init', '--path', project, '--ci', '--hook', '--yes'])
    expect(filesBelow(project).filter((path) => !path.startsWith('.secops'))).toEqual([
      '.githooks/pre-commit',
      '.github/workflows/secops.yml',
      'main.tf',
      'secops.yaml',
    ])
  })
})
