import { posix } from 'node:path'
import { type ExpressModule, expressModule } from '../../parse/javascript/express.ts'
import type { ModuleRef } from '../../parse/javascript/modules.ts'
import { isJavaScriptPath, parseJavaScript } from '../../parse/javascript/parser.ts'
import type { Span } from '../../text/span.ts'

/** A path that an Express application is proven to answer GET requests on. */
export interface HttpRoute {
  readonly path: string
  readonly file: string
  readonly span: Span
}

/** Mounting a router below itself would go on for ever. */
const MAX_MOUNTS = 10

/**
 * All GET routes of the Express applications below a folder, with the prefixes that their routers are mounted at. A
 * router that nothing mounts, or at a path that is no literal, proves nothing and is left out.
 */
export function getRoutes(folder: string, files: ReadonlyMap<string, string>): readonly HttpRoute[] {
  const modules = new Map<string, ExpressModule>()
  for (const path of [...files.keys()].sort()) {
    if (
      !isWithin(path, folder) ||
      !isJavaScriptPath(path) ||
      /(?:^|\/)(?:tests?|__tests__)\/|\.(?:test|spec)\./.test(path)
    )
      continue
    const text = files.get(path) ?? ''
    // Parsing is the slow part, and most files declare no routes.
    if (!/express|router/i.test(text)) continue
    modules.set(path, readModule(path, text))
  }
  return [...modules].flatMap(([path, module]) =>
    [...module.routers].flatMap(([name, kind]) => (kind === 'app' ? routesOf(path, name, '', modules, 0) : [])),
  )
}

/** By path: the last text and what it says. An audit that follows an edit meets the others as they were. */
const MODULES = new Map<string, { readonly text: string; readonly module: ExpressModule }>()

function readModule(path: string, text: string): ExpressModule {
  const known = MODULES.get(path)
  if (known?.text === text) return known.module
  const module = expressModule(parseJavaScript(path, text))
  MODULES.set(path, { text, module })
  return module
}

function routesOf(
  file: string,
  router: string,
  prefix: string,
  modules: ReadonlyMap<string, ExpressModule>,
  depth: number,
): HttpRoute[] {
  const module = modules.get(file)
  if (module === undefined || depth > MAX_MOUNTS) return []
  const own = module.routes
    .filter((route) => route.router === router && (route.method === 'get' || route.method === 'all'))
    .map((route) => ({ path: join(prefix, route.path), file, span: route.span }))
  const mounted = module.mounts
    .filter((mount) => mount.router === router && mount.prefix !== undefined)
    .flatMap((mount) => {
      const target =
        typeof mount.target === 'string'
          ? localTarget(file, mount.target, modules)
          : exported(file, mount.target, modules)
      if (target === undefined || (target.file === file && target.router === router)) return []
      return routesOf(target.file, target.router, join(prefix, mount.prefix ?? ''), modules, depth + 1)
    })
  return [...own, ...mounted]
}

interface RouterRef {
  readonly file: string
  readonly router: string
}

function localTarget(file: string, name: string, modules: ReadonlyMap<string, ExpressModule>): RouterRef | undefined {
  const module = modules.get(file)
  if (module?.routers.has(name)) return { file, router: name }
  const imported = module?.imports.get(name)
  return imported === undefined ? undefined : exported(file, imported, modules)
}

function exported(file: string, ref: ModuleRef, modules: ReadonlyMap<string, ExpressModule>): RouterRef | undefined {
  if (!ref.module.startsWith('.')) return undefined
  const base = posix.normalize(posix.join(posix.dirname(file), ref.module))
  // TypeScript's ES modules import `./health.js` and mean `./health.ts`.
  const stem = base.replace(/\.[cm]?jsx?$/, '')
  const candidates = [
    base,
    ...['ts', 'js', 'mts', 'mjs', 'cts', 'cjs', 'tsx', 'jsx'].flatMap((ext) => [
      `${stem}.${ext}`,
      `${base}/index.${ext}`,
    ]),
  ]
  const path = candidates.find((candidate) => modules.has(candidate))
  const module = path === undefined ? undefined : modules.get(path)
  const router = module?.exports.get(ref.name)
  return path === undefined || router === undefined || !module?.routers.has(router) ? undefined : { file: path, router }
}

function join(prefix: string, path: string): string {
  const joined = `${prefix}/${path}`.replace(/\/{2,}/g, '/')
  return joined.length > 1 ? joined.replace(/\/$/, '') : '/'
}

function isWithin(path: string, folder: string): boolean {
  return folder === '.' || path.startsWith(`${folder}/`)
}
