import { describe, expect, test } from 'vitest'
import { DEFAULT_CONFIG, loadConfig } from './load.ts'

const load = (text: string, files: Readonly<Record<string, string>> = {}) =>
  loadConfig('secops.yaml', text, (path) => files[path])

const messages = (text: string, files?: Readonly<Record<string, string>>): string[] => {
  const loaded = load(text, files)
  return loaded.ok
    ? []
    : loaded.diagnostics.map(
        ({ range, message }) => `${range?.start.line ?? '-'}:${range?.start.column ?? '-'} ${message}`,
      )
}

describe('secops.yaml', () => {
  test('everything but the version is optional', () => {
    expect(load('version: 1\n')).toEqual({ ok: true, config: DEFAULT_CONFIG })
  })

  test('takes what the contract lists', () => {
    const loaded = load(`version: 1
values: {adminCidrs: [203.0.113.0/24], logBucket: logs, resources: {limits: {cpu: 500m, memory: 512Mi}}, later: {x: 1}}
rules: {s3-access-logging: off, CKV_K8S_40: {severity: low, params: {minimum: 1000}}}
suppressions: {allowInline: false}
exclude: sandbox/
frameworks: [pci-dss-3.2.1]
compliance:
  merchantLevel: 2
  months: 3
  exposure: [{requirement: 'pci-dss-3.2.1:4.1', perMonth: 500000, source: ours}]
  risk: [{name: Breach, before: 99, after: 1, source: ours}]
  notApplicable: [{requirement: 'pci-dss-3.2.1:6.6', reason: no web application}]
attestations: evidence/*.yaml
exceptions: [a/*.yaml, b/*.yaml]
`)
    expect(loaded).toMatchObject({
      ok: true,
      config: {
        exclude: ['sandbox/'],
        frameworks: ['pci-dss-3.2.1'],
        attestations: ['evidence/*.yaml'],
        allowInline: false,
      },
    })
  })

  test.each([
    ['no version', 'values: {}\n', /version/],
    ['an unknown key, with what was meant', 'version: 1\nvalue: {}\n', /^2:1 unknown key value; did you mean values\?/],
    [
      'an unknown key further in',
      'version: 1\ncompliance:\n  month: 3\n',
      /^3:3 unknown key month; did you mean months\?/,
    ],
    [
      'every action in values.iam',
      'version: 1\nvalues:\n  iam:\n    - {target: a.b, actions: ["s3:*"]}\n',
      /^4:31 values\.iam\.0\.actions\.0: expected an action/,
    ],
    [
      'no name of a variable in values.secrets.files',
      'version: 1\nvalues:\n  secrets:\n    files: [a, {program: b, variables: [DB PASSWORD]}]\n',
      /^4:41 values\.secrets\.files\.1\.variables\.0: expected the name of an environment variable/,
    ],
    ['a wrong type', 'version: 1\nvalues:\n  retentionDays: long\n', /^3:18 values\.retentionDays: /],
    ['a range of everything', 'version: 1\nvalues:\n  adminCidrs: [0.0.0.0/0]\n', /^3:16 .*restricts nothing/],
    [
      'a bare requirement number',
      "version: 1\ncompliance:\n  exposure: [{requirement: '4.1', perMonth: 1, source: x}]\n",
      /framework/,
    ],
    ['no mapping at all', '- 1\n', /expected/],
    ['broken YAML', 'version: 1\nvalues: {\n', /./],
    ['two documents of aliases', `version: 1\nvalues: &a [${'*a,'.repeat(3)}]\n`, /./],
  ])('says the line of %s', (_name, text, message) => {
    expect(messages(text)[0]).toMatch(message)
  })

  test('extends a file of the project, nearer settings winning', () => {
    const loaded = load('version: 1\nextends: base/team.yaml\nvalues: {runAsUser: 20000}\n', {
      'base/team.yaml': 'version: 1\nvalues: {runAsUser: 10001, logBucket: logs}\nframeworks: [pci-dss-3.2.1]\n',
    })
    expect(loaded).toMatchObject({
      ok: true,
      config: { values: { runAsUser: 20000, logBucket: 'logs' }, frameworks: ['pci-dss-3.2.1'] },
    })
  })

  test.each([
    ['outside the project', 'version: 1\nextends: ../team.yaml\n'],
    ['an absolute path', 'version: 1\nextends: /etc/passwd\n'],
    ['itself', 'version: 1\nextends: secops.yaml\n'],
  ])('refuses to extend %s', (_name, text) => {
    expect(messages(text, { 'secops.yaml': text })[0]).toMatch(/extends/)
  })

  test('an alias bomb is refused, not expanded', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x,x]',
      ...['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key, i) => `${key}: &${key} [${`*${'abcdefg'[i]},`.repeat(10)}]`),
    ].join('\n')
    const started = performance.now()
    expect(load(`version: 1\nvalues:\n${bomb.replace(/^/gm, '  ')}\n`).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
