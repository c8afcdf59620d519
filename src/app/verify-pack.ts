import { unzipSync } from 'fflate'
import { MANIFEST, type PackManifest, sha256 } from './pack.ts'
import { UsageError } from './project/root.ts'

/** What a check of a pack found. */
export interface PackVerdict {
  readonly valid: boolean
  readonly project: string
  readonly asOf: string
  readonly frameworks: readonly string[]
  readonly files: number
  readonly manifestSha256: string
  /** One line each, in order of the paths. */
  readonly problems: readonly string[]
}

/** More than any pack has: a hostile archive must not fill the memory. */
const MAX_BYTES = 512 * 1024 * 1024

/**
 * Checks an archive against its manifest: every file there with its hash and size, nothing else, attested evidence with
 * the hash that its attestation states.
 * @throws UsageError if it is no pack at all
 */
export function verifyPack(archive: Uint8Array): PackVerdict {
  const files = unpacked(archive)
  const bytes = files.get(MANIFEST)
  if (bytes === undefined) throw new UsageError(`no ${MANIFEST} in it: not an evidence pack`)
  const manifest = parseManifest(bytes)
  const problems: string[] = []
  const listed = new Set<string>()
  for (const file of manifest.files) {
    if (listed.has(file.path)) problems.push(`${file.path}: listed twice`)
    listed.add(file.path)
    const found = files.get(file.path)
    if (found === undefined) problems.push(`${file.path}: missing`)
    else if (sha256(found) !== file.sha256) problems.push(`${file.path}: changed, its SHA-256 differs`)
    else if (found.length !== file.bytes) problems.push(`${file.path}: its size differs`)
  }
  for (const path of files.keys()) {
    if (path !== MANIFEST && !listed.has(path)) problems.push(`${path}: not in the manifest`)
    if (path.startsWith('/') || path.split('/').includes('..') || path.includes('\\'))
      problems.push(`${path}: leads outside`)
  }
  problems.push(...evidenceProblems(manifest, files))
  return {
    valid: problems.length === 0,
    project: manifest.project,
    asOf: manifest.asOf,
    frameworks: manifest.frameworks,
    files: files.size,
    manifestSha256: sha256(bytes),
    problems: [...new Set(problems)].toSorted(),
  }
}

function unpacked(archive: Uint8Array): Map<string, Uint8Array> {
  let total = 0
  const seen = new Set<string>()
  try {
    const files = unzipSync(archive, {
      filter: ({ name, originalSize }) => {
        total += originalSize
        if (total > MAX_BYTES) throw new UsageError('the archive is larger than any evidence pack')
        if (seen.has(name)) throw new UsageError(`${name} is in the archive twice`)
        seen.add(name)
        return !name.endsWith('/')
      },
    })
    return new Map(Object.entries(files))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError('not a zip archive, or a damaged one')
  }
}

function parseManifest(bytes: Uint8Array): PackManifest {
  let data: unknown
  try {
    data = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new UsageError(`${MANIFEST} is not JSON`)
  }
  if (!isManifest(data)) throw new UsageError(`${MANIFEST} is not the manifest of an evidence pack`)
  return data
}

function isManifest(data: unknown): data is PackManifest {
  return (
    typeof data === 'object' &&
    data !== null &&
    'schemaVersion' in data &&
    data.schemaVersion === '1.0' &&
    'project' in data &&
    typeof data.project === 'string' &&
    'asOf' in data &&
    typeof data.asOf === 'string' &&
    'frameworks' in data &&
    Array.isArray(data.frameworks) &&
    data.frameworks.every((id) => typeof id === 'string') &&
    'files' in data &&
    Array.isArray(data.files) &&
    data.files.every(isPackedFile) &&
    'leftOut' in data &&
    Array.isArray(data.leftOut)
  )
}

function isPackedFile(file: unknown): boolean {
  return (
    typeof file === 'object' &&
    file !== null &&
    'path' in file &&
    typeof file.path === 'string' &&
    'sha256' in file &&
    typeof file.sha256 === 'string' &&
    'bytes' in file &&
    typeof file.bytes === 'number'
  )
}

/** Evidence of an attestation that counts must be in the pack with the hash that the attestation states. */
function evidenceProblems({ frameworks, leftOut }: PackManifest, files: ReadonlyMap<string, Uint8Array>): string[] {
  return frameworks.flatMap((framework) => {
    const path = `compliance/${framework}.json`
    const bytes = files.get(path)
    if (bytes === undefined) return [`${path}: missing`]
    const text = new TextDecoder().decode(bytes)
    const stated = [
      ...text.matchAll(/"evidence":\s*\{\s*"file":\s*("(?:[^"\\]|\\.)*"),\s*"sha256":\s*"([0-9a-f]{64})"/g),
    ]
    return stated.flatMap(([, name = '""', hash]) => {
      const file: unknown = JSON.parse(name)
      const evidence = files.get(`statements/${String(file)}`)
      if (evidence === undefined && leftOut.includes(String(file))) return []
      if (evidence === undefined) return [`statements/${String(file)}: attested, but not in the pack`]
      return sha256(evidence) === hash ? [] : [`statements/${String(file)}: not what was attested, its SHA-256 differs`]
    })
  })
}
