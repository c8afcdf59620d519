import { expect, test } from 'vitest'
import { isCommit, isOpenEnded, isVersionTag, moduleSource } from './terraform-module-sources.ts'

test.each([
  ['./network', { kind: 'local' }],
  ['../../modules/vpc', { kind: 'local' }],
  ['..', { kind: 'local' }],
  ['terraform-aws-modules/vpc/aws', { kind: 'registry' }],
  ['terraform-aws-modules/iam/aws//modules/iam-role', { kind: 'registry' }],
  ['app.terraform.io/example/vpc/aws', { kind: 'registry' }],
  ['github.com/example/vpc', { kind: 'git', ref: undefined }],
  ['github.com/example/vpc//modules/a?ref=v1.0.0', { kind: 'git', ref: 'v1.0.0' }],
  ['git@github.com:example/vpc.git', { kind: 'git', ref: undefined }],
  ['git::ssh://git@example.com/vpc.git?depth=1&ref=main', { kind: 'git', ref: 'main' }],
  ['git::https://example.com/vpc?ref=', { kind: 'git', ref: undefined }],
  ['https://example.com/vpc.git', { kind: 'git', ref: undefined }],
  ['bitbucket.org/example/vpc', { kind: 'git', ref: undefined }],
  ['https://example.com/vpc.zip', { kind: 'archive' }],
  ['s3::https://s3-eu-west-1.amazonaws.com/modules/vpc.zip', { kind: 'archive' }],
  ['gcs::https://www.googleapis.com/storage/v1/modules/vpc.zip', { kind: 'archive' }],
])('%s', (text, expected) => {
  expect(moduleSource(text)).toEqual(expected)
})

test('a whole or abbreviated hash is a commit', () => {
  expect(['0123456789abcdef0123456789abcdef01234567', '9facf9f', '1EAF3C9', 'c5dd61c57db2'].map(isCommit)).toEqual(
    Array(4).fill(true),
  )
  const others = ['0123456', '20260101', 'facade', 'deadbeef', '9facf9', 'g123456789abcdef0123456789abcdef01234567']
  expect(others.map(isCommit)).toEqual(others.map(() => false))
})

test.each(['v1.2.3', '1.4', 'vpc/v2.0.1', 'release-3.1.0', '1.0.0-rc.1', 'v1.2.3+build.5'])(
  '%s is a version',
  (ref) => {
    expect(isVersionTag(ref)).toBe(true)
  },
)

test.each(['main', 'v2', 'feature/tls-1.2-only', 'HEAD'])('%s is none', (ref) => {
  expect(isVersionTag(ref)).toBe(false)
})

test('constraints without an upper bound', () => {
  expect(['>= 1.0', '> 1.0', '>= 1.0, != 1.2', ''].map(isOpenEnded)).toEqual([true, true, true, true])
  expect(['1.0.0', '= 1.0.0', '~> 1.0', '>= 1.0, < 2.0', '<= 2.0'].map(isOpenEnded)).toEqual(Array(5).fill(false))
})
