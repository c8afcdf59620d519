/** Files as inputs of policies. */
import type { Diagnostic } from '../../text/diagnostic.ts'
import { diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { Range } from '../../text/span.ts'
import type { Value } from '../../rego/value/value.ts'
import { type InputNode, list, locate, map, scalar } from './node.ts'
import { InputFaults } from './parsers/faults.ts'
import type { ParserChoice } from './parsers/index.ts'

export interface InputFile {
  /** As the user named it; `-` for standard input. */
  readonly path: string
  readonly lines: LineMap
  readonly root: InputNode
}

export type ReadInput =
  | { readonly file: InputFile; readonly diagnostics?: undefined }
  | { readonly file?: undefined; readonly diagnostics: readonly Diagnostic[] }

export function readInput(path: string, text: string, { parse }: Extract<ParserChoice, { kind: 'parser' }>): ReadInput {
  const lines = new LineMap(text)
  try {
    return { file: { path, lines, root: parse(text, path) } }
  } catch (error) {
    if (!(error instanceof InputFaults)) throw error
    const diagnostics = error.faults.map(({ span, code, message }) => diagnosticAt(path, lines, span, code, message))
    return { diagnostics }
  }
}

/** One value that policies are asked about. */
export interface PolicyInput {
  /** `Combined` for all files together. */
  readonly name: string
  readonly root: InputNode
  /** Where a path from `input` on stands. */
  place(path: readonly Value[]): InputPlace
}

export interface InputPlace {
  readonly file: string
  /** Undefined where the format's reader knows no places. */
  readonly range?: Range
}

/** A list at the top of a file is several inputs, be it of YAML documents or of a JSON array's items. */
export function inputsOf({ path, lines, root }: InputFile): readonly PolicyInput[] {
  return (root.kind === 'list' ? root.items : [root]).map((one) => ({
    name: path,
    root: one,
    place: (keys) => placeIn(path, lines, one, keys),
  }))
}

/** All files as one input: a list of `{path, contents}`, sorted by path. */
export function combined(files: readonly InputFile[]): PolicyInput {
  const parts = files
    .flatMap((file) => (file.root.kind === 'list' ? file.root.items : [file.root]).map((root) => ({ file, root })))
    .sort((a, b) => (a.file.path < b.file.path ? -1 : a.file.path > b.file.path ? 1 : 0))
  const items = parts.map(({ file, root }) =>
    map(
      new Map<string, InputNode>([
        ['path', scalar(file.path)],
        ['contents', root],
      ]),
    ),
  )
  return {
    name: 'Combined',
    root: list(items),
    place([index, , ...keys]) {
      const part = typeof index === 'number' ? parts[index] : undefined
      return part === undefined ? { file: 'Combined' } : placeIn(part.file.path, part.file.lines, part.root, keys)
    },
  }
}

function placeIn(file: string, lines: LineMap, root: InputNode, path: readonly Value[]): InputPlace {
  const span = locate(root, path)
  return span === undefined ? { file } : { file, range: lines.range(span) }
}
