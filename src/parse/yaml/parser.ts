import { Composer, type CST, Document, isNode, Parser, type YAMLError } from 'yaml'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { Span } from '../../text/span.ts'
import { linkNodes, type LinkedNodes } from './aliases.ts'
import { readApostrophes } from './apostrophes.ts'
import type { YamlDocument, YamlFile } from './ast.ts'
import { explainError } from './errors.ts'
import { lexemes } from './lexemes.ts'
import { MAX_NESTING, tooDeep } from './nesting.ts'
import { readSimple } from './simple.ts'

const OPTIONS = {
  merge: true,
  keepSourceTokens: true,
  prettyErrors: false,
  // Both are checked here instead: the library's check is quadratic, and its extra tags make dates and byte arrays.
  uniqueKeys: false,
  resolveKnownTags: false,
} as const

/** `{{ ... }}` that is no GitHub expression. */
const TEMPLATE_ACTION = /(?<!\$)\{\{/

interface Composed {
  readonly tree: Pick<Document, 'contents' | 'range'> & { readonly errors: readonly YAMLError[] }
  /** Set instead of reading the document when it nests too deep. */
  readonly tooDeep: Span | undefined
  /** Set if it is a template and was not composed for that. */
  readonly template?: boolean
}

/**
 * Reads a YAML 1.2 file (core schema, so `yes` is a string; merge keys work) or, by its extension, a JSON file. Never
 * throws: what cannot be read becomes diagnostics, and a broken document leaves the others valid.
 */
export function parseYaml(path: string, text: string): YamlFile {
  const simple = path.endsWith('.json') ? undefined : readSimple(text)
  if (simple === undefined) return parseWhole(path, text)
  let whole: YamlFile | undefined
  const composed = simple.map(({ contents, end }): Composed => {
    const isTemplate = contents === 'template'
    return {
      tree: { contents: isTemplate ? null : contents, range: [0, end, end], errors: [] },
      tooDeep: undefined,
      template: isTemplate,
    }
  })
  return readFile(path, text, composed, [], (index) => (whole ??= parseWhole(path, text)).documents[index])
}

/** Reads a file by the library, with the source tokens that edits need. */
export function parseWhole(path: string, text: string): YamlFile {
  const composed: Composed[] = []
  const problems: string[] = []
  // The library makes an error for each thing that a template has wrong: with a stack trace that takes most of the time.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    for (const document of compose(text, !path.endsWith('.json'))) composed.push(document)
  } catch (error) {
    // The library promises not to throw; a hostile file that makes it do so must not end the run.
    problems.push(`This file cannot be read as YAML (${messageOf(error)}).`)
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  return readFile(path, text, composed, problems)
}

function readFile(
  path: string,
  text: string,
  composed: readonly Composed[],
  problems: readonly string[],
  whole?: (index: number) => YamlDocument | undefined,
): YamlFile {
  const lines = new LineMap(text)
  const syntax = path.endsWith('.json') ? 'json' : 'yaml'
  const diagnostics: Diagnostic[] = []
  const report = (span: Span, code: string, message: string): void => {
    diagnostics.push(diagnosticAt(path, lines, clamp(span, text.length), code, message))
  }
  for (const problem of problems) report({ start: 0, end: 0 }, `${syntax}-unreadable`, problem)

  let template = false
  const documents: YamlDocument[] = []
  for (const [index, { tree, tooDeep: deep, template: given }] of composed.entries()) {
    const start = documents.at(-1)?.span.end ?? 0
    const end = index === composed.length - 1 ? text.length : Math.max(start, Math.min(endOf(tree), text.length))
    const linked: LinkedNodes = isNode(tree.contents) && deep === undefined ? linkNodes(tree.contents) : NOTHING_LINKED
    const error = tree.errors[0]
    const isTemplate =
      (given === true || error !== undefined || linked.hasMapAsKey) &&
      TEMPLATE_ACTION.test(text.slice(start, end)) &&
      deep === undefined
    if (isTemplate) {
      if (!template) reportTemplate(report, start + text.slice(start, end).search(TEMPLATE_ACTION))
      template = true
    } else if (deep !== undefined) {
      const message = `This nests more than ${MAX_NESTING} levels deep, so the document is not read. Nest it less.`
      report(deep, `${syntax}-too-deep`, message)
    } else if (error !== undefined) {
      reportError(report, error, syntax)
    } else {
      for (const problem of linked.problems) {
        const [from, to] = problem.node.range ?? [start, start]
        const code = syntax === 'json' ? problem.code.replace('yaml-', 'json-') : problem.code
        report({ start: from, end: to }, code, problem.message)
      }
    }
    const valid =
      !isTemplate && deep === undefined && error === undefined && !linked.problems.some((problem) => problem.fatal)
    documents.push({
      index,
      span: { start, end },
      tree,
      valid,
      aliases: linked.aliases,
      ...(whole !== undefined && { whole: () => whole(index) }),
    })
  }
  return { language: 'yaml', syntax, path, text, lines, diagnostics, documents, template }
}

const NOTHING_LINKED: LinkedNodes = { aliases: new Map(), problems: [], hasMapAsKey: false }

function* compose(text: string, isYaml: boolean): Generator<Composed> {
  const composer = new Composer(OPTIONS)
  // The composer hands out each document one step late, so what was too deep is remembered by its start.
  const deepAt = new Map<number, Span>()
  const finish = (tree: Document): Composed => {
    if (isYaml) readApostrophes(tree, text)
    return { tree, tooDeep: deepAt.get(tree.range?.[0] ?? 0) }
  }
  let any = false
  for (const token of tokens(text)) {
    for (const document of composer.next(token.type === 'document' ? shallow(token, deepAt) : token)) {
      any = true
      yield finish(document)
    }
  }
  // Without a document the errors of the stream (a lone `]`) would be lost; an empty file is no document though.
  for (const document of composer.end(true, text.length)) {
    if (any || document.errors.length > 0 || document.contents !== null) yield finish(document)
    any = true
  }
}

/**
 * The tokens of all documents. A line that begins with `---` always starts a document, but the library's lexer reads on
 * past it to find the end of an open quote, so each stretch has a lexer of its own.
 */
function* tokens(text: string): Generator<CST.Token> {
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = start
    do {
      const marker = text.indexOf('\n---', end)
      end = marker === -1 ? text.length : marker + 1
    } while (end < text.length && !/^---(?:\s|$)/.test(text.slice(end, end + 4)))
    const parser = new Parser()
    parser.offset = start
    for (const lexeme of lexemes(text.slice(start, end))) yield* parser.next(lexeme)
    yield* parser.end()
  }
}

/** The document, or the same one without its content if that nests too deep to compose. */
function shallow(token: CST.Document, deepAt: Map<number, Span>): CST.Document {
  const deep = tooDeep(token)
  if (deep === undefined) return token
  deepAt.set(token.offset, { start: deep.offset, end: deep.offset + 1 })
  return { type: 'document', offset: token.offset, start: token.start }
}

function reportTemplate(report: (span: Span, code: string, message: string) => void, at: number): void {
  const message =
    'This file is a template, not plain YAML, so it is not audited as it stands. ' +
    'With `--render`, Helm charts are rendered by helm (if it is installed) and the result is audited.'
  report({ start: at, end: at + 2 }, 'helm-template', message)
}

function reportError(
  report: (span: Span, code: string, message: string) => void,
  error: YAMLError,
  syntax: 'yaml' | 'json',
): void {
  const { code, message } = explainError(error, syntax)
  report({ start: error.pos[0], end: error.pos[1] }, code, message)
}

function endOf(tree: Composed['tree']): number {
  return tree.range?.[2] ?? 0
}

function clamp(span: Span, length: number): Span {
  const start = Math.max(0, Math.min(span.start, length))
  return { start, end: Math.max(start, Math.min(span.end, length)) }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
