import type { YamlFile } from '../parse/yaml/ast.ts'
import { manifestSecrets } from './secret-manifests.ts'

/**
 * Keeps secret values out of everything that is printed or written. Values are found in the project's own texts, by the
 * name they are assigned to or by a known token format, and by the rules that point at secrets; then every output replaces
 * each of them wherever it stands.
 */
export const MASK = '••••••'

/** What a name holds whose value is secret. */
const SECRET_WORD =
  '(?:passw(?:or)?d|passphrase|(?<![a-z])pass(?![a-z])|(?<![a-z])pwd(?![a-z])|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credential|auth[_-]?key|signing[_-]?key|encryption[_-]?key)'

/** `secretName` or `token_ttl` says something about a secret. */
const NOT_ITS_VALUE = String.raw`[\w.-]{0,80}(?:name|arn|path|file|ttl|type|version|policy)(?![\w.-])`

/** Bounded, and begun only where a name begins: the search stays linear on any text. */
const SECRET_NAME = String.raw`(?<![\w.-])[\w.-]{0,80}${SECRET_WORD}(?!${NOT_ITS_VALUE})[\w.-]{0,80}`

/** In quotes, which a broken file may leave open, or a bare word. */
const QUOTED = String.raw`"(?<double>(?:[^"\\\n]|\\[^\n])+)(?:"|(?=\n)|$)|'(?<single>[^'\n]+)(?:'|(?=\n)|$)`
const VALUE = String.raw`(?:${QUOTED}|(?<bare>[^\s"'#,;{}[\]()]+))`

const NAMED_VALUE = new RegExp(String.raw`${SECRET_NAME}["']?[^\S\n]*(?:=>|[:=])[^\S\n]*${VALUE}`, 'giu')

/** The value of a JSON member or an HCL string may stand on the next line; a bare word there is a key of its own. */
const NEXT_LINE_VALUE = new RegExp(
  String.raw`${SECRET_NAME}["']?[^\S\n]*[:=][^\S\n]*\n[^\S\n]*(?:${QUOTED}|(?<bare>[^\s"'#,;:{}[\]()-][^\s"'#,;:{}[\]()]*)[^\S\n]*(?=\n|$))(?![^\S\n]*:)`,
  'giu',
)

/** A block scalar or a heredoc: the lines that are indented deeper, or reach to the marker. */
const BLOCK_VALUE = new RegExp(
  String.raw`^(?<indent>[^\S\n]*)(?:- )?["']?${SECRET_NAME}["']?:[^\S\n]*[|>][-+\d]*[^\S\n]*\r?\n(?<block>(?:\k<indent>[^\S\n]+[^\n]*(?:\n|$)|[^\S\n]*\r?\n)+)`,
  'gimu',
)
const HEREDOC_VALUE = new RegExp(
  String.raw`${SECRET_NAME}[^\S\n]*=[^\S\n]*<<[-~]?(?<marker>\w+)\r?\n(?<block>(?:(?![^\n]*<<)[^\n]*\n){0,400}?)[^\S\n]*\k<marker>\b`,
  'gimu',
)

/** `name: DB_PASSWORD` with its `value:` on a following line or before it, as in a container's environment. */
const GAP = String.raw`[^\S\n]*,?(?:[^\S\n]*(?:#[^\n]*)?\n){0,3}[^\S\n]*`
const ENV_NAME = String.raw`["']?name["']?:[^\S\n]*["']?${SECRET_NAME}["']?`
const ENV_VALUE = new RegExp(String.raw`${ENV_NAME}${GAP}["']?value["']?:[^\S\n]*${VALUE}`, 'giu')
const VALUE_ENV = new RegExp(String.raw`["']?value["']?:[^\S\n]*${VALUE}${GAP}${ENV_NAME}`, 'giu')

