import { posix } from 'node:path'
import type { Node } from '@babel/types'
import { type JavaScriptFile, walk } from '../../../parse/javascript/ast.ts'
import { moduleNames, type ModuleRef } from '../../../parse/javascript/modules.ts'
import { parsed } from '../../../resources/source/servers.ts'
import type { CodeStyle } from './style.ts'

/** A client of a database, as the server's file can name it, and what asks the database whether it is there. */
export interface Check {
  /** Lines in our own style. */
  readonly lines: readonly string[]
  /** What the server's file has to import for it. */
  readonly imported: { readonly from: string; readonly name: string; readonly local: string } | undefined
}

interface ClientKind {
  /** Functions or classes of the module whose result is a client. */
  readonly makers: ReadonlySet<string>
  readonly ask: (client: string) => readonly string[]
}

const SELECT = "await CLIENT.query('select 1');"

function client(makers: readonly string[], ...lines: readonly string[]): ClientKind {
  return { makers: new Set(makers), ask: (name) => lines.map((line) => line.replaceAll('CLIENT', name)) }
}

/** By module. `default` is the module itself, called. */
const CLIENTS: ReadonlyMap<string, ClientKind> = new Map([
  ['pg', client(['Pool', 'Client'], SELECT)],
  ['mysql2/promise', client(['createPool', 'createConnection'], SELECT)],
  ['mysql2', client(['createPool', 'createConnection'], "await CLIENT.promise().query('select 1');")],
  ['mariadb', client(['createPool'], SELECT)],
  ['redis', client(['createClient'], 'await CLIENT.ping();')],
  ['ioredis', client(['default', 'Redis'], 'await CLIENT.ping();')],
  ['@prisma/client', client(['PrismaClient'], 'await CLIENT.$queryRaw`select 1`;')],
  ['sequelize', client(['Sequelize', 'default'], 'await CLIENT.authenticate();')],
  ['knex', client(['default', 'knex', 'Knex'], "await CLIENT.raw('select 1');")],
  ['typeorm', client(['DataSource'], SELECT)],
  ['mongodb', client(['MongoClient'], 'await CLIENT.db().command({ ping: 1 });')],
  ['postgres', client(['default'], 'await CLIENT`select 1`;')],
])
const MONGOOSE = "if (CLIENT.connection.readyState !== 1) throw new Error('no connection to the database');"
const OTHERS = /^(?:mysql|mssql|oracledb|pg-promise|tedious|cassandra-driver|neo4j-driver|@databases\/.*|slonik)$/

export interface Unreachable {
  readonly refused: string
}

/** What `/ready` asks; an empty list if the server reaches no database. */
export function databaseChecks(
  server: JavaScriptFile,
  texts: ReadonlyMap<string, string>,
  style: CodeStyle,
  all: ReadonlyMap<string, string>,
): readonly Check[] | Unreachable {
  const checks: Check[] = []
  for (const file of reachable(server, texts)) {
    if (file.tree === undefined) continue
    const names = moduleNames(file.tree)
    const used = new Map([...names.imports].filter(([, { module }]) => CLIENTS.has(module)))
    if ([...names.imports.values()].some(({ module }) => OTHERS.test(module)))
      return { refused: `how to ask the database that ${file.path} uses is not known: write /ready by hand` }
    const mongoose = [...names.imports].find(([, { module }]) => module === 'mongoose')
    if (mongoose !== undefined && !checks.some(({ imported }) => imported?.from === 'mongoose')) {
      checks.push(mongooseCheck(server, file, mongoose[0]))
    }
    if (used.size === 0) continue
    const made = clientsIn(file, used)
    for (const { variable, module } of made) {
      const reached = reach(server, file, variable, style, all)
      if (reached === undefined)
        return {
          refused: `the client ${variable} of ${file.path} is not exported, so that /ready cannot ask the database`,
        }
      checks.push({ lines: ask(module, reached.local, all), imported: reached.imported })
    }
    if (made.length === 0 && isValue(file, [...used.keys()]))
      return {
        refused: `where ${file.path} keeps its client of the database is not clear, so that /ready cannot ask it`,
      }
  }
  return checks
}

function ask(module: string, name: string, all: ReadonlyMap<string, string>): readonly string[] {
  if (
    module === '@prisma/client' &&
    [...all].some(([path, text]) => path.endsWith('.prisma') && /provider\s*=\s*"mongodb"/.test(text))
  )
    return [`await ${name}.$runCommandRaw({ ping: 1 });`]
  return CLIENTS.get(module)?.ask(name) ?? []
}

function mongooseCheck(server: JavaScriptFile, file: JavaScriptFile, local: string): Check {
  const own =
    server.tree === undefined
      ? undefined
      : [...moduleNames(server.tree).imports].find(([, { module }]) => module === 'mongoose')
  const name = own?.[0] ?? local
  return {
    lines: [MONGOOSE.replaceAll('CLIENT', name)],
    imported: own === undefined && file !== server ? { from: 'mongoose', name: 'default', local: name } : undefined,
  }
}

