import { posix } from 'node:path'
import type { Node } from '@babel/types'
import { type JavaScriptFile, spanOf, walk } from '../../parse/javascript/ast.ts'
import { moduleNames } from '../../parse/javascript/modules.ts'
import { isJavaScriptPath, parseJavaScript } from '../../parse/javascript/parser.ts'
import type { Span } from '../../text/span.ts'
import type { ServerFramework, SourceResource } from '../resource.ts'
import type { Value } from '../value.ts'
import { readHsts } from './hsts.ts'

const SERVER_MODULES: ReadonlyMap<string, ServerFramework> = new Map([
  ['express', 'express'],
  ['fastify', 'fastify'],
  ['koa', 'koa'],
  ['http', 'http'],
  ['node:http', 'http'],
])
/** Code that no user's request ever reaches. */
const NOT_SERVED =
  /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|specs?|e2e|fixtures?|cypress|playwright|node_modules|dist|build|out|coverage|vendor|bench(?:marks?)?|scripts?|examples?|samples?|docs?)\/|\.(?:test|spec|config|stories|min)\.|(?:^|\/)\.[^/]*\//
/** Bundles and generated code are larger than what people write. */
const MAX_LENGTH = 500_000
/** The name of a module of SERVER_MODULES as it is imported; `http://` stands in every other file. */
const MAY_SERVE = /['"](?:express|fastify|koa|(?:node:)?http)['"]/

const LIVENESS =
  /^\/(?:[\w-]+\/)*(?:_?health|healthz|health-?check|live|livez|liveness|alive|ping|status|up|heartbeat)\/?$/i
const READINESS = /^\/(?:[\w-]+\/)*(?:ready|readyz|readiness)\/?$/i

/**
 * The programs below the project that answer HTTP requests by Express, Fastify, Koa or `node:http`. What their packages
 * say is read as: `framework`; `hsts`, whether Strict-Transport-Security is sent; `liveness` and `readiness`, whether
 * some route is for asking that. A file that cannot be parsed is no server: the language's own tools say so better.
 */
export function readServers(files: ReadonlyMap<string, string>): readonly SourceResource[] {
  const found = [...files]
    .filter(([path, text]) => isJavaScriptPath(path) && text.length <= MAX_LENGTH && !NOT_SERVED.test(path))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, text]) => {
      const made = madeIn(path, text)
      return made === undefined ? [] : [{ document: parsed(path, text), made, folder: packageFolder(path, files) }]
    })
  const packages = new Map<string, PackageFacts>()
  const stems = new Set<string>()
  return found.flatMap(({ document, made, folder }): SourceResource[] => {
    const facts = packages.get(folder) ?? packageFacts(folder, files)
    packages.set(folder, facts)
    if (!facts.listens) return []
    const within = posix.relative(folder, document.path).replace(/\.\w+$/, '')
    const stem = posix.basename(within)
    const name = stems.has(`${folder}\u0000${stem}`) ? within : stem
    stems.add(`${folder}\u0000${stem}`)
    return [
      {
        kind: 'source',
        type: 'HttpServer',
        name,
        address: `${packageName(folder, files)}/${name}`,
        root: folder,
        dormant: false,
        header: { document, span: made.span },
        value: { kind: 'map', entries: new Map([['framework', text(made.framework)], ...facts.values]) },
        source: { document, framework: made.framework, variable: made.variable },
      },
    ]
  })
}

interface Application {
  readonly framework: ServerFramework
  readonly variable: string | undefined
  readonly span: Span
}

/** Every pass of the fix engine reads the same texts again, so what is known of a text is kept while it is the same. */
const PARSED = new Map<string, JavaScriptFile>()
const MADE = new Map<string, { readonly text: string; readonly made: Application | undefined }>()
const MAX_KEPT = 500

/** A file read, or as it was read the last time if its text is the same. */
export function parsed(path: string, text: string): JavaScriptFile {
  const known = PARSED.get(path)
  if (known?.text === text) return known
  const document = parseJavaScript(path, text)
  keep(PARSED, path, document)
  return document
}

function madeIn(path: string, text: string): Application | undefined {
  const known = MADE.get(path)
  if (known?.text === text) return known.made
  const made = MAY_SERVE.test(text) ? applicationIn(parsed(path, text)) : undefined
  keep(MADE, path, { text, made })
  return made
}

function keep<T>(cache: Map<string, T>, path: string, value: T): void {
  if (cache.size >= MAX_KEPT) cache.clear()
  cache.set(path, value)
}

function applicationIn({ tree }: JavaScriptFile): Application | undefined {
  if (tree === undefined) return undefined
  const { imports } = moduleNames(tree)
  const serving = new Map(
    [...imports].flatMap(([local, { module, name }]) => {
      const framework = SERVER_MODULES.get(module)
      return framework === undefined ? [] : [[local, { framework, name }] as const]
    }),
  )
  const found: Application[] = []
  for (const node of walk(tree)) {
    const target = madeBy(node)
    if (target === undefined) continue
    const framework = frameworkOf(target.value, serving)
    if (framework !== undefined) found.push({ framework, variable: target.variable, span: spanOf(target.value) })
  }
  // `http.createServer(app)` beside an application of a framework only carries it.
  return found.find(({ framework }) => framework !== 'http') ?? found[0]
}

