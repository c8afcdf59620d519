/**
 * Keeps secret values out of everything that is printed or written. Values are found in the project's own texts, by the
 * name they are assigned to or by a known token format, and by the rules that point at secrets; then every output replaces
 * each of them wherever it stands.
 */
export const MASK = '••••••'

const NAMED_VALUE =
  /(?<name>[\w.-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key|credential|auth[_-]?key|signing[_-]?key|encryption[_-]?key)[\w.-]*)["']?\s*(?:=>|[:=])\s*(?:"(?<double>[^"\n]+)"|'(?<single>[^'\n]+)'|(?<bare>[^\s"'#,;{}[\]()]+))/giu

/** `name: DB_PASSWORD` with its `value:` on a following line (or before it), as in a container's environment. */
const ENV_VALUE =
  /name["']?:\s*["']?[\w.-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\w.-]*["']?\s*,?\s*(?:#[^\n]*)?\n?\s*["']?value["']?:\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"'#,{}[\]]+))/giu

const TOKEN_FORMATS: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9_]{8,}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/g,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}\b/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g,
  /(?<=:\/\/[^\s:/@"']+:)[^\s:/@"'${}]+(?=@)/g,
]

/** References, types, booleans and file paths are what an assignment to `token` usually holds; none is a secret. */
const NOT_A_SECRET =
  /^(?:\$\{.*|\{\{.*|<.*>|true|false|null|none|string|number|bool|any|yes|no|-?\d{1,3}|(?:var|local|data|module|each|self|aws|random|process|env|secrets|vars|github|inputs|steps|os)(?:_\w+)?\.[\w.[\]"'-]+.*|arn:aws.*|(?:\.{0,2}\/)[\w./-]+|[A-Z][A-Z0-9_]+|required|optional|sensitive|secretKeyRef|kubernetes\.io\/.*)$/

/** A secret value and the trimmed text of the line it stands on. */
export interface SecretValue {
  readonly value: string
  readonly line: string
}

/** Values in a text that look secret: at least four characters, not a reference. */
export function secretValues(text: string): SecretValue[] {
  const found: SecretValue[] = []
  for (const match of text.matchAll(NAMED_VALUE)) {
    add(match, match.groups?.['double'] ?? match.groups?.['single'] ?? match.groups?.['bare'])
  }
  for (const match of text.matchAll(ENV_VALUE)) add(match, match[1] ?? match[2] ?? match[3])
  for (const format of TOKEN_FORMATS) {
    for (const match of text.matchAll(format)) {
      // A key block is printed line by line, so each of its lines is a secret of its own.
      for (const line of match[0].split('\n')) found.push({ value: line.trim(), line: line.trim() })
    }
  }
  return found

  function add(match: RegExpExecArray, value: string | undefined): void {
    if (value === undefined || value.length < 4 || NOT_A_SECRET.test(value)) return
    const at = match.index + match[0].lastIndexOf(value)
    const start = text.lastIndexOf('\n', at) + 1
    const end = text.indexOf('\n', at)
    found.push({ value, line: text.slice(start, end < 0 ? text.length : end).trim() })
  }
}

/**
 * Replaces secret values in what is printed. A value that cannot be mistaken for a word goes wherever it stands; one that
 * can (`postgres`) goes only on the lines that assign it, or every mention of an image of that name would go with it.
 */
export class SecretMask {
  readonly #anywhere: RegExp | undefined
  readonly #byLine = new Map<string, string[]>()

  constructor(values: Iterable<SecretValue>) {
    const anywhere = new Set<string>()
    for (const { value, line } of values) {
      if (isUnmistakable(value)) anywhere.add(value)
      else this.#byLine.set(line, [...(this.#byLine.get(line) ?? []), value])
    }
    // Longest first: a value that holds another must not leave its tail behind.
    const ordered = [...anywhere].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    this.#anywhere = ordered.length === 0 ? undefined : new RegExp(ordered.map(escapeRegExp).join('|'), 'g')
  }

  static of(texts: Iterable<string>): SecretMask {
    const values: SecretValue[] = []
    for (const text of texts) values.push(...secretValues(text))
    return new SecretMask(values)
  }

  holds(text: string): boolean {
    return this.mask(text) !== text
  }

  mask(text: string): string {
    const replaced = this.#anywhere === undefined ? text : text.replace(this.#anywhere, MASK)
    if (this.#byLine.size === 0) return replaced
    return replaced
      .split('\n')
      .map((line) => this.#maskLine(line))
      .join('\n')
  }

  #maskLine(line: string): string {
    const values = this.#byLine.get(line.trim()) ?? this.#byLine.get(line.slice(1).trim())
    return (values ?? []).reduce((masked, value) => masked.replaceAll(value, MASK), line)
  }
}

/** Long enough, and not a plain word. */
function isUnmistakable(value: string): boolean {
  return value.length >= 8 && /[^a-z-]/.test(value) && /[0-9A-Z!@#$%^&*+/=_]/.test(value)
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
