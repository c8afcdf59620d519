import { testRule } from '../../testing/index.ts'
import rule from './source-hsts.ts'

const BARE = `import express from 'express'
const app = express()
app.get('/', (_, res) => res.send('hi'))
app.listen(8080)
`
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example.com], secretName: shop-tls}]
`

testRule(rule, {
  valid: [
    { name: 'helmet', code: { 'src/index.js': `import helmet from 'helmet'\n${BARE}app.use(helmet())\n` } },
    {
      name: 'helmet with other options, in another file of the package',
      code: {
        'package.json': '{"name": "shop"}',
        'src/index.js': BARE,
        'src/security.js': `const helmet = require('helmet')\nmodule.exports = helmet({ frameguard: false })\n`,
      },
    },
    {
      name: 'the header by hand',
      code: {
        'server.cjs': `const express = require('express')\nconst app = express()\napp.use((q, r, n) => { r.set('strict-transport-security', 'max-age=1'); n() })\napp.listen(1)\n`,
      },
    },
    { name: 'the ingress ends TLS', code: { 'src/index.js': BARE, 'ingress.yaml': INGRESS } },
    {
      name: 'the load balancer sends it',
      code: {
        'src/index.js': BARE,
        'main.tf': `resource "aws_lb_listener" "https" {\n  protocol = "HTTPS"\n  routing_http_response_strict_transport_security_header_value = "max-age=31536000"\n}\n`,
      },
    },
    {
      name: 'a web server in front',
      code: { 'src/index.js': BARE, 'nginx.conf': 'add_header Strict-Transport-Security "max-age=1";' },
    },
  ],
  undecided: [
    {
      name: 'options from elsewhere',
      code: { 'index.js': `import helmet from 'helmet'\n${BARE}app.use(helmet(options))\n` },
    },
  ],
  invalid: [
    {
      name: 'Express',
      code: { 'package.json': '{"name": "shop"}', 'src/index.js': BARE },
      problems: [{ message: 'missing', at: '2:13-2:22' }],
      output: null,
    },
    {
      name: 'told not to',
      code: { 'src/index.js': `import helmet from 'helmet'\n${BARE}app.use(helmet({ hsts: false }))\n` },
      problems: [{ message: 'missing', at: '3:13-3:22' }],
      output: null,
    },
    {
      name: 'Fastify, Koa and plain http',
      code: {
        'a/index.ts': `import Fastify from 'fastify'\nconst server = Fastify({ logger: true })\nawait server.listen({ port: 1 })\n`,
        'b/index.js': `const Koa = require('koa')\nconst app = new Koa()\napp.listen(1)\n`,
        'c/index.mjs': `import { createServer } from 'node:http'\ncreateServer((q, s) => s.end()).listen(1)\n`,
      },
      problems: [
        { message: 'missing', at: '2:16-2:41' },
        { message: 'missing', at: '2:13-2:22' },
        { message: 'missing', at: '2:1-2:42' },
      ],
      output: null,
    },
    {
      name: 'an application in one file, the port in another',
      code: {
        'package.json': '{}',
        'src/app.ts': `import express, { type Express } from 'express'\nexport const app: Express = express()\n`,
        'src/main.ts': `import { app } from './app'\napp.listen(80)\n`,
      },
      problems: [{ message: 'missing', at: '2:29-2:38' }],
      output: null,
    },
  ],
})
