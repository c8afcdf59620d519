import type { CallExpression, Node } from '@babel/types'
import type { Span } from '../../text/span.ts'
import { isNode, type JavaScriptFile, spanOf, walk } from './ast.ts'
import { type ModuleNames, type ModuleRef, requiredModule, moduleNames } from './modules.ts'

/** What one file says about Express. Names are the file's own; joining files is the caller's work. */
export interface ExpressModule extends ModuleNames {
  /** Variables that hold an application (`express()`) or a router (`express.Router()`). */
  readonly routers: ReadonlyMap<string, 'app' | 'router'>
  readonly routes: readonly ExpressRoute[]
  readonly mounts: readonly ExpressMount[]
}

interface ExpressRoute {
  /** The variable that the route is declared on. */
  readonly router: string
  /** Lower case; `all` and `use` answer every method. */
  readonly method: string
  readonly path: string
  readonly span: Span
}

/** `app.use('/api', routes)`. */
interface ExpressMount {
  readonly router: string
  /** Empty if none is written; undefined if it is not a literal. */
  readonly prefix: string | undefined
  readonly target: string | ModuleRef
}

const METHODS: ReadonlySet<string> = new Set(['get', 'head', 'post', 'put', 'patch', 'delete', 'options', 'all'])

/** Finds Express applications, routers, routes and mounts in a file. Never throws. */
export function expressModule(file: JavaScriptFile): ExpressModule {
  const names = file.tree === undefined ? emptyNames() : moduleNames(file.tree)
  const routers = new Map<string, 'app' | 'router'>()
  const routes: ExpressRoute[] = []
  const mounts: ExpressMount[] = []
  if (file.tree !== undefined) {
    for (const node of walk(file.tree)) collectRouter(node, routers)
    for (const node of walk(file.tree)) {
      if (node.type !== 'CallExpression') continue
      collectRoutes(node, routers, routes)
      collectMounts(node, routers, mounts)
    }
  }
  return { ...names, routers, routes, mounts }
}

function emptyNames(): ModuleNames {
  return { imports: new Map(), exports: new Map() }
}

function collectRouter(node: Node, routers: Map<string, 'app' | 'router'>): void {
  if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init) {
    const kind = createdBy(node.init)
    if (kind !== undefined) routers.set(node.id.name, kind)
  } else if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier') {
    const kind = createdBy(node.right)
    if (kind !== undefined) routers.set(node.left.name, kind)
  } else if ('params' in node && Array.isArray(node.params)) {
    // `export function registerRoutes(app: Express)`: whoever calls it hands the application in.
    for (const parameter of node.params) {
      if (isNode(parameter) && parameter.type === 'Identifier' && parameter.name === 'app' && !routers.has('app')) {
        routers.set('app', 'app')
      }
    }
  }
}

function createdBy(init: Node): 'app' | 'router' | undefined {
  if (init.type !== 'CallExpression' && init.type !== 'NewExpression') return undefined
  const { callee } = init
  if (callee.type === 'Identifier') {
    return callee.name === 'express' ? 'app' : callee.name === 'Router' ? 'router' : undefined
  }
  if (callee.type === 'CallExpression') return requiredModule(callee)?.module === 'express' ? 'app' : undefined
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined
  return callee.property.name === 'Router' ? 'router' : undefined
}

function collectRoutes(call: CallExpression, routers: ReadonlyMap<string, string>, routes: ExpressRoute[]): void {
  const method = calledMethod(call)
  if (method === undefined || !METHODS.has(method.name)) return
  const { object } = method
  if (object.type === 'Identifier' && routers.has(object.name)) {
    // `app.get('setting')` with one argument reads a setting.
    if (call.arguments.length < 2) return
    for (const path of literals(call.arguments[0])) {
      routes.push({ router: object.name, method: method.name, path, span: spanOf(call) })
    }
    return
  }
  const chained = routeChain(object)
  if (chained === undefined || !routers.has(chained.router)) return
  for (const path of chained.paths) {
    routes.push({ router: chained.router, method: method.name, path, span: spanOf(call) })
  }
}

/** `app.route('/health').get(a)` and `app.route('/health').get(a).head(b)`. */
function routeChain(node: Node): { router: string; paths: readonly string[] } | undefined {
  let at = node
  while (at.type === 'CallExpression') {
    const method = calledMethod(at)
    if (method === undefined) return undefined
    if (method.name === 'route' && method.object.type === 'Identifier') {
      return { router: method.object.name, paths: literals(at.arguments[0]) }
    }
    at = method.object
  }
  return undefined
}

function collectMounts(call: CallExpression, routers: ReadonlyMap<string, string>, mounts: ExpressMount[]): void {
  const method = calledMethod(call)
  if (method?.name !== 'use' || method.object.type !== 'Identifier' || !routers.has(method.object.name)) return
  const [first] = call.arguments
  const paths = literals(first)
  const hasPath = first !== undefined && (paths.length > 0 || first.type === 'TemplateLiteral')
  const prefixes: (string | undefined)[] = paths.length > 0 ? [...paths] : [hasPath ? undefined : '']
  for (const argument of hasPath ? call.arguments.slice(1) : call.arguments) {
    const target = argument.type === 'Identifier' ? argument.name : requiredModule(argument)
    if (target === undefined) continue
    for (const prefix of prefixes) mounts.push({ router: method.object.name, prefix, target })
  }
}

function calledMethod(call: CallExpression): { name: string; object: Node } | undefined {
  const { callee } = call
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return undefined
  return { name: callee.property.name, object: callee.object }
}

function literals(node: Node | null | undefined): string[] {
  if (node?.type === 'StringLiteral') return [node.value]
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return [node.quasis[0]?.value.cooked ?? '']
  if (node?.type === 'ArrayExpression') return node.elements.flatMap((element) => literals(element))
  return []
}
