import type { Diagnostic } from '../text/diagnostic.ts'
import type { LineMap } from '../text/line-map.ts'

/** What every parsed file has. The text is the file's own, BOM and line ends included; spans index into it. */
export interface ParsedFile {
  /** Relative to the project root, with `/`. */
  readonly path: string
  readonly text: string
  readonly lines: LineMap
  readonly diagnostics: readonly Diagnostic[]
}
