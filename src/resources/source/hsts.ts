import type { CallExpression, Node, ObjectExpression } from '@babel/types'
import { type JavaScriptFile, spanOf, walk } from '../../parse/javascript/ast.ts'
import { moduleNames } from '../../parse/javascript/modules.ts'
import type { Span } from '../../text/span.ts'
import type { Tri } from '../place.ts'
import type { Value } from '../value.ts'

const HEADER = /^strict-transport-security$/i
/** Libraries whose middleware sends the header unless it is told not to. */
const BY_DEFAULT: ReadonlySet<string> = new Set(['helmet', '@fastify/helmet', 'koa-helmet', 'fastify-helmet', 'hsts'])
const OPTIONS: ReadonlySet<string> = new Set(['hsts', 'strictTransportSecurity'])

/** A middleware's option that keeps the header from being sent: the `false` of `helmet({ hsts: false })`. */
export interface SwitchedOff {
  readonly document: JavaScriptFile
  readonly span: Span
}

interface Verdict {
  readonly sent: Tri
  readonly off?: SwitchedOff
}

/** Whether the files of a package send Strict-Transport-Security. */
export function readHsts(documents: readonly JavaScriptFile[]): Value {
  const verdicts = documents.flatMap(hstsIn).map(({ sent }) => sent)
  if (verdicts.includes('yes')) return { kind: 'bool', value: true }
  if (!verdicts.includes('unknown')) return { kind: 'bool', value: false }
  return { kind: 'unknown', reason: 'the options of the middleware are not written where it is called' }
}

/** Where a middleware is told not to send the header. */
export function switchedOff(documents: readonly JavaScriptFile[]): SwitchedOff | undefined {
  return documents.flatMap(hstsIn).find(({ off }) => off !== undefined)?.off
}

function hstsIn(document: JavaScriptFile): Verdict[] {
  const { tree } = document
  if (tree === undefined) return []
  const middleware = new Set<string>()
  for (const [local, { module }] of moduleNames(tree).imports) {
    if (BY_DEFAULT.has(module) || module === 'lusca') middleware.add(local)
  }
  return [...walk(tree)].flatMap((node): Verdict[] => {
    if (node.type === 'StringLiteral' && HEADER.test(node.value)) return [{ sent: 'yes' }]
    return node.type === 'CallExpression' ? calledMiddleware(document, node, middleware) : []
  })
}

function calledMiddleware(document: JavaScriptFile, call: CallExpression, middleware: ReadonlySet<string>): Verdict[] {
  const { callee } = call
  if (callee.type === 'Identifier' && middleware.has(callee.name)) return [verdictOf(document, call.arguments[0])]
  // `fastify.register(helmet, options)`
  const [plugin, options] = call.arguments
  if (plugin?.type === 'Identifier' && middleware.has(plugin.name)) return [verdictOf(document, options)]
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return []
  if (!middleware.has(callee.object.name) || callee.property.type !== 'Identifier') return []
  return OPTIONS.has(callee.property.name) ? [{ sent: 'yes' }] : []
}

function verdictOf(document: JavaScriptFile, options: Node | undefined): Verdict {
  if (options === undefined) return { sent: 'yes' }
  if (options.type !== 'ObjectExpression') return { sent: 'unknown' }
  const option = hstsOption(options)
  if (option?.type === 'BooleanLiteral' && !option.value) return { sent: 'no', off: { document, span: spanOf(option) } }
  if (option !== undefined) return { sent: 'yes' }
  return { sent: options.properties.some(({ type }) => type === 'SpreadElement') ? 'unknown' : 'yes' }
}

function hstsOption(options: ObjectExpression): Node | undefined {
  for (const property of options.properties) {
    if (property.type !== 'ObjectProperty' || property.key.type !== 'Identifier') continue
    if (OPTIONS.has(property.key.name)) return property.value
  }
  return undefined
}
