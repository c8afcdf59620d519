import { type Dockerfile, DockerfileParser, type Instruction } from 'dockerfile-ast'
import { type Diagnostic, diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { Span } from '../../text/span.ts'
import type { DockerfileFile, DockerfileStage, DockerfileWord } from './ast.ts'
import { substitute } from './variables.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] }
type LspRange = ReturnType<Instruction['getRange']>

/** Reads a Dockerfile. Never throws: what the parser cannot read becomes a diagnostic, with the stages found so far. */
export function parseDockerfile(path: string, text: string): DockerfileFile {
  const lines = new LineMap(text)
  const stages: Mutable<DockerfileStage>[] = []
  const diagnostics: Diagnostic[] = []
  try {
    // The parser takes a byte order mark for a part of the first keyword.
    const bom = text.startsWith('\uFEFF') ? 1 : 0
    const file = DockerfileParser.parse(text.slice(bom))
    const bodyLines = bom === 0 ? lines : new LineMap(text.slice(bom))
    readStages(file, stages, (range) => ({
      start: bom + bodyLines.lineStart(range.start.line + 1) + range.start.character,
      end: bom + bodyLines.lineStart(range.end.line + 1) + range.end.character,
    }))
  } catch (error) {
    // dockerfile-ast throws on some here-documents (`<<-` with tabs), and a caller cannot tell which in advance.
    const reason = error instanceof Error ? error.message : String(error)
    const message = `this Dockerfile cannot be read completely (${reason}); its later instructions are ignored`
    diagnostics.push(diagnosticAt(path, lines, { start: 0, end: lines.lineEnd(1) }, 'dockerfile-unreadable', message))
  }
  if (diagnostics.length === 0 && stages.length === 0 && text.trim() !== '') {
    const message = 'no FROM instruction: this is not a Dockerfile that can be built'
    diagnostics.push(diagnosticAt(path, lines, { start: 0, end: lines.lineEnd(1) }, 'dockerfile-without-from', message))
  }
  return { language: 'dockerfile', path, text, lines, diagnostics, stages }
}

/** The others hold most of the words, which take most of the time to tell apart. */
const READ: ReadonlySet<string> = new Set(['FROM', 'USER', 'WORKDIR', 'EXPOSE', 'VOLUME', 'HEALTHCHECK'])

function readStages(file: Dockerfile, stages: Mutable<DockerfileStage>[], spanOf: (range: LspRange) => Span): void {
  const globals = new Map(
    file.getInitialARGs().map((arg) => [arg.getProperty()?.getName(), arg.getProperty()?.getValue()]),
  )
  for (const instruction of file.getInstructions()) {
    const keyword = instruction.getKeyword().toUpperCase()
    if (!READ.has(keyword)) continue
    const line = instruction.getRange().start.line
    const words = operands(instruction).map(({ raw, range }): DockerfileWord => {
      const lookup =
        keyword === 'FROM' ? (name: string) => globals.get(name) : (name: string) => file.resolveVariable(name, line)
      return { raw, value: substitute(raw, lookup), span: spanOf(range) }
    })
    const stage = stages.at(-1)
    if (keyword === 'FROM') {
      const started = startStage(words, stages)
      if (started !== undefined) stages.push(started)
    } else if (stage !== undefined) {
      readInstruction(stage, keyword, words, spanOf(instruction.getRange()))
    }
  }
}

function readInstruction(
  stage: Mutable<DockerfileStage>,
  keyword: string,
  words: readonly DockerfileWord[],
  span: Span,
): void {
  const [first] = words
  if (first === undefined) return
  if (keyword === 'USER') stage.users.push(first)
  else if (keyword === 'WORKDIR') stage.workdirs.push(first)
  else if (keyword === 'EXPOSE') stage.exposes.push(...words)
  else if (keyword === 'VOLUME') stage.volumes.push(...words.map(withoutJsonSyntax).filter((word) => word.raw !== ''))
  else if (keyword === 'HEALTHCHECK') stage.healthcheck = { none: first.raw.toUpperCase() === 'NONE', span }
}

/** `VOLUME ["/data", "/logs"]` splits at its spaces, so each word still carries brackets, quotes and commas. */
function withoutJsonSyntax(word: DockerfileWord): DockerfileWord {
  const strip = (text: string): string => text.replace(/^\[?\s*"?/, '').replace(/"?\s*,?\s*\]?$/, '')
  return { ...word, raw: strip(word.raw), value: word.value === undefined ? undefined : strip(word.value) }
}

function startStage(
  words: readonly DockerfileWord[],
  earlier: readonly DockerfileStage[],
): Mutable<DockerfileStage> | undefined {
  const rest = words.filter((word) => !word.raw.startsWith('--'))
  const [from, as, name] = rest
  if (from === undefined) return undefined
  const parent = earlier.findLastIndex((stage) => stage.name !== undefined && stage.name === from.value?.toLowerCase())
  return {
    name: as?.raw.toUpperCase() === 'AS' ? name?.raw.toLowerCase() : undefined,
    from,
    parent: parent === -1 ? undefined : parent,
    users: [],
    workdirs: [],
    volumes: [],
    exposes: [],
    healthcheck: undefined,
  }
}

function operands(instruction: Instruction): { raw: string; range: LspRange }[] {
  return instruction.getArguments().map((argument) => ({ raw: argument.getValue(), range: argument.getRange() }))
}
