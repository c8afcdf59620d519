import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import type { Disk } from './files.ts'
import {
  type JsonObject,
  MalformedState,
  parseObject,
  readHash,
  readMode,
  readObjects,
  readOneOf,
  readString,
  readStrings,
  toJson,
} from './json.ts'
import { isProjectPath } from './target.ts'

/** What happens to one file; null stands for no file. */
export interface Step {
  /** The real file, relative to the root, with `/`. */
  readonly path: string
  /** The name beside it that holds the new content until the commit, where there is any. */
  readonly temp: string
  readonly sha256Before: string | null
  readonly sha256After: string | null
  readonly modeBefore: number | null
  readonly modeAfter: number | null
}

/**
 * `prepared`: no file is changed yet. `committing`: any number of files may be changed. `done`: all are changed.
 * `rolled-back`: every file is as it was before, except those that somebody changed in between; their backups are kept.
 */
const STATES = ['prepared', 'committing', 'done', 'rolled-back'] as const
const KINDS = ['apply', 'rollback'] as const

/** The plan and the progress of one transaction, replaced as a whole at each stage. */
export interface Journal {
  readonly kind: (typeof KINDS)[number]
  readonly state: (typeof STATES)[number]
  /** When the transaction was asked for, ISO 8601. */
  readonly at: string
  readonly steps: readonly Step[]
  /** Folders that the transaction creates, relative to the root, outermost first. */
  readonly folders: readonly string[]
}

const NAME = 'journal.json'

export async function writeJournal(disk: Disk, folder: string, journal: Journal): Promise<void> {
  await atomicWrite(join(folder, NAME), toJson({ schemaVersion: '1.0', ...journal }), { mode: 0o600 }, disk)
}

function readStep(object: JsonObject): Step {
  const path = readString(object, 'path')
  const temp = readString(object, 'temp')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  // Recovery deletes by these names, and a hostile repository may bring its own journal.
  const tempIsOurs = temp.startsWith(folder) && /^\.secops-[^/]+\.tmp$/.test(temp.slice(folder.length))
  if (!isProjectPath(path) || !tempIsOurs) throw new MalformedState('a step leads out of the project')
  return {
    path,
    temp,
    sha256Before: readHash(object, 'sha256Before'),
    sha256After: readHash(object, 'sha256After'),
    modeBefore: readMode(object, 'modeBefore'),
    modeAfter: readMode(object, 'modeAfter'),
  }
}

/** Undefined if there is none: the transaction did not come so far as to change anything. @throws MalformedState */
export async function readJournal(disk: Disk, folder: string): Promise<Journal | undefined> {
  const path = join(folder, NAME)
  if ((await disk.lstat(path))?.kind !== 'file') return undefined
  const object = parseObject(await disk.readFile(path))
  if (!object) throw new MalformedState('the journal is not JSON')
  const folders = readStrings(object, 'folders')
  if (!folders.every(isProjectPath)) throw new MalformedState('a folder leads out of the project')
  return {
    kind: readOneOf(object, 'kind', KINDS),
    state: readOneOf(object, 'state', STATES),
    at: readString(object, 'at'),
    steps: readObjects(object, 'steps').map(readStep),
    folders,
  }
}

/** From here on the transaction's folder is waste. */
export async function removeJournal(disk: Disk, folder: string): Promise<void> {
  await disk.unlink(join(folder, NAME))
  await disk.syncFolder(folder)
}
