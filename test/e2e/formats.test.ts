import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { CHECKOUT } from './bundle.ts'
import { AS_OF, copySecurebank, initGit, makeProject, secops, secopsJson } from './harness.ts'
import { BROKEN_TF, PRIVILEGED_POD, PUBLIC_BUCKET, SMALL_PROJECT } from './samples.ts'
import { AUDIT, COMPLY } from './shapes.ts'

const SARIF = z.looseObject({
  runs: z.array(
    z.looseObject({
      columnKind: z.literal('utf16CodeUnits'),
      tool: z.looseObject({
        driver: z.looseObject({
          rules: z.array(
            z.looseObject({ id: z.string(), properties: z.looseObject({ 'security-severity': z.string() }) }),
          ),
        }),
      }),
      results: z.array(
        z.looseObject({
          ruleId: z.string(),
          kind: z.string().optional(),
          suppressions: z.array(z.unknown()).optional(),
          partialFingerprints: z.record(z.string(), z.string()).optional(),
          locations: z.array(
            z.looseObject({
              physicalLocation: z.looseObject({
                artifactLocation: z.looseObject({ uri: z.string() }),
                region: z.looseObject({ startLine: z.int() }),
              }),
            }),
          ),
          fixes: z
            .array(
              z.looseObject({
                artifactChanges: z.array(z.looseObject({ artifactLocation: z.looseObject({ uri: z.string() }) })),
              }),
            )
            .optional(),
        }),
      ),
    }),
  ),
})

