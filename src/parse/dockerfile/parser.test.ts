import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDockerfile } from './parser.ts'

test('reads the stages with their users, ports, folders and volumes', () => {
  const text = `# syntax=docker/dockerfile:1
ARG NODE=22-alpine
FROM --platform=linux/amd64 node:\${NODE} AS build
WORKDIR /src
FROM build AS check
USER 10001:10001
FROM node:\${NODE:-20}
ENV APP_USER=node
WORKDIR /app
VOLUME ["/app/uploads", "/app/cache"]
EXPOSE 8080 9090/tcp
USER root
USER \${APP_USER}
HEALTHCHECK --interval=5s CMD wget -qO- http://localhost:8080/health
`
  const file = parseDockerfile('Dockerfile', text)
  expect(file.diagnostics).toEqual([])
  expect(file.stages.map((stage) => [stage.name, stage.from.value, stage.parent])).toEqual([
    ['build', 'node:22-alpine', undefined],
    ['check', 'build', 0],
    [undefined, 'node:22-alpine', undefined],
  ])
  const last = file.stages.at(-1)
  expect(last?.users.map((user) => user.value)).toEqual(['root', 'node'])
  expect(last?.volumes.map((volume) => volume.value)).toEqual(['/app/uploads', '/app/cache'])
  expect(last?.exposes.map((port) => port.value)).toEqual(['8080', '9090/tcp'])
  expect(last?.healthcheck?.none).toBe(false)
  const user = last?.users.at(-1)
  expect(user && text.slice(user.span.start, user.span.end)).toBe('${APP_USER}')
})

test('a user that only the build knows has no value', () => {
  const file = parseDockerfile('Dockerfile', 'FROM alpine\nARG UID\nUSER ${UID}\n')
  expect(file.stages[0]?.users[0]).toMatchObject({ raw: '${UID}', value: undefined })
})

test('a byte order mark and Windows line ends do not move the spans', () => {
  const text = '\uFEFFFROM nginx:1.27\r\nUSER 101\r\n'
  const file = parseDockerfile('Dockerfile', text)
  const user = file.stages[0]?.users[0]
  expect(user && text.slice(user.span.start, user.span.end)).toBe('101')
})

test('here-documents do not stop the reading', () => {
  const text = 'FROM alpine\nRUN <<-EOF\n\techo hi\n\tEOF\nUSER 10001\nEXPOSE 80\n'
  expect(() => parseDockerfile('Dockerfile', text)).not.toThrow()
  const plain = parseDockerfile('Dockerfile', 'FROM alpine\nRUN <<EOF\nUSER nobody\nEOF\nUSER 10001\n')
  expect(plain.stages[0]?.users.map((user) => user.value)).toEqual(['10001'])
})

test('HEALTHCHECK NONE is told from a health check', () => {
  expect(parseDockerfile('Dockerfile', 'FROM a\nHEALTHCHECK NONE').stages[0]?.healthcheck?.none).toBe(true)
})

test('a file without FROM says so', () => {
  expect(parseDockerfile('Dockerfile', 'RUN true\n').diagnostics[0]?.code).toBe('dockerfile-without-from')
})

test('never throws, and keeps its spans inside the text', () => {
  const piece = fc.constantFrom(
    'FROM ',
    'a',
    ' AS ',
    'b\n',
    'USER ',
    '$',
    '{X',
    '}',
    '\\\n',
    '<<-',
    'EOF',
    '\n',
    '\t',
    '["',
    '"]',
    'EXPOSE ',
    '#',
    '\r\n',
    'VOLUME ',
    'ARG X=1\n',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('')
      for (const stage of parseDockerfile('Dockerfile', text).stages) {
        for (const word of [stage.from, ...stage.users, ...stage.volumes, ...stage.exposes]) {
          expect(word.span.start).toBeGreaterThanOrEqual(0)
          expect(word.span.end).toBeLessThanOrEqual(text.length)
        }
      }
    }),
    { numRuns: 10_000 },
  )
})
