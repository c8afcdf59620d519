import { expect, test } from 'vitest'
import { dockerfileFor, OFFICIAL_IMAGES, officialImage, parseImage, readOwnImage } from './index.ts'
import { getRoutes } from './routes.ts'

test('takes references apart', () => {
  expect(parseImage('nginx')).toEqual({ registry: '', repository: 'nginx', tag: undefined, digest: undefined })
  expect(parseImage('localhost:5000/shop/backend:1.4@sha256:00ff')).toEqual({
    registry: 'localhost:5000',
    repository: 'shop/backend',
    tag: '1.4',
    digest: 'sha256:00ff',
  })
  expect(parseImage('docker.io/library/redis:7')).toMatchObject({
    registry: 'docker.io',
    repository: 'redis',
    tag: '7',
  })
  expect(parseImage('shop/backend')).toMatchObject({ registry: '', repository: 'shop/backend' })
  expect(parseImage('two words')).toBeUndefined()
})

test('knows published images, their mirrors and variants', () => {
  expect(officialImage('postgres:16')?.user).toEqual({ uid: 999, gid: 999 })
  expect(officialImage('postgres:16-alpine')?.user).toEqual({ uid: 70, gid: 70 })
  expect(officialImage('docker.io/library/redis:7-alpine')?.user).toEqual({ uid: 999, gid: 1000 })
  expect(officialImage('public.ecr.aws/docker/library/nginx:1.27')?.ports).toEqual([80])
  expect(officialImage('registry.example/redis:7')).toBeUndefined()
})

test('Postgres keeps its data one folder higher since version 18', () => {
  expect(officialImage('postgres:17.2')?.data).toEqual(['/var/lib/postgresql/data'])
  expect(officialImage('postgres:18')?.data).toEqual(['/var/lib/postgresql'])
  expect(officialImage('postgres')?.data).toEqual(['/var/lib/postgresql'])
})

test('every entry of the table is sound', () => {
  for (const facts of OFFICIAL_IMAGES) {
    expect(facts.writable.every((path) => path.startsWith('/'))).toBe(true)
    expect(facts.data.every((path) => facts.writable.includes(path))).toBe(true)
    expect(facts.starts === 'root' || facts.user !== undefined).toBe(true)
  }
  const names = OFFICIAL_IMAGES.flatMap((facts) => facts.names)
  expect(new Set(names).size).toBe(names.length)
})

test('finds the Dockerfile by folder, by suffix, by package name', () => {
  const files = new Map([
    ['backend/Dockerfile', ''],
    ['backend/Dockerfile.dev', ''],
    ['docker/Dockerfile.worker', ''],
    ['web/Dockerfile', ''],
    ['web/package.json', '{ "name": "@shop/frontend" }'],
  ])
  expect(dockerfileFor('registry.example/backend:1', files)).toBe('backend/Dockerfile')
  expect(dockerfileFor('shop-backend:1', files)).toBe('backend/Dockerfile')
  expect(dockerfileFor('worker', files)).toBe('docker/Dockerfile.worker')
  expect(dockerfileFor('frontend', files)).toBe('web/Dockerfile')
  expect(dockerfileFor('other', files)).toBeUndefined()
  expect(
    dockerfileFor(
      'app',
      new Map([
        ['a/app/Dockerfile', ''],
        ['b/app/Dockerfile', ''],
      ]),
    ),
  ).toBeUndefined()
})

test('reads the user of our own image, by number and by name of the base', () => {
  const named = readOwnImage(
    'a/Dockerfile',
    'FROM node:22-alpine\nWORKDIR /app\nWORKDIR data\nUSER node\nEXPOSE 3000\nVOLUME /up',
  )
  expect(named).toMatchObject({
    user: { uid: 1000 },
    setsUser: true,
    workdir: '/app/data',
    ports: [3000],
    volumes: ['/up'],
  })
  expect(readOwnImage('a/Dockerfile', 'FROM alpine\nUSER 10001:20001')?.user).toEqual({ uid: 10001, gid: 20001 })
  expect(readOwnImage('a/Dockerfile', 'FROM alpine\nRUN adduser app\nUSER app')).toMatchObject({
    user: undefined,
    setsUser: true,
  })
  expect(readOwnImage('a/Dockerfile', 'FROM nginx:1.27')?.user).toEqual({ uid: 0, gid: 0 })
  expect(readOwnImage('a/Dockerfile', 'FROM corp/base:1')?.user).toBeUndefined()
  expect(readOwnImage('a/Dockerfile', 'FROM alpine AS a\nUSER 10001\nFROM a\nCOPY x /x')?.user?.uid).toBe(10001)
})

test('proves routes through routers in other files', () => {
  const files = new Map([
    [
      'api/src/app.ts',
      "import express from 'express'\nimport health from './routes/health.js'\nconst app = express()\napp.use('/internal', health)\napp.get('/ready', ok)\napp.post('/post-only', ok)",
    ],
    [
      'api/src/routes/health.ts',
      "import { Router } from 'express'\nconst router = Router()\nrouter.get('/health', ok)\nexport default router",
    ],
    [
      'api/src/routes/unused.ts',
      "import { Router } from 'express'\nconst router = Router()\nrouter.get('/lost', ok)\nexport default router",
    ],
    ['api/test/app.test.ts', "import express from 'express'\nconst app = express()\napp.get('/test-only', ok)"],
    ['other/app.js', "const app = require('express')()\napp.get('/other', ok)"],
  ])
  expect(getRoutes('api', files).map((route) => route.path)).toEqual(['/ready', '/internal/health'])
})

test('proves routes of CommonJS, and survives routers that mount each other', () => {
  const files = new Map([
    ['server.js', "const express = require('express')\nconst app = express()\napp.use(require('./live'))\n"],
    [
      'live.js',
      "const router = require('express').Router()\nrouter.all('/live', ok)\nrouter.use('/again', require('./live'))\nmodule.exports = router",
    ],
  ])
  expect(getRoutes('.', files).map((route) => route.path)).toContain('/live')
})
