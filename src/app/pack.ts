import { createHash } from 'node:crypto'
import { zipSync, type Zippable } from 'fflate'
import { DOCUMENTS, type DocumentInput } from '../report/documents/index.ts'
import { renderCsv } from '../report/csv.ts'
import { auditJson, complyJson } from '../report/json.ts'
import { oscalDocuments } from '../report/oscal/documents.ts'
import { renderSarif } from '../report/sarif.ts'
import { vexDocument } from '../report/vex.ts'
import { globMatcher } from './project/glob.ts'
import { readBytesInside } from './project/files.ts'
import { renderDocument } from './report.ts'
import { ruleInfo } from './rule-info.ts'
import type { Session } from './session.ts'

/** `manifest.json` of a pack: every other file with its hash. */
export interface PackManifest {
  readonly schemaVersion: '1.0'
  readonly tool: { readonly name: string; readonly version: string }
  readonly project: string
  readonly asOf: string
  readonly frameworks: readonly string[]
  readonly files: readonly PackedFile[]
  /** Statements that hold what looks like a secret, or are not there. */
  readonly leftOut: readonly string[]
}

interface PackedFile {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

export const MANIFEST = 'manifest.json'

export interface Pack {
  readonly bytes: Uint8Array
  /** Of `manifest.json`: written down elsewhere, it shows later that the pack is still the same. */
  readonly manifestSha256: string
  readonly files: number
  /** Evidence that holds what looks like a secret, or is not there, and was left out. */
  readonly leftOut: readonly string[]
}

/** Everything that an assessor takes along, in one archive. Same input, same bytes. */
export function buildPack(session: Session, input: DocumentInput): Pack {
  const files = new Map<string, Uint8Array>()
  const text = (path: string, content: string): void => {
    files.set(path, new TextEncoder().encode(session.mask.mask(content)))
  }
  const json = (path: string, content: object): void => text(path, `${JSON.stringify(content, undefined, 2)}\n`)
  const { audit, results, project, asOf } = input

  text('README.md', readme(input))
  text('findings/findings.json', auditJson(audit, { includePassed: true }))
  text('findings/findings.csv', renderCsv(audit))
  text(
    'findings/findings.sarif',
    renderSarif(audit, { uriPrefix: session.uriPrefix, rules: session.rules.map(ruleInfo) }).text,
  )
  for (const result of results) {
    text(`compliance/${result.framework}.json`, complyJson(result))
    for (const [name, document] of oscalDocuments({ result, audit, project }))
      json(`oscal/${result.framework}/${name}`, document)
  }
  const vex = vexDocument(audit, project, asOf)
  if (vex !== undefined) json('findings/vex.cdx.json', vex)
  for (const kind of DOCUMENTS.keys()) {
    text(`documents/${kind}.md`, renderDocument(session, input, kind, 'markdown'))
    text(`documents/${kind}.html`, renderDocument(session, input, kind, 'html'))
  }
  const leftOut = addStatements(session, files)

  const manifest: PackManifest = {
    schemaVersion: '1.0',
    tool: audit.tool,
    project,
    asOf,
    frameworks: results.map(({ framework }) => framework),
    files: [...files]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({ path, sha256: sha256(bytes), bytes: bytes.length })),
    leftOut,
  }
  json(MANIFEST, manifest)
  return {
    bytes: zipped(files),
    manifestSha256: sha256(files.get(MANIFEST) ?? new Uint8Array()),
    files: files.size,
    leftOut,
  }
}

/** Attestations and exceptions as they were written, and the evidence that the attestations name, byte for byte. */
function addStatements(session: Session, files: Map<string, Uint8Array>): string[] {
  const { project, attestations } = session
  const { config } = project
  const named = globMatcher([...config.attestations, ...config.exceptions])
  const leftOut: string[] = []
  const paths = new Set([
    ...[...project.files.files.keys()].filter((path) => named(path)),
    ...attestations.map(({ evidence }) => evidence.file),
  ])
  for (const path of [...paths].toSorted()) {
    const bytes = readBytesInside(project.root, path)
    const text = bytes === undefined ? '' : new TextDecoder().decode(bytes)
    if (bytes === undefined || session.mask.mask(text) !== text) leftOut.push(path)
    else files.set(`statements/${path}`, bytes)
  }
  return leftOut
}

/** Files in order, with one fixed time: an archive must not differ because an hour has passed. */
function zipped(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Zippable = {}
  for (const [path, bytes] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) entries[path] = bytes
  // The zip format knows local time only: built from local parts, the stored bytes are the same in every zone.
  return zipSync(entries, { level: 9, mtime: new Date(1980, 0, 1) })
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function readme({ project, asOf, audit, results }: DocumentInput): string {
  return `# Evidence pack: ${project}

As of ${asOf}, by ${audit.tool.name} ${audit.tool.version}. Frameworks: ${results.map(({ framework }) => framework).join(', ')}.

| folder | what |
|---|---|
| findings/ | every finding, passed and undecided check: JSON, CSV, SARIF; a CycloneDX VEX if CVEs were imported |
| compliance/ | requirement by requirement, with the evidence: rule, version, resource, file, line, SHA-256 of the file |
| oscal/ | OSCAL 1.1.3: catalogue of our ids, assessment plan, assessment results, component definition |
| documents/ | the same for people: Markdown and HTML |
| statements/ | attestations, exceptions and the evidence that they name, as they were written |
| manifest.json | the SHA-256 of every other file |

\`secops verify-pack PACK\` checks the archive, offline. It supports an assessor's judgement and does not replace it.
`
}