describe('SARIF', () => {
  const text = readFileSync(join(CHECKOUT, 'test/schemas/sarif-schema-2.1.0.json'), 'utf8')
  // The schema is of draft 4, whose differences from later drafts it does not use, except for the name of `$id`.
  const { $schema: _, id, ...schema } = z.looseObject({ $schema: z.string(), id: z.string() }).parse(JSON.parse(text))
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile({ ...schema, $id: id })

  test.each([
    ['securebank', copySecurebank()],
    [
      'a project with broken files',
      makeProject({ ...SMALL_PROJECT, 'broken file #1.tf': BROKEN_TF, 'ü%20.tf': PUBLIC_BUCKET }),
    ],
    ['an empty folder', makeProject({})],
  ])('of %s is valid', (_what, project) => {
    for (const more of [[], ['--include-passed']]) {
      const data: unknown = secopsSarif(project, ...more)
      validate(data)
      expect(validate.errors).toBeNull()
    }
  })

  test('names files from the git top level, encoded as URIs', () => {
    const top = makeProject({
      'README.md': 'x\n',
      'teams/pay ments/secops.yaml': 'version: 1\n',
      'teams/pay ments/k8s/pod.yaml': PRIVILEGED_POD,
      'teams/pay ments/ü#1.tf': PUBLIC_BUCKET,
    })
    initGit(top)
    const [run] = SARIF.parse(secopsSarif(join(top, 'teams/pay ments'))).runs
    const uris = new Set(
      run?.results.flatMap(({ locations }) =>
        locations.map(({ physicalLocation }) => physicalLocation.artifactLocation.uri),
      ),
    )
    expect([...uris].sort()).toEqual(['teams/pay%20ments/%C3%BC%231.tf', 'teams/pay%20ments/k8s/pod.yaml'])
    const changes =
      run?.results.flatMap(({ fixes }) => fixes ?? []).flatMap(({ artifactChanges }) => artifactChanges) ?? []
    expect(changes.length).toBeGreaterThan(0)
    for (const { artifactLocation } of changes) expect(artifactLocation.uri).toMatch(/^teams\/pay%20ments\//)
  })

  test('holds one result for each open finding, with fingerprint, severity and no absolute path', () => {
    const project = copySecurebank()
    const audit = AUDIT.parse(secopsJson(['audit', project, ...AS_OF]))
    const sarif = SARIF.parse(secopsSarif(project))
    const [run] = sarif.runs
    const open = audit.findings.filter(({ status }) => status === 'open')
    const failed =
      run?.results.filter(({ kind = 'fail', suppressions = [] }) => kind === 'fail' && suppressions.length === 0) ?? []
    expect(failed.map(({ ruleId }) => ruleId).sort()).toEqual(open.map(({ ruleId }) => ruleId).sort())
    const prints = failed.flatMap(({ partialFingerprints = {} }) => Object.values(partialFingerprints))
    expect(new Set(prints)).toEqual(new Set(open.map(({ fingerprint }) => fingerprint)))
    for (const rule of run?.tool.driver.rules ?? [])
      expect(Number(rule.properties['security-severity'])).toBeGreaterThan(0)
    expect(JSON.stringify(sarif)).not.toContain(project)
  })

  function secopsSarif(project: string, ...more: readonly string[]): unknown {
    return JSON.parse(secops(['audit', project, '--format', 'sarif', ...AS_OF, ...more]).stdout)
  }
})

describe('HTML works offline and escapes what a repository calls things', () => {
  const HOSTILE = `apiVersion: v1
kind: Pod
metadata:
  name: "<img src=x onerror=alert(1)>"
  namespace: "</style><script>alert(1)</script>"
spec:
  containers:
    - name: "\\"><svg onload=alert(1)>"
      image: "javascript:alert(1)//<b>"
      securityContext: {privileged: true}
`
  const project = makeProject({ 'k8s/pod<b>.yaml': HOSTILE, 'secops.yaml': 'version: 1\n', 'x.tf': BROKEN_TF })

  test.each([
    ['audit', ['audit', project]],
    ['fix', ['fix', project, '--dry-run']],
    ['comply', ['comply', project, '--framework', 'pci-dss-4.0.1']],
    ['run', ['run', project, '--dry-run', '--approve', 'B']],
  ])('%s', (_what, args) => {
    const html = secops([...args, '--format', 'html', ...AS_OF]).stdout
    expect(html.slice(0, 15)).toMatch(/^<!doctype html>/i)
    expect(html.trimEnd().slice(-7)).toBe('</html>')
    expect(html.match(/content="default-src 'none'/g)).toHaveLength(1)
    // Matches, not the whole page, so that a failure can be read.
    expect(html.match(/<(?:script|img|iframe|object|embed|base|form|link)\b[^>]*>?/gi)).toBeNull()
    const attributes = [...html.matchAll(/<[a-z][^>]*>/gi)].flatMap(
      ([tag]) => tag.match(/\s(?:src|on\w+|srcset|action|href)\s*=\s*[^\s>]*/gi) ?? [],
    )
    expect(attributes.filter((one) => !/^\shref="(?:#|https:\/\/)/.test(one))).toEqual([])
    expect(html.match(/@import|url\(/gi)).toBeNull()
    expect(html.includes(project)).toBe(false)
  })

  test('text cannot move the cursor', () => {
    const name = 'k8s/\u001B[2Jpod.yaml'
    const sneaky = makeProject({
      [name]: PRIVILEGED_POD.replace('name: web, namespace', 'name: "\\e[31mweb\\u202e", namespace'),
    })
    for (const format of ['text', 'markdown', 'html']) {
      const { stdout } = secops(['audit', sneaky, '--all', '--format', format, ...AS_OF])
      expect(stdout, format).toContain('pod.yaml')
      expect(stdout, format).not.toMatch(/[\u001B\u202E]/)
    }
    expect(secops(['fix', sneaky, ...AS_OF]).stdout).not.toMatch(/[\u001B\u202E]/)
  })
})

describe('comply', () => {
  const project = copySecurebank()
  const results = new Map<string, z.output<typeof COMPLY>>()

  /** The projection plans every fixer, so each result is made once. */
  function comply(framework: string): z.output<typeof COMPLY> {
    const result =
      results.get(framework) ?? COMPLY.parse(secopsJson(['comply', project, '--framework', framework, ...AS_OF]))
    results.set(framework, result)
    return result
  }

  test.each(['pci-dss-3.2.1', 'pci-dss-4.0.1'])('%s as JSON has the shape of the contract', (framework) => {
    const result = comply(framework)
    expect(result.framework).toBe(framework)
    const ids = result.requirements.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id.startsWith(`${framework}:`)).toBe(true)
    if (framework === 'pci-dss-3.2.1') expect(ids.length).toBe(17)
    expect(JSON.stringify(result)).not.toContain(project)
    expect(result.projection.map(({ step }) => step)).toEqual(result.projection.map((_step, index) => index + 1))
    expect(result.projection.length).toBeGreaterThan(0)
    const scores = [result.scores, ...result.projection.map((step) => step.scores)].map(({ progress }) => progress)
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
  })

  test("shows the exposure by the project's own figures, with their source", () => {
    const { exposure } = comply('pci-dss-3.2.1')
    expect(JSON.stringify(exposure)).toContain('500000')
    expect(JSON.stringify(exposure)).toContain('SecOps Framework Phase 5-6 record')
    const text = secops(['comply', project, '--framework', 'pci-dss-3.2.1', ...AS_OF]).stdout
    expect(text).toMatch(/500,000|950,000/)
  })

  test('evidence is of the files as they are: its hashes are theirs, its lines exist', () => {
    const { requirements } = comply('pci-dss-4.0.1')
    const evidence = requirements.flatMap((requirement) => requirement.evidence)
    expect(evidence.length).toBeGreaterThan(20)
    for (const { file, line, sha256 } of evidence) {
      const bytes = readFileSync(join(project, file))
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
      expect(bytes.toString('utf8').split('\n').length).toBeGreaterThanOrEqual(line)
    }
  })

  test('an expired attestation or exception does not count, a later day than its expiry', () => {
    const now = comply('pci-dss-3.2.1')
    const later = COMPLY.parse(secopsJson(['comply', project, '--framework', 'pci-dss-3.2.1', '--as-of', '2036-01-01']))
    const attested = (result: z.output<typeof COMPLY>): number =>
      result.requirements.filter(({ status }) => status.toUpperCase() === 'ATTESTED').length
    expect(attested(now)).toBeGreaterThan(0)
    expect(attested(later)).toBe(0)
  })

  test('a passed state is never worse than a failed one: no findings, no FAIL', () => {
    const { requirements } = COMPLY.parse(
      secopsJson(['comply', makeProject({}), '--framework', 'pci-dss-4.0.1', ...AS_OF]),
    )
    expect(requirements.filter(({ status }) => /^(?:PASS|FAIL|PARTIAL)$/i.test(status))).toEqual([])
  })
})
