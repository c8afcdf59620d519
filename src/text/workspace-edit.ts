import { applyEdits, editsConflict, sameEdit, type TextEdit } from './edit.ts'

/** Edits over any number of files. Paths are relative to the project root, with `/`. */
export interface WorkspaceEdit {
  readonly changes: ReadonlyMap<string, readonly TextEdit[]>
  /** Whole texts of files that do not exist yet. */
  readonly creates: ReadonlyMap<string, string>
}

export const EMPTY_EDIT: WorkspaceEdit = { changes: new Map(), creates: new Map() }

export function fileEdit(path: string, edits: readonly TextEdit[]): WorkspaceEdit {
  return { changes: new Map([[path, edits]]), creates: new Map() }
}

export function createFile(path: string, text: string): WorkspaceEdit {
  return { changes: new Map(), creates: new Map([[path, text]]) }
}

export function isEmptyEdit(edit: WorkspaceEdit): boolean {
  return edit.creates.size === 0 && [...edit.changes.values()].every((edits) => edits.length === 0)
}

export function touchedPaths(edit: WorkspaceEdit): string[] {
  return [...new Set([...edit.changes.keys(), ...edit.creates.keys()])].sort()
}

/**
 * Both edits as one, identical parts once; undefined if they conflict. Several findings in one module body ask for
 * the very same edit, so identical edits count as agreement.
 */
export function mergeEdits(a: WorkspaceEdit, b: WorkspaceEdit): WorkspaceEdit | undefined {
  const creates = new Map(a.creates)
  for (const [path, text] of b.creates) {
    const there = creates.get(path)
    if (there !== undefined && there !== text) return undefined
    creates.set(path, text)
  }
  const changes = new Map(a.changes)
  for (const [path, edits] of b.changes) {
    const merged = [...(changes.get(path) ?? [])]
    for (const edit of edits) {
      if (merged.some((other) => sameEdit(other, edit))) continue
      if (merged.some((other) => editsConflict(other, edit))) return undefined
      merged.push(edit)
    }
    changes.set(path, merged)
  }
  return { changes, creates }
}

/**
 * The files after an edit; files that it does not touch are the same strings.
 * @throws RangeError if it edits a file that is not there or creates one that is.
 */
export function applyWorkspaceEdit(files: ReadonlyMap<string, string>, edit: WorkspaceEdit): Map<string, string> {
  const after = new Map(files)
  for (const [path, edits] of edit.changes) {
    const text = files.get(path)
    if (text === undefined) throw new RangeError(`no file ${path} to edit`)
    after.set(path, applyEdits(text, edits))
  }
  for (const [path, text] of edit.creates) {
    if (files.has(path)) throw new RangeError(`file ${path} exists already`)
    after.set(path, text)
  }
  return after
}
