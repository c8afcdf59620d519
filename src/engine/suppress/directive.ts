import type { Span } from '../../text/span.ts'

/** What somebody wrote to keep rules silent at a place. */
export interface Directive {
  /** Ids or aliases as written; `*` means every rule. */
  readonly rules: readonly string[]
  readonly reason: string | undefined
  readonly owner: string | undefined
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly until: string | undefined
  /** Who understands it: `secops`, `checkov`, `tfsec`, `trivy`, `kube-linter`. */
  readonly dialect: string
  /** Set if it is meant for us but cannot be read. */
  readonly fault?: string
}

/** A directive, where it stands and what it covers. */
export interface Suppression extends Directive {
  readonly file: string
  /** Of the comment or entry itself. */
  readonly at: Span
  readonly covers: SuppressionScope
}

export type SuppressionScope =
  /** Findings that lie in a stretch of the file. */
  | { readonly kind: 'span'; readonly span: Span }
  /** Findings of one resource, by its declaration. */
  | { readonly kind: 'declaration'; readonly span: Span }
  | { readonly kind: 'project' }
  /** A file, or a folder with `/` at its end, below the project root. */
  | { readonly kind: 'path'; readonly path: string }
  /** One address, as another scanner's baseline has it. */
  | { readonly kind: 'address'; readonly path: string; readonly address: string }

/** The directive that a comment holds, in any dialect that people already use; undefined for ordinary comments. */
export function parseComment(comment: string): Directive | undefined {
  const text = comment
    .replace(/^(?:#|\/\/|\/\*)+/, '')
    .replace(/\*\/\s*$/, '')
    .trim()
  return parseOwn(text) ?? parseCheckov(text) ?? parseColonList(text)
}

/** `secops:ignore RULE[,RULE] reason="..." until=YYYY-MM-DD owner=...` */
function parseOwn(text: string): Directive | undefined {
  const match = /^secops:ignore(?![\w-])\s*(.*)$/.exec(text)
  if (match === null) return undefined
  const rest = match[1] ?? ''
  const fields = new Map<string, string>()
  const words = rest.replace(/\b(reason|owner|until)=(?:"([^"]*)"|'([^']*)'|(\S+))/g, (_all, key: string, a, b, c) => {
    fields.set(key, String(a ?? b ?? c ?? ''))
    return ''
  })
  const rules = words.split(/[\s,]+/).filter((word) => word !== '')
  const until = fields.get('until')
  const fault =
    rules.length === 0
      ? 'it names no rule'
      : until !== undefined && !isDate(until)
        ? `until=${until} is not a date such as 2026-12-31`
        : undefined
  return {
    rules,
    reason: given(fields.get('reason')),
    owner: given(fields.get('owner')),
    until,
    dialect: 'secops',
    ...(fault !== undefined && { fault }),
  }
}

/** `checkov:skip=CKV_AWS_20,CKV_AWS_21:reason`; older files say `bridgecrew:skip`. */
function parseCheckov(text: string): Directive | undefined {
  const match = /^(?:checkov|bridgecrew):skip=([\w,\s-]+?)(?::(.*))?$/.exec(text)
  if (match === null) return undefined
  return foreign('checkov', (match[1] ?? '').split(','), match[2])
}

/** `tfsec:ignore:ID[ tfsec:ignore:ID][:exp:YYYY-MM-DD]` and the same for Trivy. */
function parseColonList(text: string): Directive | undefined {
  const dialect = /^(tfsec|trivy):ignore:/.exec(text)?.[1]
  if (dialect === undefined) return undefined
  const until = /:exp:(\d{4}-\d{2}-\d{2})/.exec(text)?.[1]
  const rules = [...text.matchAll(/(?:tfsec|trivy):ignore:([\w*-]+)/g)].map((match) => match[1] ?? '')
  return { ...foreign(dialect, rules, undefined), until }
}

export function foreign(dialect: string, rules: readonly string[], reason: string | undefined): Directive {
  return {
    rules: rules.map((rule) => rule.trim()).filter((rule) => rule !== ''),
    reason: given(reason),
    owner: undefined,
    until: undefined,
    dialect,
  }
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
}

function given(text: string | undefined): string | undefined {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? undefined : trimmed
}
