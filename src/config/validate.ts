import { isMap, isNode, isPair, isScalar, type Node, type ParsedNode, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { Diagnostic } from '../text/diagnostic.ts'
import { LineMap } from '../text/line-map.ts'
import { nearest } from '../text/nearest.ts'

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Reads a YAML text by a schema; every message names the line of the key or value it is about. */
export function validateYaml<T>(path: string, text: string, schema: z.ZodType<T>): Validated<T> {
  const lines = new LineMap(text)
  const document = parseDocument(text, { prettyErrors: false })
  const syntax = document.errors.map((error) => ({
    file: path,
    range: lines.range({ start: error.pos[0], end: error.pos[1] }),
    code: 'config-syntax',
    message: error.message,
  }))
  if (syntax.length > 0) return { ok: false, diagnostics: syntax }

  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, diagnostics: [{ file: path, code: 'config-syntax', message }] }
  }
  const parsed = schema.safeParse(data)
  if (parsed.success) return { ok: true, value: parsed.data }
  return {
    ok: false,
    diagnostics: parsed.error.issues.flatMap((issue) => describeIssue(issue, document.contents, path, lines)),
  }
}

type Issue = z.core.$ZodIssue

function describeIssue(issue: Issue, root: ParsedNode | null, path: string, lines: LineMap): Diagnostic[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysBeside(issue)
    return issue.keys.map((key) => {
      const hint = nearest(key, known)
      return at([...issue.path, key], true, `unknown key ${key}${hint === undefined ? '' : `; did you mean ${hint}?`}`)
    })
  }
  if (issue.code === 'invalid_union') {
    // The branch that the value was meant for is the one that got furthest into it.
    const [best] = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)
    const path = [...issue.path, ...(best?.path ?? [])]
    return [at(path, false, `${dotted(path)}: ${lowerFirst(best?.message ?? issue.message)}`)]
  }
  return [at(issue.path, false, `${dotted(issue.path)}: ${lowerFirst(issue.message)}`)]

  function at(keys: readonly PropertyKey[], atKey: boolean, message: string): Diagnostic {
    const span = spanOf(root, keys, atKey)
    return { file: path, range: lines.range(span), code: 'config-invalid', message }
  }
}

const KEYS_BY_PATH: Readonly<Record<string, readonly string[]>> = {
  '': [
    'version',
    'values',
    'rules',
    'suppressions',
    'exclude',
    'frameworks',
    'compliance',
    'attestations',
    'exceptions',
    'extends',
  ],
  compliance: ['merchantLevel', 'months', 'exposure', 'risk', 'notApplicable'],
  suppressions: ['allowInline'],
}

function keysBeside(issue: Issue): readonly string[] {
  return KEYS_BY_PATH[issue.path.map(String).join('.')] ?? []
}

function dotted(keys: readonly PropertyKey[]): string {
  return keys.length === 0 ? 'the file' : keys.map(String).join('.')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** The scalar at a path (its key, if `atKey`), else the nearest key or item above it that is written. */
function spanOf(root: ParsedNode | null, keys: readonly PropertyKey[], atKey: boolean): { start: number; end: number } {
  let node: unknown = root
  let span = nodeSpan(root)
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      if (!isPair(pair)) break
      span = isNode(pair.key) ? nodeSpan(pair.key) : span
      node = pair.value
    } else if (isNode(node) && 'items' in node && Array.isArray(node.items)) {
      node = node.items[Number(key)]
      if (isNode(node)) span = nodeSpan(node)
    } else break
  }
  return isScalar(node) && !atKey ? nodeSpan(node) : span
}

function nodeSpan(node: Node | null): { start: number; end: number } {
  return { start: node?.range?.[0] ?? 0, end: node?.range?.[1] ?? 0 }
}