function madeBy(node: Node): { readonly value: Node; readonly variable: string | undefined } | undefined {
  if (node.type === 'VariableDeclarator' && node.init) {
    return { value: node.init, variable: node.id.type === 'Identifier' ? node.id.name : undefined }
  }
  if (node.type === 'AssignmentExpression') {
    return { value: node.right, variable: node.left.type === 'Identifier' ? node.left.name : undefined }
  }
  if (node.type === 'ReturnStatement' && node.argument) return { value: node.argument, variable: undefined }
  if (node.type === 'ExpressionStatement') return { value: node.expression, variable: undefined }
  return undefined
}

function frameworkOf(
  value: Node,
  serving: ReadonlyMap<string, { readonly framework: ServerFramework; readonly name: string }>,
): ServerFramework | undefined {
  if (value.type === 'AwaitExpression') return frameworkOf(value.argument, serving)
  if (value.type !== 'CallExpression' && value.type !== 'NewExpression') return undefined
  const { callee } = value
  if (callee.type === 'Identifier') {
    const { framework, name } = serving.get(callee.name) ?? {}
    if (framework === 'http') return name === 'createServer' && handles(value.arguments[0]) ? 'http' : undefined
    if (framework === 'express') return name === 'default' ? framework : undefined
    if (framework === 'koa') return value.type === 'NewExpression' ? framework : undefined
    return framework
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') {
    // `http.createServer(...).listen()` and `require('express')()`.
    return callee.type === 'CallExpression' ? requiredFramework(callee) : undefined
  }
  if (callee.property.name === 'listen') return frameworkOf(callee.object, serving)
  const owner = callee.object.type === 'Identifier' ? serving.get(callee.object.name) : undefined
  return owner?.framework === 'http' && callee.property.name === 'createServer' && handles(value.arguments[0])
    ? 'http'
    : undefined
}

function requiredFramework(call: Node): ServerFramework | undefined {
  if (call.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require')
    return undefined
  const [module] = call.arguments
  return module?.type === 'StringLiteral' && module.value === 'express' ? 'express' : undefined
}

/** A handler that is written here; a name may stand for another framework's application. */
function handles(argument: Node | undefined | null): boolean {
  return argument?.type === 'ArrowFunctionExpression' || argument?.type === 'FunctionExpression'
}

/** The nearest folder above a file that has a `package.json`, else the file's own. */
function packageFolder(path: string, files: ReadonlyMap<string, string>): string {
  for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
    if (files.has(posix.join(folder, 'package.json'))) return folder
    if (folder === '.') return posix.dirname(path)
  }
}

function packageName(folder: string, files: ReadonlyMap<string, string>): string {
  const fallback = folder === '.' ? 'server' : posix.basename(folder)
  try {
    const data: unknown = JSON.parse(files.get(posix.join(folder, 'package.json')) ?? 'null')
    const named = typeof data === 'object' && data !== null && 'name' in data ? data.name : undefined
    return typeof named === 'string' && named !== '' ? named : fallback
  } catch {
    return fallback
  }
}

interface PackageFacts {
  readonly listens: boolean
  readonly values: readonly (readonly [string, Value])[]
}

/** The texts of one package's JavaScript files by path, less those of packages inside it. */
export function packageTexts(folder: string, files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...files]
      .filter(
        ([path, content]) =>
          isJavaScriptPath(path) &&
          (folder === '.' || path.startsWith(`${folder}/`)) &&
          content.length <= MAX_LENGTH &&
          !NOT_SERVED.test(path) &&
          packageFolder(path, files) === folder,
      )
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** Of a package's files, those that may say something of Strict-Transport-Security. */
export function hstsDocuments(texts: ReadonlyMap<string, string>): readonly JavaScriptFile[] {
  return documentsWith(texts, MAY_SEND_HSTS)
}

function packageFacts(folder: string, files: ReadonlyMap<string, string>): PackageFacts {
  const texts = packageTexts(folder, files)
  const paths = documentsWith(texts, MAY_BE_PROBED).flatMap(stringsIn)
  return {
    listens: [...texts.values()].some((content) => /\.listen\s*\(/.test(content)),
    values: [
      ['hsts', readHsts(hstsDocuments(texts))],
      ['liveness', { kind: 'bool', value: paths.some((path) => LIVENESS.test(path)) }],
      ['readiness', { kind: 'bool', value: paths.some((path) => READINESS.test(path)) }],
    ],
  }
}

/** Most files say nothing of it, and parsing them is the slow part. */
function documentsWith(texts: ReadonlyMap<string, string>, pattern: RegExp): readonly JavaScriptFile[] {
  return [...texts].filter(([, content]) => pattern.test(content)).map(([path, content]) => parsed(path, content))
}

const MAY_SEND_HSTS = /strict-transport-security|helmet|hsts|lusca/i
const MAY_BE_PROBED = /['"`]\/[\w/-]*(?:health|live|ping|status|up|heartbeat|ready|readiness)/i

/** Every text of a file: what looks like a path of this host counts wherever it stands, as routers are too many to know. */
function stringsIn({ tree }: JavaScriptFile): string[] {
  if (tree === undefined) return []
  return [...walk(tree)].flatMap((node) =>
    node.type === 'StringLiteral' ? [node.value] : node.type === 'TemplateElement' ? [node.value.cooked ?? ''] : [],
  )
}

function text(value: string): Value {
  return { kind: 'string', value }
}
