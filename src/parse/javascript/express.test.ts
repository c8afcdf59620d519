import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expressModule } from './express.ts'
import { isJavaScriptPath, parseJavaScript } from './parser.ts'

function read(text: string, path = 'src/app.ts') {
  return expressModule(parseJavaScript(path, text))
}

test('finds routes of an ES module in TypeScript', () => {
  const text = `import express, { type Request, Router } from 'express'
import { health } from './routes/health.js'
export const app: express.Express = express()
const api = Router()
app.set('port', 3000)
app.get('port')
app.get('/ready', (_req: Request, res) => res.send('ok'))
app.use('/api', api)
app.use(health)
api.route('/things').get(list).post(create)
app.get(['/a', \`/b\`], handler)
`
  const module = read(text)
  expect([...module.routers]).toEqual([
    ['app', 'app'],
    ['api', 'router'],
  ])
  expect(module.routes.map((route) => `${route.router} ${route.method} ${route.path}`).sort()).toEqual(
    ['api get /things', 'api post /things', 'app get /a', 'app get /b', 'app get /ready'].sort(),
  )
  const ready = module.routes.find((route) => route.path === '/ready')
  expect(ready && text.slice(ready.span.start, ready.span.end)).toBe(
    "app.get('/ready', (_req: Request, res) => res.send('ok'))",
  )
  expect(module.mounts).toEqual([
    { router: 'app', prefix: '/api', target: 'api' },
    { router: 'app', prefix: '', target: 'health' },
  ])
  expect(module.imports.get('health')).toEqual({ module: './routes/health.js', name: 'health' })
  expect(module.exports.get('app')).toBe('app')
})

test('finds routes of CommonJS', () => {
  const module = read(
    `const express = require('express')
const { live } = require('./live')
const app = express()
const router = express.Router()
router.get('/', function (req, res) { res.end() })
app.use('/health', require('./health'))
app.use(\`\${base}/x\`, live)
module.exports = router
exports.app = app
`,
    'server.js',
  )
  expect(module.routes).toMatchObject([{ router: 'router', method: 'get', path: '/' }])
  expect(module.mounts).toEqual([
    { router: 'app', prefix: '/health', target: { module: './health', name: 'default' } },
    { router: 'app', prefix: undefined, target: 'live' },
  ])
  expect(module.imports.get('live')).toEqual({ module: './live', name: 'live' })
  expect([...module.exports]).toEqual([
    ['default', 'router'],
    ['app', 'app'],
  ])
})

test('does not take other objects for routers', () => {
  expect(read(`const cache = new Map(); cache.get('/health', 1); axios.get('/health', {})`).routes).toEqual([])
})

test('a function that is handed the application declares its routes', () => {
  expect(read(`export function routes(app: Express) { app.get('/health', ok) }`).routes).toHaveLength(1)
})

test('reads JSX, decorators and casts where their files allow them', () => {
  expect(parseJavaScript('a.tsx', 'export const A = () => <b>x</b>').diagnostics).toEqual([])
  expect(parseJavaScript('a.ts', 'const a = <string>b; @d class C {}').diagnostics).toEqual([])
})

test('what cannot be read is a diagnostic with its place', () => {
  const file = parseJavaScript('a.js', 'const a = `')
  expect(file.tree).toBeUndefined()
  expect(file.diagnostics[0]).toMatchObject({ code: 'javascript-unreadable', file: 'a.js' })
  expect(expressModule(file).routes).toEqual([])
})

test('knows its file names', () => {
  expect(['a.ts', 'a.mjs', 'a.cts', 'a.tsx', 'a.jsx'].every(isJavaScriptPath)).toBe(true)
  expect(['a.d.ts', 'a.json', 'ts'].some(isJavaScriptPath)).toBe(false)
})

test('never throws, and keeps spans inside the text', () => {
  const piece = fc.constantFrom(
    'app',
    '.get(',
    "'/health'",
    ',',
    ')',
    '\n',
    'const app = express()',
    '{',
    '}',
    '`',
    '=>',
    'require(',
    'export default ',
    'module.exports = ',
    '<T>',
    '@',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      for (const { span } of read(text).routes) {
        expect(span.start).toBeGreaterThanOrEqual(0)
        expect(span.end).toBeLessThanOrEqual(text.length)
      }
    }),
    { numRuns: 10_000 },
  )
})
