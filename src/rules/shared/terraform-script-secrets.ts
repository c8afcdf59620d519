import type { Attribute, Block, Expression, HclDocument, TemplateExpression } from '../../parse/hcl/ast.ts'
import { Place } from '../../resources/place.ts'
import { sourceSpans } from '../../resources/terraform/template-offsets.ts'
import type { Span } from '../../text/span.ts'
import { credentialKind } from './kubernetes-credentials.ts'

/** A credential inside a script: where it is, what it is called, and whether its name or its format gives it away. */
export interface ScriptSecret {
  readonly at: Place
  /** `AWS access key`, or the name of what it is assigned to. Never the value. */
  readonly name: string
  readonly kind: 'name' | 'url' | 'format'
}

/** `export DB_PASSWORD=x`, `"password": "x"`, `--password=x`. */
const ASSIGNMENT =
  /(?<name>[A-Za-z_][\w.-]*)["']?[ \t]*[=:][ \t]*(?:"(?<double>[^"\n]*)"|'(?<single>[^'\n]*)'|(?<bare>[^\s;&|,"')}]+))/g
const FORMATS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g],
  ['GitHub token', /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g],
  ['Stripe key', /\b[sr]k_live_[A-Za-z0-9]{10,}\b/g],
  ['Slack token', /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g],
  ['private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/g],
]
/** What stands for an interpolation, whose value is not written here. */
const HOLE = '${_}'

/** Credentials that are written in the script at a place, in the order of the text. */
export function secretsInScript(place: Place): readonly ScriptSecret[] {
  const { value } = place
  const origin = value?.origin
  const template = origin?.language === 'hcl' ? templateIn(origin.node) : undefined
  if (origin?.language === 'hcl' && template !== undefined) {
    const { text, spans } = spelled(origin.document, template)
    const found = findAll(text)
    if (found.length > 0)
      return found.map(({ start, end, ...found }) => ({
        ...found,
        at: inside(place, origin.document, template, spans, start, end),
      }))
  }
  // A file's content, the result of a function, Base64: known, but not spelled out here.
  const text = value?.kind === 'string' ? readable(value.value) : ''
  const [first] = findAll(text)
  return first === undefined ? [] : [{ name: first.name, kind: first.kind, at: place }]
}

interface Found {
  readonly name: string
  readonly kind: ScriptSecret['kind']
  readonly start: number
  readonly end: number
}

function findAll(text: string): readonly Found[] {
  const found: Found[] = []
  for (const [name, pattern] of FORMATS) {
    for (const match of text.matchAll(pattern))
      found.push({ name, kind: 'format', start: match.index, end: match.index + match[0].length })
  }
  for (const match of text.matchAll(ASSIGNMENT)) {
    const { name = '', double, single, bare } = match.groups ?? {}
    const value = double ?? single ?? bare ?? ''
    // A shell variable or the output of a command. In PowerShell a bare word after `$token =` is a command.
    if (/^[$\u0060]/.test(value) || value.includes('$')) continue
    if (bare !== undefined && text[match.index - 1] === '$') continue
    const kind = credentialKind(name.replace(/^-+/, ''), value)
    const end = match.index + match[0].length - (bare === undefined ? 1 : 0)
    const start = end - value.length
    if (kind !== undefined && !found.some((other) => start < other.end && other.start < end))
      found.push({ name, kind, start, end })
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/** The template itself, or the one that `base64encode` and the like are called with. */
function templateIn(expression: Expression | Attribute | Block): TemplateExpression | undefined {
  if (expression.kind === 'template') return expression
  if (expression.kind === 'parentheses') return templateIn(expression.inner)
  if (expression.kind !== 'call' || !/^(?:core::)?(?:base64encode|base64gzip|trimspace|chomp)$/.test(expression.name))
    return undefined
  const [argument] = expression.args
  return argument === undefined ? undefined : templateIn(argument)
}

/** The text of a template, and for every character of it the piece of source that spells it. */
function spelled(document: HclDocument, template: TemplateExpression): { text: string; spans: readonly Span[] } {
  let text = ''
  const spans: Span[] = []
  for (const part of template.parts) {
    const value = part.kind === 'text' ? part.value : HOLE
    const raw = document.text.slice(part.span.start, part.span.end)
    const own = part.kind === 'text' ? sourceSpans(value, raw, part.span.start, template.style) : undefined
    for (let i = 0; i < value.length; i++) spans.push(own?.[i] ?? part.span)
    text += value
  }
  return { text, spans }
}

function inside(
  place: Place,
  document: HclDocument,
  host: TemplateExpression,
  spans: readonly Span[],
  start: number,
  end: number,
): Place {
  const span = { start: spans[start]?.start ?? host.span.start, end: spans[end - 1]?.end ?? host.span.end }
  const origin = { language: 'embedded-json' as const, document, host, span }
  return new Place(place.resource, { kind: 'string', value: '', origin }, place.path, place.parent)
}

/** Base64 is what user data is given as; a text that is none is read as it is. */
function readable(text: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return text
  const decoded = Buffer.from(text, 'base64').toString('utf8')
  return decoded.includes('\uFFFD') ? text : decoded
}
