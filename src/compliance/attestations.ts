import { createHash } from 'node:crypto'
import { readRecords, type RecordFile } from './records.ts'

/** A dated statement by a named person, with the document that backs it. */
export interface Attestation {
  /** Qualified: `pci-dss-3.2.1:11.3`. */
  readonly requirement: string
  readonly statement: string
  readonly owner: string
  /** ISO date of the statement. */
  readonly date: string
  /** ISO date of the last day on which it holds. */
  readonly expires: string
  readonly evidence: { readonly file: string; readonly sha256: string }
}

/** Looks up an evidence file by the path that an attestation gives; undefined if there is none. */
export type EvidenceFiles = (path: string) => string | Uint8Array | undefined

const FIELDS = ['requirement', 'statement', 'owner', 'date', 'expires', 'evidence']

/** Reads an attestation file. Never throws; a record with anything missing does not count. */
export function parseAttestations(file: string, text: string): RecordFile<Attestation> {
  return readRecords(file, text, 'attestation-invalid', (reader) => {
    reader.onlyKnows(FIELDS)
    const requirement = reader.text('requirement')
    if (requirement !== '' && !requirement.includes(':')) {
      reader.fail('requirement', `"${requirement}" needs its framework, such as pci-dss-4.0.1:${requirement}`)
    }
    const statement = reader.text('statement')
    const owner = reader.text('owner')
    const date = reader.date('date')
    const expires = reader.date('expires')
    const evidence = reader.record('evidence')
    evidence?.onlyKnows(['file', 'sha256'])
    const attestation: Attestation = {
      requirement,
      statement,
      owner,
      date,
      expires,
      evidence: { file: evidence?.text('file') ?? '', sha256: evidence?.text('sha256').toLowerCase() ?? '' },
    }
    if (evidence && !evidence.failed && !/^[0-9a-f]{64}$/.test(attestation.evidence.sha256)) {
      evidence.fail('sha256', '"sha256" must be 64 hexadecimal digits, as `sha256sum FILE` prints them')
    }
    if (!reader.failed && expires < date) reader.fail('expires', 'it expires before its own date')
    return reader.failed ? undefined : attestation
  })
}

/** Why an attestation does not count on a day; undefined if it does. */
export function whyAttestationFails(
  attestation: Attestation,
  asOf: string,
  evidence: EvidenceFiles,
): string | undefined {
  if (attestation.expires < asOf) return `it expired on ${attestation.expires}`
  if (attestation.date > asOf) return `it is dated ${attestation.date}, which is still to come`
  const content = evidence(attestation.evidence.file)
  if (content === undefined) return `its evidence ${attestation.evidence.file} is not there`
  if (createHash('sha256').update(content).digest('hex') !== attestation.evidence.sha256) {
    return `its evidence ${attestation.evidence.file} has changed since: the hash differs`
  }
  return undefined
}
