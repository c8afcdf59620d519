import { testRule } from '../../testing/index.ts'
import rule from './source-health-routes.ts'

const HEAD = `const express = require('express')\nconst app = express()\napp.listen(80)\n`

testRule(rule, {
  valid: [
    { name: 'both', code: { 'index.js': `${HEAD}app.get('/healthz', ok)\napp.get('/readyz', ok)\n` } },
    {
      name: 'on a router in another file, below a prefix',
      code: {
        'package.json': '{}',
        'index.js': `${HEAD}app.use('/api', require('./probes'))\n`,
        'probes.js': `router.get('/internal/health', ok)\nrouter.get("/health/ready", ok)\n`,
      },
    },
  ],
  undecided: [],
  invalid: [
    {
      name: 'neither',
      code: { 'index.js': `${HEAD}app.get('/healthy-food', ok)\napp.get('/already', ok)\n` },
      problems: [
        { message: 'liveness', at: '2:13-2:22' },
        { message: 'readiness', at: '2:13-2:22' },
      ],
      output: null,
    },
    {
      name: 'liveness only',
      code: { 'index.js': `${HEAD}app.get('/health', ok)\n` },
      problems: [{ message: 'readiness', at: '2:13-2:22' }],
      output: null,
    },
  ],
})
