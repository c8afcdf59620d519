/** `# METADATA` blocks: YAML in comments, each above a rule or the package. */
import { parseDocument } from 'yaml'
import type { Annotations, AnnotationScope, Comment } from '../ast.ts'
import { RegoError, type Source } from '../errors.ts'
import { fromJson, ObjectBuilder, type Value } from '../value/value.ts'

const SCOPES: readonly AnnotationScope[] = ['rule', 'document', 'package', 'subpackages']

/** In order of their places. Throws a `RegoError` for a block that is no YAML. */
export function readAnnotations(source: Source, comments: readonly Comment[]): readonly Annotations[] {
  const blocks: Annotations[] = []
  for (let index = 0; index < comments.length; index++) {
    const first = comments[index]
    if (first === undefined || first.text.trim() !== 'METADATA') continue
    const lines: Comment[] = []
    let line = source.lines.position(first.span.start).line
    for (let next = index + 1; next < comments.length; next++) {
      const comment = comments[next]
      if (comment === undefined) break
      const at = source.lines.position(comment.span.start).line
      // The rule itself may have a comment behind it.
      const isAlone = source.text.slice(source.lines.lineStart(at), comment.span.start).trim() === ''
      if (at !== line + 1 || !isAlone || comment.text.trim() === 'METADATA') break
      line = at
      lines.push(comment)
      index = next
    }
    blocks.push(readBlock(source, first, lines))
  }
  return blocks
}

function readBlock(source: Source, first: Comment, lines: readonly Comment[]): Annotations {
  const span = { start: first.span.start, end: lines.at(-1)?.span.end ?? first.span.end }
  const document = parseDocument(lines.map(({ text }) => text.replace(/^ /, '')).join('\n'), { version: '1.2' })
  const [problem] = document.errors
  if (problem !== undefined) {
    const reason = problem.message.split('\n')[0] ?? ''
    throw new RegoError('rego_parse_error', `yaml: ${reason}`, { source, span: first.span })
  }
  const raw: unknown = document.toJS()
  if (raw === null || raw === undefined) return missing(source, first)
  const fail = (message: string): never => {
    throw new RegoError('rego_parse_error', message, { source, span })
  }
  if (typeof raw !== 'object' || Array.isArray(raw)) return fail('expected METADATA block, found whitespace')
  const fields = new Map<string, unknown>(Object.entries(raw))
  const builder = new ObjectBuilder()
  const nextIsPackage = /^\s*(#[^\n]*\s*)*package\b/.test(source.text.slice(span.end))
  const scope =
    fields.get('scope') ?? (nextIsPackage ? 'package' : fields.get('entrypoint') === true ? 'document' : 'rule')
  const known = SCOPES.find((each) => each === scope)
  if (known === undefined) return fail(`invalid annotation scope '${String(scope)}'`)
  builder.set('scope', known)
  for (const name of ['title', 'description']) {
    const text = fields.get(name)
    if (typeof text === 'string' && text !== '') builder.set(name, text)
  }
  if (fields.get('entrypoint') === true) builder.set('entrypoint', true)
  for (const name of ['organizations', 'custom', 'labels']) {
    const value = fields.get(name)
    if (value !== undefined && value !== null) builder.set(name, fromJson(value))
  }
  const authors = fields.get('authors')
  if (Array.isArray(authors)) builder.set('authors', authors.map(readAuthor))
  const related = fields.get('related_resources')
  if (Array.isArray(related)) builder.set('related_resources', related.map(readRelated))
  const schemas = fields.get('schemas')
  if (Array.isArray(schemas)) builder.set('schemas', schemas.map(readSchema))
  return { scope: known, value: builder.build(), span }
}

function missing(source: Source, { span }: Comment): never {
  throw new RegoError('rego_parse_error', 'expected METADATA block, found whitespace', { source, span })
}

function readAuthor(raw: unknown): Value {
  const builder = new ObjectBuilder()
  if (typeof raw !== 'string') return fromJson(raw)
  const match = /^(.*?)\s*<([^<>]*)>\s*$/.exec(raw)
  const name = (match === null ? raw : (match[1] ?? '')).trim()
  if (name !== '') builder.set('name', name)
  if (match?.[2] !== undefined) builder.set('email', match[2])
  return builder.build()
}

function readRelated(raw: unknown): Value {
  return typeof raw === 'string' ? new ObjectBuilder().set('ref', raw).build() : fromJson(raw)
}

/** `input.x: schema.y` as `{path: ["input", "x"], schema: ["schema", "y"]}`; a definition as it is. */
function readSchema(raw: unknown): Value {
  if (raw === null || typeof raw !== 'object') return fromJson(raw)
  const [entry] = Object.entries(raw)
  if (entry === undefined) return fromJson(raw)
  const [path, schema] = entry
  const builder = new ObjectBuilder().set('path', path.split('.'))
  if (typeof schema === 'string') builder.set('schema', schema.split('.'))
  else builder.set('definition', fromJson(schema))
  return builder.build()
}
