import { expect, test } from 'vitest'
import { call, check, ERROR, plainOf, unknown, UNKNOWN } from './test-support.ts'

// Expected results are those of Terraform 1.11.
check([
  ['basename', ['a/b/'], 'b'],
  ['basename', [''], '.'],
  ['basename', ['/'], '/'],
  ['basename', ['a/..'], '..'],
  ['basename', ['a/.'], '.'],
  ['basename', ['//a'], 'a'],
  ['basename', ['a/b.txt'], 'b.txt'],
  ['dirname', ['a/b/c.txt'], 'a/b'],
  ['dirname', ['a'], '.'],
  ['dirname', ['/a'], '/'],
  ['dirname', ['a/b/'], 'a/b'],
  ['dirname', [''], '.'],
  ['dirname', ['a//b/../c'], 'a'],
  ['dirname', ['/'], '/'],
  ['dirname', ['/a/'], '/a'],
  ['dirname', ['../a'], '..'],
  ['dirname', ['/a/b'], '/a'],
  ['pathexpand', ['a/b'], 'a/b'],
  ['pathexpand', ['/a'], '/a'],
  ['pathexpand', ['.'], '.'],
])

// Paths and files of the module in test-support.ts.
check([
  ['file', ['policy.json'], '{"a":1}'],
  ['file', ['./policy.json'], '{"a":1}'],
  ['file', ['missing'], UNKNOWN],
  ['file', ['/etc/passwd'], UNKNOWN],
  ['file', ['binary'], UNKNOWN],
  ['filebase64', ['policy.json'], 'eyJhIjoxfQ=='],
  ['filebase64', ['binary'], UNKNOWN],
  ['filebase64', ['missing'], UNKNOWN],
  ['fileexists', ['policy.json'], true],
  ['fileexists', ['missing'], false],
  ['fileexists', ['~/.aws/credentials'], UNKNOWN],
  ['fileset', ['templates', '*.tftpl'], ['bye.tftpl', 'hello.tftpl']],
  ['fileset', ['.', 'templates/*.tftpl'], ['templates/bye.tftpl', 'templates/hello.tftpl']],
  ['fileset', ['other', '*'], UNKNOWN],
  ['fileset', ['/etc', '*'], UNKNOWN],
  ['templatefile', ['templates/hello.tftpl', { name: 'you' }], 'hello you'],
  ['templatefile', ['templates/bye.tftpl', {}], 'bye'],
  ['templatefile', ['missing', {}], UNKNOWN],
  ['templatefile', ['templates/hello.tftpl', unknown()], UNKNOWN],
  ['templatefile', ['templates/hello.tftpl', 'x'], ERROR],
  ['templatestring', ['hi ${name}', { name: 'you' }], 'hi you'],
  ['templatestring', ['hi', {}], 'hi'],
  ['templatestring', [unknown(), {}], UNKNOWN],
  ['abspath', ['a'], UNKNOWN],
  ['abspath', ['/a/../b/'], '/b'],
  ['abspath', [null], ERROR],
  ['pathexpand', ['~/x'], UNKNOWN],
])

test.each([
  ['filemd5', 'md5'],
  ['filesha1', 'sha1'],
  ['filesha256', 'sha256'],
  ['filesha512', 'sha512'],
  ['filebase64sha256', 'base64sha256'],
  ['filebase64sha512', 'base64sha512'],
])('%s is %s of the content', (ofFile, ofText) => {
  expect(call(ofFile, 'policy.json')).toEqual(call(ofText, '{"a":1}'))
  expect(plainOf(call(ofFile, 'missing'))).toBe(UNKNOWN)
  expect(plainOf(call(ofFile, null))).toBe(ERROR)
})