/** Everything that a Kubernetes Secret holds, whatever its keys are called. */
const SECRET_KIND = /^kind:[^\S\n]*["']?Secret["']?[^\S\n]*\r?$/m
const SECRET_DATA = /^(?:data|stringData):[^\S\n]*\r?\n(?<block>(?:[^\S\n]+[^\n]*(?:\n|$)|[^\S\n]*\r?\n)+)/gm
const DATA_VALUE = new RegExp(String.raw`^[^\S\n]+["']?[\w.-]+["']?:[^\S\n]*${VALUE}`, 'gimu')

/** `variable "db_password" { default = ".." }`, and the same in JSON syntax. */
const VARIABLE_DEFAULT = new RegExp(
  String.raw`(?:variable[^\S\n]+")?${SECRET_NAME}"?[^\S\n]*:?[^\S\n]*\{[^{}]{0,2000}?(?<![\w.-])default"?[^\S\n]*[:=][^\S\n]*${VALUE}`,
  'giu',
)

/** Each with what a text must hold for it to match: searching for that is much faster. */
const TOKEN_FORMATS: readonly { readonly pattern: RegExp; readonly needles: readonly string[] }[] = [
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, needles: ['AKIA', 'ASIA'] },
  { pattern: /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9_]{8,}\b/g, needles: ['k_live_', 'k_test_'] },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g, needles: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'] },
  { pattern: /\bgithub_pat_\w{20,}\b/g, needles: ['github_pat_'] },
  { pattern: /\bglpat-[\w-]{16,}\b/g, needles: ['glpat-'] },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g, needles: ['xox'] },
  { pattern: /(?<=hooks\.slack\.com\/services\/)[\w/]{10,}/g, needles: ['hooks.slack.com/services/'] },
  { pattern: /\beyJ[\w-]{10,2000}\.[\w-]{10,4000}\.[\w-]{5,2000}\b/g, needles: ['eyJ'] },
  {
    pattern: /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]{0,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----/g,
    needles: ['PRIVATE KEY-----'],
  },
  { pattern: /(?<=:\/\/[^\s:/@"']{0,200}:)(?!\$\{)[^\s:/@"'{}]{1,400}(?=@)/g, needles: ['://'] },
]

/** Stands in every SECRET_WORD. */
const WORD = /pass|pwd|secret|token|key|credential/giu

/** References, types, booleans and file paths are what an assignment to `token` usually holds; none is a secret. */
const NOT_A_SECRET =
  /^(?:<<[-~]?\w+|\$\{.*|\{\{.*|<.*>|true|false|null|none|string|number|bool|any|yes|no|-?\d{1,3}|(?:var|local|data|module|each|self|aws|random|process|env|secrets|vars|github|inputs|steps|os)(?:_\w+)?\.[\w.[\]"'-]+.*|arn:aws.*|(?!\S*[A-Za-z\d]{20})(?:\.{0,2}\/)[\w./-]+|(?![A-Z]{20})[A-Z]+(?:_[A-Z\d]+)*|required|optional|sensitive|secretKeyRef|kubernetes\.io\/.*)$/

/** `secretsmanager:GetSecretValue` is the name of an action. */
const IAM_ACTION = /^secretsmanager:[A-Z][A-Za-z*]*$/

/** A secret value and the trimmed text of the line it stands on. */
export interface SecretValue {
  readonly value: string
  readonly line: string
}

/** What texts hold, by text. */
export type KnownSecrets = Map<string, readonly SecretValue[]>

/** Values in a text that look secret: at least four characters, not a reference. */
function secretValues(text: string, parse?: (text: string) => YamlFile): SecretValue[] {
  const found: SecretValue[] = []
  let line = { start: 0, end: 0, text: '' }
  const named = linesWithWord(text)
  // Each of the larger patterns begins in a line that names a secret: trying them on every text would take much longer.
  const hasNamed = (sign: RegExp): boolean => named.some((one) => sign.test(one.text))
  for (const { start, text: own } of named) {
    for (const match of own.matchAll(NAMED_VALUE)) addValue(match, start + match.index)
  }
  for (const { start, next, text: own } of named) {
    if (!/[:=][^\S\n]*$/.test(own)) continue
    for (const match of text.slice(start, next).matchAll(NEXT_LINE_VALUE)) addValue(match, start + match.index)
  }
  if (hasNamed(/name["']?:/i) && /value["']?:/i.test(text)) {
    for (const pattern of [ENV_VALUE, VALUE_ENV]) {
      for (const match of text.matchAll(pattern)) addValue(match, match.index)
    }
  }
  if (hasNamed(/[\w.-]"?[^\S\n]*:?[^\S\n]*\{/) && text.includes('default')) {
    for (const match of text.matchAll(VARIABLE_DEFAULT)) addValue(match, match.index)
  }
  if (hasNamed(/:[^\S\n]*[|>]/)) {
    for (const match of text.matchAll(BLOCK_VALUE)) addLines(match.groups?.['block'] ?? '')
  }
  if (hasNamed(/=[^\S\n]*<</)) {
    for (const match of text.matchAll(HEREDOC_VALUE)) addLines(match.groups?.['block'] ?? '')
  }
  let offset = 0
  for (const document of SECRET_KIND.test(text) ? text.split(/^(?=---)/m) : []) {
    for (const data of SECRET_KIND.test(document) ? document.matchAll(SECRET_DATA) : []) {
      const block = data.groups?.['block'] ?? ''
      const start = offset + data.index + data[0].length - block.length
      for (const match of block.matchAll(DATA_VALUE)) addValue(match, start + match.index)
    }
    offset += document.length
  }
  for (const { lines, start } of manifestSecrets(text, parse)) {
    if (lines.length > 1) addLines(lines.join('\n'))
    else addText(lines[0] ?? '', start)
  }
  for (const { pattern, needles } of TOKEN_FORMATS) {
    if (!needles.some((needle) => text.includes(needle))) continue
    for (const match of text.matchAll(pattern)) addLines(match[0])
  }
  return found

  function addValue({ 0: whole, groups }: RegExpExecArray, start: number): void {
    if (IAM_ACTION.test(whole)) return
    const value = groups?.['double'] ?? groups?.['single'] ?? groups?.['bare']
    if (value !== undefined) addText(value, start + whole.lastIndexOf(value))
  }

  function addText(value: string, at: number): void {
    if (value.length < 4 || NOT_A_SECRET.test(value)) return
    // Many values on one line share it: a hostile line of megabytes is copied once.
    if (at < line.start || at >= line.end) line = lineAt(text, at)
    found.push({ value, line: line.text })
  }

  /** A block is printed line by line, so each of its lines is a secret of its own. */
  function addLines(block: string): void {
    for (const value of block.split('\n').map((one) => one.trim())) {
      if (value.length >= 4 && !NOT_A_SECRET.test(value)) found.push({ value, line: value })
    }
  }
}

/** The lines in which a secret may be named, and where the line after each of them ends. */
function linesWithWord(text: string): { start: number; next: number; text: string }[] {
  const lines: { start: number; next: number; text: string }[] = []
  WORD.lastIndex = 0
  while (WORD.test(text)) {
    const start = text.lastIndexOf('\n', WORD.lastIndex - 1) + 1
    const end = lineEnd(text, start)
    lines.push({ start, next: lineEnd(text, end + 1), text: text.slice(start, end) })
    WORD.lastIndex = end
  }
  return lines
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

function lineAt(text: string, at: number): { start: number; end: number; text: string } {
  const start = text.lastIndexOf('\n', at) + 1
  const end = lineEnd(text, at)
  return { start, end, text: text.slice(start, end).trim() }
}

/**
 * Replaces secret values in what is printed. A value that cannot be mistaken for a word goes wherever it stands; one that
 * can (`postgres`) goes only on the lines that assign it, or every mention of an image of that name would go with it.
 */
export class SecretMask {
  /** Longest first: a value that holds another must not leave its tail behind. */
  readonly #anywhere: readonly string[]
  /** What is saved is printed too. */
  #last: { readonly text: string; readonly masked: string } | undefined
  readonly #byLine = new Map<string, Set<string>>()

  /** @param never words of the program's own, such as rule ids: a project must not be able to blot them out */
  constructor(values: Iterable<SecretValue>, never: ReadonlySet<string> = new Set()) {
    const anywhere = new Set<string>()
    for (const { value, line } of values) {
      if (never.has(value)) continue
      if (isUnmistakable(value)) for (const spelling of spellings(value)) anywhere.add(spelling)
      else this.#byLine.set(line, (this.#byLine.get(line) ?? new Set()).add(value))
    }
    this.#anywhere = [...anywhere].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  }

  /**
   * @param known what texts were found to hold before; afterwards, what the given texts do
   * @param parse gives the YAML of a text that was parsed before
   */
  static of(
    texts: Iterable<string>,
    never: ReadonlySet<string> = new Set(),
    { known, parse }: { readonly known?: KnownSecrets | undefined; readonly parse?: (text: string) => YamlFile } = {},
  ): SecretMask {
    const found = [...texts].map((text) => [text, known?.get(text) ?? secretValues(text, parse)] as const)
    known?.clear()
    for (const [text, values] of found) known?.set(text, values)
    return new SecretMask(
      found.flatMap(([, values]) => values),
      never,
    )
  }

  holds(text: string): boolean {
    return this.mask(text) !== text
  }

  mask(text: string): string {
    if (this.#last?.text !== text) this.#last = { text, masked: this.#replace(text) }
    return this.#last.masked
  }

  #replace(text: string): string {
    const there = this.#anywhere.filter((value) => text.includes(value))
    // Before `":` stands a key of JSON, never a value.
    const replaced =
      there.length === 0 ? text : text.replace(new RegExp(`(?:${there.map(escapeRegExp).join('|')})(?!":)`, 'g'), MASK)
    if (![...this.#byLine.keys()].some((line) => replaced.includes(line))) return replaced
    return replaced
      .split('\n')
      .map((line) => this.#maskLine(line))
      .join('\n')
  }

  #maskLine(line: string): string {
    const values = this.#byLine.get(line.trim()) ?? this.#byLine.get(line.slice(1).trim())
    return [...(values ?? [])].reduce((masked, value) => masked.replaceAll(value, MASK), line)
  }
}

/** Long enough, and not a plain word. */
function isUnmistakable(value: string): boolean {
  return value.length >= 8 && /[^a-z-]/.test(value) && /[0-9A-Z!@#$%^&*+/=_]/.test(value)
}

/** A value as it stands in a file, and as the JSON, HTML and Markdown reports write it. */
function spellings(value: string): string[] {
  const markup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    markup(value).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    markup(value.replace(/[\\`*_{}[\]#|~!]/g, '\\$&'))
      .replaceAll('@', '&#64;')
      .replaceAll('://', '&#58;//'),
  ]
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
