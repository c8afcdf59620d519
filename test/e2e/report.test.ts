import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { CHECKOUT } from './bundle.ts'
import { AS_OF, copySecurebank, secops, temporaryFolder } from './harness.ts'

const KINDS = [
  'executive',
  'engineer',
  'gap-analysis',
  'checklist',
  'savepoint',
  'quick-start',
  'admission-analysis',
  'audit-readiness',
]

/** What SecureBank wrote into its code. */
const SECRETS = ['supersecret123', 'securebank-jwt-EXAMPLE', 'sk_test_EXAMPLE_not_a_key', 'twilio-EXAMPLE-0000']

const bank = copySecurebank()
const folder = temporaryFolder()

/** A scanner's report with one CVE, as SARIF. */
const CVE_REPORT = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'trivy', rules: [{ id: 'CVE-2026-12345', shortDescription: { text: 'left-pad' } }] } },
      results: [
        {
          ruleId: 'CVE-2026-12345',
          level: 'error',
          message: { text: 'left-pad 1.0.0 is affected.' },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: 'backend/package.json' }, region: { startLine: 1 } },
            },
          ],
        },
      ],
    },
  ],
})

describe('documents', () => {
  // One process for each would project the plan sixteen times: the pack holds all of them.
  const pack = join(folder, 'documents.zip')
  const made = secops(['report', bank, ...AS_OF, '--framework', 'pci-dss-3.2.1', '--pack', pack])
  const files = made.status === 0 ? unzipSync(readFileSync(pack)) : {}
  const textOf = (path: string): string => new TextDecoder().decode(files[path])

  test.each(KINDS)('%s as Markdown and as a page that needs nothing else', (kind) => {
    expect(made.stderr).toContain('SHA-256 of its manifest')
    const markdown = textOf(`documents/${kind}.md`)
    const html = textOf(`documents/${kind}.html`)
    expect(markdown).toMatch(/^# \w[\w ]+\n/)
    expect(markdown.length).toBeGreaterThan(500)
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).not.toMatch(/<script|<link|<img|src=|@import|url\(/i)
    // Every column has its header and every page one title.
    expect(html.match(/<h1>/g)).toHaveLength(1)
    for (const text of [markdown, html]) for (const secret of SECRETS) expect(text).not.toContain(secret)
  })

  test('one by name, the same bytes again, and a kind that is not there is usage', () => {
    const args = ['report', bank, ...AS_OF, '--framework', 'pci-dss-3.2.1', '--kind', 'audit-readiness']
    const first = secops(args)
    expect(first.status).toBe(0)
    expect(first.stdout).toBe(textOf('documents/audit-readiness.md'))
    expect(secops(['report', bank, '--kind', 'poem']).status).toBe(2)
    expect(secops(['report', bank, '--format', 'pdf']).stderr).toContain('--output')
  })
})

describe('the evidence pack', () => {
  const imported = join(folder, 'scan.sarif')
  writeFileSync(imported, CVE_REPORT)
  const args = ['report', bank, ...AS_OF, '--framework', 'pci-dss-3.2.1', '--import', imported, '--pack']
  const [one, two] = [join(folder, 'one.zip'), join(folder, 'two.zip')]
  const made = [secops([...args, one]), secops([...args, two], { env: { TZ: 'Pacific/Kiritimati' } })]
  const files = unzipSync(readFileSync(one))
  const changed = (change: (entries: Zippable) => void): string => {
    const entries: Zippable = { ...files }
    change(entries)
    const path = join(folder, 'changed.zip')
    writeFileSync(path, zipSync(entries))
    return path
  }

  test('is the same bytes in another time zone, and its check passes', () => {
    expect(made.map(({ status }) => status)).toEqual([0, 0])
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true)
    const { status, stdout } = secops(['verify-pack', one])
    expect(status).toBe(0)
    expect(stdout).toContain('all as the manifest states')
    const said = /manifest ([0-9a-f]{64})/.exec(made[0]?.stderr ?? '')?.[1]
    expect(said).toMatch(/^[0-9a-f]{64}$/)
    expect(stdout).toContain(said)
  })

  test('holds no secret, and the evidence of attestations byte for byte', () => {
    const text = Object.values(files)
      .map((bytes) => new TextDecoder().decode(bytes))
      .join('\n')
    for (const secret of SECRETS) expect(text).not.toContain(secret)
    const evidence = 'attestations/evidence/penetration-test-2026.md'
    expect(Buffer.from(files[`statements/${evidence}`] ?? []).equals(readFileSync(join(bank, evidence)))).toBe(true)
  })

  test('holds a VEX for the imported CVE that is valid CycloneDX 1.6', () => {
    const schema = (name: string): object => JSON.parse(readFileSync(join(CHECKOUT, 'test/schemas', name), 'utf8'))
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
    addFormats.default(ajv)
    ajv.addSchema(schema('spdx.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json')
    ajv.addSchema(schema('jsf-0.82.schema.json'), 'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json')
    const validate = ajv.compile(schema('bom-1.6.schema.json'))
    const vex: unknown = JSON.parse(new TextDecoder().decode(files['findings/vex.cdx.json']))
    validate(vex)
    expect(validate.errors ?? []).toEqual([])
    expect(JSON.stringify(vex)).toContain('"id":"CVE-2026-12345"')
    expect(JSON.stringify(vex)).toContain('"state":"in_triage"')
  })

  test.each<[string, (entries: Zippable) => void, string]>([
    [
      'a changed file',
      (entries) => (entries['findings/findings.csv'] = new Uint8Array([1])),
      'findings/findings.csv: changed',
    ],
    ['a missing file', (entries) => delete entries['README.md'], 'README.md: missing'],
    [
      'a file too many',
      (entries) => (entries['findings/more.json'] = new Uint8Array([1])),
      'findings/more.json: not in the manifest',
    ],
    ['a file that leads outside', (entries) => (entries['../../etc/passwd'] = new Uint8Array([1])), 'leads outside'],
    [
      'evidence that is not what was attested, hashes mended',
      (entries) => {
        const path = 'statements/attestations/evidence/penetration-test-2026.md'
        const text = new TextDecoder().decode(files['manifest.json'])
        const bytes = new TextEncoder().encode('nothing was tested\n')
        const digest = createHash('sha256').update(bytes).digest('hex')
        entries[path] = bytes
        entries['manifest.json'] = new TextEncoder().encode(
          text.replace(
            /("path": "statements\/attestations\/evidence\/penetration-test-2026.md",\s+"sha256": ")[0-9a-f]{64}(",\s+"bytes": )\d+/,
            `$1${digest}$2${bytes.length}`,
          ),
        )
      },
      'not what was attested',
    ],
  ])('%s is found', (_name, change, problem) => {
    const { status, stdout } = secops(['verify-pack', changed(change)])
    expect(stdout).toContain(problem)
    expect(status).toBe(1)
  })

  test('what is no pack is usage, in one line', () => {
    const path = join(folder, 'no.zip')
    writeFileSync(path, 'no zip')
    for (const given of [path, join(folder, 'absent.zip')]) {
      const { status, stderr } = secops(['verify-pack', given])
      expect(status).toBe(2)
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })
})
