import type { Node, Statement } from '@babel/types'
import { type JavaScriptFile, spanOf, walk } from '../../../parse/javascript/ast.ts'

/** Where something that comes before every route is written. */
export interface Place {
  /** Start of a line, or the end of the statement that makes the application. */
  readonly offset: number
  readonly indent: string
  /** True if what is added stands above the code at `offset`. */
  readonly above: boolean
}

const FIRST_USES = new Set([
  'use',
  'all',
  'route',
  'get',
  'head',
  'post',
  'put',
  'patch',
  'delete',
  'options',
  'param',
  'listen',
])

/** The place before the first middleware, route or hand-over of an Express application. */
export function beforeRoutes(document: JavaScriptFile, variable: string): Place | undefined {
  const { tree } = document
  if (tree === undefined) return undefined
  for (const node of walk(tree)) {
    const body = statementsOf(node)
    const made = body.findIndex((statement) => makes(statement, variable))
    const maker = body[made]
    if (maker === undefined) continue
    const index = body.findIndex((statement, at) => at > made && uses(statement, variable))
    const first = body[index]
    const before = body[index - 1]
    if (first === undefined || before === undefined) return after(document, maker)
    return above(document, first, before)
  }
  return undefined
}

function statementsOf(node: Node): readonly Statement[] {
  if (node.type === 'Program' || node.type === 'BlockStatement' || node.type === 'TSModuleBlock') return node.body
  return []
}

function makes(statement: Statement, variable: string): boolean {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declaration?.type === 'VariableDeclaration') {
    return declaration.declarations.some(
      ({ id, init }) => id.type === 'Identifier' && id.name === variable && isCall(init),
    )
  }
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') return false
  const { left, right } = statement.expression
  return left.type === 'Identifier' && left.name === variable && isCall(right)
}

function isCall(node: Node | null | undefined): boolean {
  return node?.type === 'CallExpression'
}

/** `app.use(...)`, `app.get('/path', ...)`, `register(app)`, `http.createServer(app)`; not `app.set(...)`. */
function uses(statement: Statement, variable: string): boolean {
  for (const node of walk(statement)) {
    if (node.type !== 'CallExpression') continue
    const { callee } = node
    if (node.arguments.some((argument) => argument.type === 'Identifier' && argument.name === variable)) return true
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') continue
    if (callee.object.type !== 'Identifier' || callee.object.name !== variable) continue
    // `app.get('setting')` reads a setting.
    if (FIRST_USES.has(callee.property.name) && (callee.property.name !== 'get' || node.arguments.length > 1))
      return true
  }
  return false
}

function above(document: JavaScriptFile, first: Statement, before: Statement): Place {
  const { lines } = document
  const after = lines.position(spanOf(before).end).line
  const comments = (first.leadingComments ?? []).flatMap(({ start }) => (typeof start === 'number' ? [start] : []))
  const start = [...comments, spanOf(first).start].find((offset) => lines.position(offset).line > after)
  if (start === undefined) return { ...afterEnd(document, before) }
  const lineStart = lines.lineStart(lines.position(start).line)
  return { offset: lineStart, indent: document.text.slice(lineStart, start), above: true }
}

function after(document: JavaScriptFile, maker: Statement): Place {
  return afterEnd(document, maker)
}

function afterEnd({ lines, text }: JavaScriptFile, statement: Statement): Place {
  const { start, end } = spanOf(statement)
  const lineStart = lines.lineStart(lines.position(start).line)
  const rest = text.slice(end, lines.lineEnd(lines.position(end).line))
  // A comment behind the statement stays with it; other code does not.
  const offset = /^\s*(?:\/\/.*)?$/.test(rest) ? end + rest.length : end
  return { offset, indent: /^\s*/.exec(text.slice(lineStart, start))?.[0] ?? '', above: false }
}
