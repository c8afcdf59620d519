import { type FSWatcher, watch } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../engine/finding.ts'
import { openSession, type Session, SessionMemory, type SessionOptions } from './session.ts'

/** What an edit did to the findings. */
export interface WatchUpdate {
  readonly session: Session
  readonly added: readonly Finding[]
  readonly gone: readonly Finding[]
  /** From the end of the edits to this answer. */
  readonly milliseconds: number
}

/** Editors write a file in several steps; the answer waits until they are quiet. */
const QUIET_MS = 15

/**
 * Audits again after each edit, until `signal` ends it. Documents whose text is unchanged are not parsed again, and root
 * modules that an edit does not touch are not evaluated again.
 * @param onUpdate is called once at the start, and after each change of the findings or of the diagnostics
 * @param onProblem is told when the project cannot be read at the moment, such as a secops.yaml in the middle of an edit
 */
export async function watchProject(
  options: SessionOptions,
  onUpdate: (update: WatchUpdate) => void,
  onProblem: (message: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const memory = new SessionMemory()
  let session = openSession({ ...options, memory })
  onUpdate({ session, added: [], gone: [], milliseconds: 0 })

  await new Promise<void>((done) => {
    let timer: NodeJS.Timeout | undefined
    const folders = new FolderWatch(session.project.root, () => {
      clearTimeout(timer)
      timer = setTimeout(refresh, QUIET_MS)
    })
    folders.watch(session)
    // What was edited during the first audit was not watched yet.
    timer = setTimeout(refresh, 0)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      folders.close()
      done()
    })

    function refresh(): void {
      const started = performance.now()
      let next: Session
      try {
        next = openSession({ ...options, memory })
      } catch (error) {
        onProblem(error instanceof Error ? error.message : String(error))
        return
      }
      folders.watch(next)
      const update = compare(session, next, started)
      session = next
      if (update !== undefined) onUpdate(update)
    }
  })
}

/**
 * Watches each folder that holds a file of the project. Folders, not files: editors replace a file by renaming another
 * over it, and a watch on the file would stay with the old one.
 */
class FolderWatch {
  readonly #root: string
  readonly #onChange: () => void
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(root: string, onChange: () => void) {
    this.#root = root
    this.#onChange = onChange
  }

  watch({ project }: Session): void {
    const { files, links } = project.files
    for (const folder of foldersOf([...files.keys(), ...(links?.keys() ?? [])])) {
      if (this.#watchers.has(folder)) continue
      try {
        const watcher = watch(join(this.#root, folder), (_event, name) => {
          if (name !== '.secops' && name !== '.git') this.#onChange()
        })
        // The folder went away: it is watched again when it comes back.
        watcher.on('error', () => this.#drop(folder))
        this.#watchers.set(folder, watcher)
      } catch {
        this.#drop(folder)
      }
    }
  }

  close(): void {
    for (const folder of this.#watchers.keys()) this.#drop(folder)
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.close()
    this.#watchers.delete(folder)
  }
}

/** Folders of the files and the folders above them, so that a new folder is seen too. */
function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set([''])
  for (const path of paths) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}

function compare(before: Session, after: Session, started: number): WatchUpdate | undefined {
  const had = new Set(open(before).map(({ fingerprint }) => fingerprint))
  const has = new Set(open(after).map(({ fingerprint }) => fingerprint))
  const added = open(after).filter(({ fingerprint }) => !had.has(fingerprint))
  const gone = open(before).filter(({ fingerprint }) => !has.has(fingerprint))
  const sameDiagnostics = JSON.stringify(before.result.diagnostics) === JSON.stringify(after.result.diagnostics)
  if (added.length === 0 && gone.length === 0 && sameDiagnostics) return undefined
  return { session: after, added, gone, milliseconds: performance.now() - started }
}

function open({ result }: Session): readonly Finding[] {
  return result.findings.filter(({ status }) => status === 'open')
}