/** A module that is only imported for its types has no client. */
function isValue(file: JavaScriptFile, locals: readonly string[]): boolean {
  if (file.tree === undefined) return false
  for (const node of walk(file.tree)) {
    if (node.type !== 'NewExpression' && node.type !== 'CallExpression') continue
    const { callee } = node
    const root = callee.type === 'MemberExpression' ? callee.object : callee
    if (root.type === 'Identifier' && locals.includes(root.name)) return true
  }
  return false
}

interface MadeClient {
  readonly variable: string
  readonly module: string
}

function clientsIn(file: JavaScriptFile, used: ReadonlyMap<string, ModuleRef>): readonly MadeClient[] {
  const body = file.tree?.program.body ?? []
  return body.flatMap((statement): MadeClient[] => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ id, init }) => {
      const module = id.type === 'Identifier' && init ? madeBy(init, used) : undefined
      return module === undefined || id.type !== 'Identifier' ? [] : [{ variable: id.name, module }]
    })
  })
}

/** The module whose maker a `new Pool()` or `redis.createClient()` calls. */
function madeBy(init: Node, used: ReadonlyMap<string, ModuleRef>): string | undefined {
  if (init.type === 'AwaitExpression') return madeBy(init.argument, used)
  if (init.type !== 'NewExpression' && init.type !== 'CallExpression') return undefined
  const { callee } = init
  if (callee.type === 'Identifier') {
    const ref = used.get(callee.name)
    return ref !== undefined && CLIENTS.get(ref.module)?.makers.has(ref.name) === true ? ref.module : undefined
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined
  if (callee.object.type === 'Identifier') {
    const ref = used.get(callee.object.name)
    return ref !== undefined && CLIENTS.get(ref.module)?.makers.has(callee.property.name) === true
      ? ref.module
      : undefined
  }
  return undefined
}

interface Reached {
  readonly local: string
  readonly imported: Check['imported']
}

/** How the server's file names a client that another file, or itself, declares. */
function reach(
  server: JavaScriptFile,
  file: JavaScriptFile,
  variable: string,
  style: CodeStyle,
  all: ReadonlyMap<string, string>,
): Reached | undefined {
  if (file === server) return { local: variable, imported: undefined }
  if (server.tree === undefined || file.tree === undefined) return undefined
  const exported = [...moduleNames(file.tree).exports].find(([, local]) => local === variable)?.[0]
  if (exported === undefined) return undefined
  const { imports } = moduleNames(server.tree)
  for (const [local, ref] of imports) {
    if (ref.name === exported && resolves(server.path, ref.module, file.path)) return { local, imported: undefined }
  }
  const wanted = exported === 'default' ? variable : exported
  const local = new RegExp(`\\b${wanted.replaceAll('$', String.raw`\$`)}\\b`).test(server.text)
    ? 'databaseClient'
    : wanted
  return { local, imported: { from: specifier(server, file, style, all), name: exported, local } }
}

/** The files of the package that a server loads, itself first. */
function reachable(server: JavaScriptFile, texts: ReadonlyMap<string, string>): readonly JavaScriptFile[] {
  const found = new Map([[server.path, server]])
  for (const file of found.values()) {
    for (const module of relativeModules(file)) {
      for (const [path, text] of texts) {
        if (!found.has(path) && resolves(file.path, module, path)) found.set(path, parsed(path, text))
      }
    }
  }
  return [...found.values()]
}

function relativeModules({ tree }: JavaScriptFile): readonly string[] {
  if (tree === undefined) return []
  return [...walk(tree)].flatMap((node) => {
    if (node.type === 'ImportDeclaration') return node.importKind === 'type' ? [] : [node.source.value]
    if ((node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source)
      return [node.source.value]
    if (node.type !== 'CallExpression') return []
    const [argument] = node.arguments
    const loads = node.callee.type === 'Import' || (node.callee.type === 'Identifier' && node.callee.name === 'require')
    return loads && argument?.type === 'StringLiteral' ? [argument.value] : []
  })
}

/** TypeScript's ES modules import `./db.js` and mean `./db.ts`. */
function resolves(from: string, module: string, path: string): boolean {
  if (!module.startsWith('.')) return false
  const base = posix.normalize(posix.join(posix.dirname(from), module))
  const bare = (text: string): string => text.replace(/\.[cm]?[jt]sx?$/, '')
  return base === path || bare(base) === bare(path) || `${base}/index` === bare(path)
}

/** As the files of the package name each other: with the extension or without. */
function specifier(
  server: JavaScriptFile,
  file: JavaScriptFile,
  style: CodeStyle,
  all: ReadonlyMap<string, string>,
): string {
  const relative = posix.relative(posix.dirname(server.path), file.path)
  const bare = relative.replace(/\.[cm]?[jt]sx?$/, '')
  const path = bare.startsWith('.') ? bare : `./${bare}`
  const own = relativeModules(server).find((module) => module.startsWith('.'))
  const extension = own === undefined ? undefined : (/\.[cm]?[jt]sx?$/.exec(own)?.[0] ?? '')
  if (extension !== undefined) return path + extension
  if (style.modules === 'commonjs') return path
  const emitted = posix.extname(file.path).replace(/^\.([cm]?)tsx?$/, '.$1js')
  const manifest = [...all].find(([name, text]) => name.endsWith('package.json') && /"type"\s*:\s*"module"/.test(text))
  return posix.extname(file.path).includes('ts') && manifest === undefined ? path : path + emitted
}
