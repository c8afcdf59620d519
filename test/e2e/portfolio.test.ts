import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AS_OF, makeProject, secops, secopsJson } from './harness.ts'
import { PRIVILEGED_POD, PUBLIC_BUCKET } from './samples.ts'

const FILE = `title: Acme
config: shared.yaml
projects:
  - {name: clinic, path: clinic, profile: healthcare}
  - {name: bank, path: bank, profile: finance}
  - {name: own, path: own, frameworks: [own.yaml]}
`
const OWN = `id: own-1
title: Own
version: '1'
requirements:
  - id: '1'
    subject: Nothing is public
    kind: A
    rules: [{rule: s3-no-public-acl, rationale: A public ACL is public.}]
`

function portfolio(file = FILE): string {
  return makeProject({
    'portfolio.yaml': file,
    'own.yaml': OWN,
    'shared.yaml': 'version: 1\nrules: {k8s-no-privileged: off}\n',
    'clinic/pod.yaml': PRIVILEGED_POD,
    'bank/main.tf': PUBLIC_BUCKET,
    'own/main.tf': PUBLIC_BUCKET,
    'own/secops.yaml': 'version: 1\nrules: {s3-no-public-acl: off}\n',
  })
}

const RESULT = z.object({
  projects: z.array(
    z.looseObject({
      name: z.string(),
      failure: z.string().optional(),
      results: z.array(
        z.looseObject({
          framework: z.string(),
          requirements: z.array(z.looseObject({ evidence: z.array(z.looseObject({ ruleId: z.string() })) })),
        }),
      ),
    }),
  ),
})

describe('a portfolio', () => {
  const folder = portfolio()
  const file = join(folder, 'portfolio.yaml')

  test('judges each project by its profile, worst first, under one configuration', () => {
    const { projects } = RESULT.parse(secopsJson(['comply', '--portfolio', file, ...AS_OF]))
    expect(projects.map(({ name, results }) => [name, results.map(({ framework }) => framework)])).toEqual([
      ['bank', ['pci-dss-4.0.1', 'soc2-2017']],
      ['clinic', ['hipaa-security-rule', 'nist-800-53-r5']],
      ['own', ['own-1']],
    ])
    const rulesOf = (name: string): string[] =>
      projects
        .filter((project) => project.name === name)
        .flatMap(({ results }) =>
          results.flatMap(({ requirements }) =>
            requirements.flatMap(({ evidence }) => evidence.map(({ ruleId }) => ruleId)),
          ),
        )
    // The shared file where a project has none of its own, and only there.
    expect(rulesOf('clinic')).not.toContain('k8s-no-privileged')
    expect(rulesOf('own')).not.toContain('s3-no-public-acl')
    expect(rulesOf('bank')).toContain('s3-no-public-acl')
  })

  test('as text, Markdown and one page; the exit code is that of the worst', () => {
    const text = secops(['comply', '--portfolio', file, ...AS_OF])
    expect(text.stdout).toMatch(/^Acme, as of 2026-11-21, worst first\nproject/)
    expect(text.status).toBe(1)
    expect(secops(['comply', '--portfolio', file, '--fail-on', 'none']).status).toBe(0)
    expect(secops(['comply', '--portfolio', file, '--format', 'markdown']).stdout).toMatch(/^# Acme\n/)
    expect(secops(['comply', '--portfolio', file, '--format', 'html']).stdout).toMatch(/^<!doctype html>/)
  })

  test('a project that is not there stops no other, and no path of this machine is told', () => {
    const broken = portfolio(FILE.replace('path: bank', 'path: gone'))
    const { status, stdout } = secops(['comply', '--portfolio', join(broken, 'portfolio.yaml'), '--format', 'json'])
    const { projects } = RESULT.parse(JSON.parse(stdout))
    expect(projects[0]?.failure).toContain('gone')
    expect(projects.map(({ results }) => results.length)).toEqual([0, 2, 1])
    expect(stdout).not.toContain(broken)
    expect(status).toBe(2)
  })

  test.each([
    ['profile: finance', 'profile: finanse', ':5:'],
    ['projects:', 'project:', 'not a field here'],
    ['name: bank', 'name: clinic', 'twice'],
    ['frameworks: [own.yaml]', 'frameworks: []', 'list of texts'],
  ])('%s as %s is usage, with its line', (from, to, told) => {
    const { status, stderr } = secops([
      'comply',
      '--portfolio',
      join(portfolio(FILE.replace(from, to)), 'portfolio.yaml'),
    ])
    expect(status).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(told)
  })
})
