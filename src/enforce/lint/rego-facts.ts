import type { Module, Ref, Rule, Term } from '../../rego/index.ts'
import type { Range, Span } from '../../text/span.ts'

/** What a module reads and says, as far as its text shows. */
export interface RegoFacts {
  /** First names below `input.parameters`, with their first place. */
  readonly parameters: ReadonlyMap<string, Range>
  /** True if the parameters are also used as a whole: then any of them may be read. */
  readonly wholeParameters: boolean
  /** Every name in a ref and every string, whole. */
  readonly words: ReadonlySet<string>
  /** Reads a pod's own spec: `object.spec` that is not a `template`'s. */
  readonly readsPods: boolean
  readonly readsTemplates: boolean
  /** Where `containers` is named first. */
  readonly containersAt: Range | undefined
  readonly prefixes: readonly Prefix[]
  readonly messages: readonly Message[]
}

/** `startswith(image, p)` where `p` is a member of a parameter, or a text. */
interface Prefix {
  readonly parameter: string | undefined
  readonly literal: string | undefined
  readonly range: Range
}

interface Message {
  readonly text: string
  readonly range: Range
  /** True if the rule puts a parameter into its message. */
  readonly fromParameters: boolean
}

export function regoFacts(module: Module): RegoFacts {
  const rangeOf = (span: Span): Range => module.source.lines.range(span)
  const parameters = new Map<string, Range>()
  const words = new Set<string>()
  const prefixes: Prefix[] = []
  const messages: Message[] = []
  let wholeParameters = false
  let readsPods = false
  let readsTemplates = false
  let containersAt: Range | undefined

  for (const rule of module.rules) {
    const aliases = parameterAliases(rule)
    const parameterOf = (term: Term): string | undefined =>
      term.kind === 'var' ? aliases.get(term.name) : term.kind === 'ref' ? parameterName(term) : undefined
    const fromParameters = mentionsParameters(rule.head, aliases) || rule.body.some((one) => isMessage(one, aliases))
    walk(rule, (node) => {
      if (node.kind === 'ref') {
        const names = refNames(node)
        for (const name of names) if (name !== undefined) words.add(name)
        if (names[0] === 'input' && names[1] === 'parameters') {
          const name = names[2]
          if (name === undefined) wholeParameters = true
          else if (!parameters.has(name)) parameters.set(name, rangeOf(node.span))
        }
        const spec = names.indexOf('spec')
        if (spec >= 0) {
          if (names.includes('template')) readsTemplates = true
          else if (names[spec + 1] !== 'jobTemplate') readsPods = true
        }
        if (names.includes('containers')) containersAt ??= rangeOf(node.span)
      } else if (node.kind === 'scalar' && typeof node.value === 'string') {
        words.add(node.value)
        if (node.value === 'containers') containersAt ??= rangeOf(node.span)
        if (isSaid(rule, node.span)) messages.push({ text: node.value, range: rangeOf(node.span), fromParameters })
      } else if (node.kind === 'call' && node.operator.kind === 'var' && node.operator.name === 'startswith') {
        const [, prefix] = node.args
        if (prefix === undefined) return
        const literal = prefix.kind === 'scalar' && typeof prefix.value === 'string' ? prefix.value : undefined
        prefixes.push({ parameter: parameterOf(prefix), literal, range: rangeOf(node.span) })
      }
    })
  }
  // `object.get(input, "parameters", {})` and a bare `input` reach all of them.
  if (words.has('parameters') && parameters.size === 0) wholeParameters = true
  return { parameters, wholeParameters, words, readsPods, readsTemplates, containersAt, prefixes, messages }
}

/** Variables of a rule that are members of a parameter. */
function parameterAliases(rule: Rule): ReadonlyMap<string, string> {
  const aliases = new Map<string, string>()
  const note = (left: Term, right: Term): void => {
    const name =
      right.kind === 'ref' ? parameterName(right) : right.kind === 'var' ? aliases.get(right.name) : undefined
    if (left.kind === 'var' && name !== undefined) aliases.set(left.name, name)
  }
  walk(rule, (node) => {
    if (node.kind === 'assign' || node.kind === 'unify') note(node.left, node.right)
    else if (node.kind === 'somein' && node.value !== null) note(node.value, node.domain)
  })
  return aliases
}

function parameterName(ref: Ref): string | undefined {
  const [input, parameters, name] = refNames(ref)
  return input === 'input' && parameters === 'parameters' ? name : undefined
}

/** Undefined for what is no name, such as `[_]`. */
function refNames({ head, path }: Ref): (string | undefined)[] {
  return [
    head.kind === 'var' ? head.name : undefined,
    ...path.map((step) => (step.kind === 'scalar' && typeof step.value === 'string' ? step.value : undefined)),
  ]
}

/** `msg := ...` of which a parameter is part. */
function isMessage(node: object, aliases: ReadonlyMap<string, string>): boolean {
  return (
    'kind' in node &&
    node.kind === 'assign' &&
    'left' in node &&
    isNode(node.left) &&
    node.left.kind === 'var' &&
    /^(?:msg|message)$/.test(node.left.name) &&
    mentionsParameters(node, aliases)
  )
}

function mentionsParameters(node: unknown, aliases: ReadonlyMap<string, string>): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner.kind === 'ref' && parameterName(inner) !== undefined) found = true
    if (inner.kind === 'var' && aliases.has(inner.name)) found = true
  })
  return found
}

/** True if a text of a rule goes into `msg`: it stands in the head or in what `msg` is assigned. */
function isSaid(rule: Rule, span: Span): boolean {
  const inside = (outer: Span): boolean => outer.start <= span.start && span.end <= outer.end
  if (rule.head.key !== undefined && inside(rule.head.key.span)) return true
  return rule.body.some(
    (one) =>
      (one.kind === 'assign' || one.kind === 'unify') &&
      one.left.kind === 'var' &&
      /^(?:msg|message)$/.test(one.left.name) &&
      inside(one.right.span),
  )
}

type Visited =
  | Term
  | { readonly kind: 'assign' | 'unify'; readonly left: Term; readonly right: Term }
  | { readonly kind: 'somein'; readonly value: Term; readonly domain: Term }

function walk(node: unknown, visit: (node: Visited) => void): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, visit)
    return
  }
  if (typeof node !== 'object' || node === null) return
  if (isNode(node)) visit(node)
  for (const [key, value] of Object.entries(node)) {
    if (key !== 'span' && key !== 'annotations' && typeof value === 'object') walk(value, visit)
  }
}

const KINDS: ReadonlySet<unknown> = new Set(['scalar', 'var', 'ref', 'call', 'assign', 'unify', 'somein'])

function isNode(node: unknown): node is Visited {
  return typeof node === 'object' && node !== null && 'kind' in node && 'span' in node && KINDS.has(node.kind)
    ? true
    : typeof node === 'object' && node !== null && 'kind' in node && 'domain' in node
}
