import { expect, test } from 'vitest'
import { readServers } from './servers.ts'

function servers(files: Record<string, string>): string[] {
  return readServers(new Map(Object.entries(files))).map(
    ({ address, root, source }) => `${root} ${address} ${source.framework} ${source.variable ?? '-'}`,
  )
}

const EXPRESS = `import express from 'express'\nconst app = express()\napp.listen(8080)\n`

test('servers are called after their package and file', () => {
  const files = {
    'package.json': '{"name": "@shop/root"}',
    'index.ts': EXPRESS,
    'services/api/package.json': '{"name": "api"}',
    'services/api/src/index.js': EXPRESS.replaceAll('app', 'web'),
    'services/api/src/other/index.js': EXPRESS,
    'services/plain/package.json': 'not JSON',
    'services/plain/main.js': `require('http').createServer((q, s) => s.end()).listen(1)\nconst http = require('http')\nhttp.createServer(function () {})\n`,
  }
  expect(servers(files)).toEqual([
    '. @shop/root/index express app',
    'services/api api/index express web',
    'services/api api/src/other/index express app',
    'services/plain plain/main http -',
  ])
})

test.each([
  ['tests', { 'test/server.js': EXPRESS, 'src/app.test.ts': EXPRESS, 'node_modules/x/index.js': EXPRESS }],
  ['clients', { 'src/client.js': `import http from 'http'\nhttp.get('http://x').listen(1)\n` }],
  [
    'an application that nothing listens with',
    { 'index.js': `const app = require('express')()\nmodule.exports = app\n` },
  ],
  ['what cannot be parsed', { 'index.js': `import express from 'express'\nconst app = express(\napp.listen(\n` }],
  ['types', { 'index.ts': `import type express from 'koa'\nlet app: express\napp.listen(1)\n` }],
  ['routers', { 'index.js': `const { Router } = require('express')\nconst r = Router()\nr.listen(1)\n` }],
  [
    'http.createServer(app) of something else',
    { 'index.js': `const http = require('http')\nconst s = http.createServer(app)\ns.listen(1)\n` },
  ],
] as const)('%s are no servers', (_, files) => {
  expect(servers(files)).toEqual([])
})

test('http.createServer beside a framework only carries it', () => {
  const code = `const http = require('http')\nconst server = http.createServer((q, s) => app(q, s))\nconst express = require('express')\nconst app = express()\nserver.listen(1)\n`
  expect(servers({ 'a/index.js': code })).toEqual(['a a/index express app'])
})
