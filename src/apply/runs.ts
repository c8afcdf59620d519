import { join } from 'node:path'
import { atomicWrite } from './atomic-write.ts'
import { ApplyError } from './errors.ts'
import { type Disk, nodeDisk } from './files.ts'
import {
  type JsonObject,
  MalformedState,
  parseObject,
  readBoolean,
  readCount,
  readHash,
  readMode,
  readObject,
  readObjects,
  readOneOf,
  readString,
  readStrings,
  toJson,
} from './json.ts'
import { runFolders, type StateReady } from './state.ts'
import { isProjectPath } from './target.ts'

/** One file of a run, in the path order of the manifest. */
export interface RunFile {
  /** As the run named it: relative to the root, with `/`. */
  readonly path: string
  /** The real file, where the path led through a link. */
  readonly link?: string
  /** Null where the run created the file. */
  readonly sha256Before: string | null
  /** Null where the run removed it. */
  readonly sha256After: string | null
  readonly modeBefore: number | null
  readonly modeAfter: number | null
  readonly created: boolean
  /** The file had other hard links; those keep the old content. */
  readonly hardLinked?: true
}

/** `manifest.json` of a run folder: what the run found and what it left. */
export interface RunManifest {
  readonly schemaVersion: '1.0'
  readonly id: string
  /** ISO 8601. */
  readonly createdAt: string
  /** Runs of a project in the order in which they happened: the clock may be fixed from outside. */
  readonly sequence: number
  readonly tool: { readonly name: string; readonly version: string }
  readonly status: 'prepared' | 'complete'
  readonly files: readonly RunFile[]
  /** Folders that the run created, outermost first. */
  readonly folders: readonly string[]
  /** When the run was undone, ISO 8601. */
  readonly rolledBack?: string
}

/** A run and where it lies. */
export interface StoredRun {
  readonly manifest: RunManifest
  /** Absolute: for calls on the disk, never for output. */
  readonly folder: string
}

const NAME = 'manifest.json'

export function manifestText(manifest: RunManifest): string {
  return toJson(manifest)
}

export async function writeManifest(run: StoredRun, disk: Disk): Promise<void> {
  await atomicWrite(join(run.folder, NAME), manifestText(run.manifest), { mode: 0o600 }, disk)
}

function readFile(object: JsonObject): RunFile {
  const path = readString(object, 'path')
  const link = 'link' in object ? readString(object, 'link') : undefined
  if (!isProjectPath(path) || (link !== undefined && !isProjectPath(link))) {
    throw new MalformedState('a path leads out of the project')
  }
  return {
    path,
    ...(link !== undefined && { link }),
    sha256Before: readHash(object, 'sha256Before'),
    sha256After: readHash(object, 'sha256After'),
    modeBefore: readMode(object, 'modeBefore'),
    modeAfter: readMode(object, 'modeAfter'),
    created: readBoolean(object, 'created'),
    ...(object['hardLinked'] === true && { hardLinked: true as const }),
  }
}

/** Undefined if the folder holds no manifest. @throws MalformedState if it holds something else by that name */
export async function readManifest(folder: string, disk: Disk = nodeDisk): Promise<RunManifest | undefined> {
  const path = join(folder, NAME)
  if ((await disk.lstat(path))?.kind !== 'file') return undefined
  const object = parseObject(await disk.readFile(path))
  if (!object) throw new MalformedState('the manifest is not JSON')
  const tool = readObject(object, 'tool')
  const folders = readStrings(object, 'folders')
  if (!folders.every(isProjectPath)) throw new MalformedState('a folder leads out of the project')
  return {
    schemaVersion: readOneOf(object, 'schemaVersion', ['1.0']),
    id: readString(object, 'id'),
    createdAt: readString(object, 'createdAt'),
    sequence: readCount(object, 'sequence'),
    tool: { name: readString(tool, 'name'), version: readString(tool, 'version') },
    status: readOneOf(object, 'status', ['prepared', 'complete']),
    files: readObjects(object, 'files').map(readFile),
    folders,
    ...('rolledBack' in object && { rolledBack: readString(object, 'rolledBack') }),
  }
}

/** The complete runs of a project, oldest first. Folders that are not ours are passed over. */
export async function listRuns(state: StateReady, disk: Disk = nodeDisk): Promise<StoredRun[]> {
  const runs: StoredRun[] = []
  for (const { id, folder } of await runFolders(state, disk)) {
    try {
      const manifest = await readManifest(folder, disk)
      if (manifest?.status === 'complete' && manifest.id === id) runs.push({ manifest, folder })
    } catch (error) {
      if (!(error instanceof MalformedState)) throw error
    }
  }
  return runs.sort((a, b) => a.manifest.sequence - b.manifest.sequence)
}

/**
 * The run that an id or its unique beginning names, or for `last` the latest that changed something and still stands.
 * @param runs oldest first
 * @throws ApplyError `no-such-run`
 */
export function chooseRun(runs: readonly StoredRun[], run: string): StoredRun {
  if (run === 'last') {
    const last = runs.findLast(({ manifest }) => manifest.rolledBack === undefined && manifest.files.length > 0)
    if (!last) throw new ApplyError('no-such-run', 'there is no run to go back to')
    return last
  }
  const exact = runs.filter(({ manifest }) => manifest.id === run)
  const found = exact.length > 0 ? exact : runs.filter(({ manifest }) => run !== '' && manifest.id.startsWith(run))
  const [only] = found
  if (!only) throw new ApplyError('no-such-run', `there is no run ${run} (list them with: secops history)`)
  if (found.length > 1) throw new ApplyError('no-such-run', `${run} fits ${found.length} runs; give more of the id`)
  return only
}

/** What a command may keep beside a run's manifest. */
export type RunFileName = 'run.log' | 'diff.patch' | 'result.json'

/** Saves a file into a run's folder, readable by its owner only: a diff may show a secret that was removed. */
export async function saveRunFile(
  run: Pick<StoredRun, 'folder'>,
  name: RunFileName,
  text: string,
  disk: Disk = nodeDisk,
): Promise<void> {
  await atomicWrite(join(run.folder, name), text, { mode: 0o600 }, disk)
}

/** Undefined if the run did not save it. */
export async function readRunFile(
  run: Pick<StoredRun, 'folder'>,
  name: RunFileName,
  disk: Disk = nodeDisk,
): Promise<string | undefined> {
  const path = join(run.folder, name)
  if ((await disk.lstat(path))?.kind !== 'file') return undefined
  return (await disk.readFile(path)).toString('utf8')
}
