import { describe, expect, test } from 'vitest'
import { fixed, OWN_RULES, planned, refusals } from '../project.test-helper.ts'

const RULES = OWN_RULES.filter(({ kind }) => kind === 'source')

const DB_ES = `import pg from 'pg';

export const pool = new pg.Pool();
`

function approved(files: Record<string, string>): Promise<Record<string, string>> {
  return fixed(files, {}, RULES)
}

describe('Express', () => {
  test('ES modules in TypeScript, with a database in another file', async () => {
    const after = await approved({
      'api/package.json': '{"name": "api", "type": "module"}',
      'api/src/db.ts': DB_ES,
      'api/src/routes.ts': `import { pool } from './db.js';\nexport const all = () => pool.query('select * from a');\n`,
      'api/src/index.ts': `import express from 'express';
import { all } from './routes.js';

const app = express();
app.set('trust proxy', 1); // the load balancer

// Bodies are small.
app.use(express.json());

app.get('/', async (_request, response) => {
  response.json(await all());
});

app.listen(8080);
`,
    })
    expect(after['api/src/index.ts']).toMatchSnapshot()
    expect(after['api/src/db.ts']).toBe(DB_ES)
  })

  test('CommonJS, double quotes, no semicolons, tabs, CRLF, a client by another name', async () => {
    const text = `const express = require("express")
const db = require("./db")

function start() {
	const server = express()
	const name = server.get("title")

	server.use(express.json())
	server.get("/", (req, res) => res.send(name + db))
	return server
}

start().listen(3000)
`
    const after = await approved({
      'index.js': text.replaceAll('\n', '\r\n'),
      'db.js': `const mysql = require("mysql2")\nconst client = mysql.createPool({})\nmodule.exports = client\n`,
    })
    expect(after['index.js']).not.toMatch(/[^\r]\n/)
    expect(after['index.js']?.replaceAll('\r\n', '\n')).toMatchSnapshot()
  })

  test('the database is in the same file, beside another', async () => {
    const after = await approved({
      'index.mjs': `import express from 'express'
import { createClient } from 'redis'
import { PrismaClient } from '@prisma/client'

const prisma = new PrismaClient()
const cache = createClient()
const app = express()
export default app
app.listen(1)
`,
    })
    expect(after['index.mjs']).toContain('    await cache.ping()\n')
    expect(after['index.mjs']).toContain('    await prisma.$queryRaw`select 1`\n')
    expect(after['index.mjs']).toMatchSnapshot()
  })

  test('mongoose is asked by its connection', async () => {
    const after = await approved({
      'app.js': `const express = require('express');\nconst mongoose = require('mongoose');\nmongoose.connect(url);\nconst app = express();\napp.listen(1);\n`,
    })
    expect(after['app.js']).toContain('if (mongoose.connection.readyState !== 1) throw')
  })

  test('without a database there is nothing to ask', async () => {
    const after = await approved({
      'app.js': `const express = require('express')\nconst app = express()\napp.listen(1)\n`,
    })
    expect(after['app.js']).toBe(`const express = require('express')
const app = express()

app.use((_request, response, next) => {
  response.setHeader('Strict-Transport-Security', 'max-age=31536000')
  next()
})

app.get('/health', (_request, response) => {
  response.json({ status: 'ok' })
})

app.get('/ready', (_request, response) => {
  response.json({ status: 'ready' })
})

app.listen(1)
`)
  })

  test('what is there stays: helmet, and a route', async () => {
    const after = await approved({
      'app.js': `const express = require('express');\nconst helmet = require('helmet');\nconst app = express();\napp.use(helmet({ hsts: false, noSniff: true })); // TLS comes later\napp.get('/healthz', (q, r) => r.end());\napp.listen(1);\n`,
    })
    expect(after['app.js']).toContain(
      'helmet({ hsts: { maxAge: 31536000, includeSubDomains: false }, noSniff: true })); // TLS comes later',
    )
    expect(after['app.js']).not.toContain("'/health'")
    expect(after['app.js']).toContain("app.get('/ready'")
    expect(after['app.js']).not.toContain('setHeader')
  })

  test('a name that is taken is not shadowed', async () => {
    const after = await approved({
      'package.json': '{}',
      'db.ts': DB_ES,
      'load.ts': `import './db';\n`,
      'app.ts': `import express from 'express';\nimport './load';\nconst pool = 3;\nconst app = express();\napp.listen(pool);\n`,
    })
    expect(after['app.ts']).toContain(`import { pool as databaseClient } from './db';`)
    expect(after['app.ts']).toContain(`await databaseClient.query('select 1');`)
  })

  test('a database that the server does not load is not asked', async () => {
    const after = await approved({
      'package.json': '{}',
      'job.js': `const { Pool } = require('pg');\nconst pool = new Pool();\n`,
      'app.js': `const express = require('express');\nconst app = express();\napp.listen(1);\n`,
    })
    expect(after['app.js']).not.toContain('pool')
  })
})

describe('ranks and refusals', () => {
  test('routes are for everybody to read, the header is held', () => {
    const plan = planned(
      { 'app.js': `const express = require('express')\nconst app = express()\napp.listen(1)\n` },
      'none',
      {},
      RULES,
    )
    expect(plan.applied.map(({ judged }) => judged.finding.rank)).toEqual(['D', 'D'])
    expect(plan.held.map(({ finding }) => [finding.rank, finding.ruleId])).toEqual([['C', 'source-hsts']])
  })

  test.each([
    [
      'Fastify',
      `import Fastify from 'fastify'\nconst app = Fastify()\nawait app.listen({ port: 1 })\n`,
      'fastify is not written yet',
    ],
    [
      'no variable',
      `const http = require('http')\nmodule.exports = () => { return require('express')() }\nhttp.x.listen(1)\n`,
      'not kept in a variable',
    ],
    [
      'a client that is not exported',
      `const express = require('express')\nrequire('./db')\nconst app = express()\napp.listen(1)\n`,
      'is not exported',
    ],
    [
      'a client that we do not know',
      `const express = require('express')\nconst sql = require('mssql')\nconst app = express()\napp.listen(1)\n`,
      'write /ready by hand',
    ],
  ])('%s', (_, code, reason) => {
    const files = {
      'package.json': '{}',
      'app.js': code,
      'db.js': `const { Pool } = require('pg')\nconst pool = new Pool()\nexports.query = (q) => pool.query(q)\n`,
    }
    const plan = planned(files, 'B', {}, RULES)
    expect(refusals(plan).join('\n')).toContain(reason)
    expect(plan.after.result.errors).toEqual([])
  })
})
