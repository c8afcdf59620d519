import { expect, test } from 'vitest'
import { readEstate } from '../read.ts'
import { awsProviderMajors } from './aws-provider.ts'

const bucket = 'resource "aws_s3_bucket" "b" {}\n'
const requires = (inner: string): string => `terraform {\n  required_providers {\n    aws = ${inner}\n  }\n}\n`

function majors(files: Record<string, string>, locks: Record<string, string> = {}): readonly number[] {
  const estate = readEstate({ files: new Map(Object.entries(files)), vendored: new Map() })
  const [resource] = estate.terraform('aws_s3_bucket')
  return resource === undefined ? [-1] : awsProviderMajors(resource, estate, new Map(Object.entries(locks)))
}

test.each([
  ['~> 5.0', [5]],
  ['~> 5.31.0', [5]],
  ['~> 5', [5, 6]],
  ['>= 4.0', [4, 5, 6]],
  ['>= 4.9, < 6.0', [4, 5]],
  ['< 6.0.0', [4, 5]],
  ['<= 5.0', [4, 5]],
  ['5.31.0', [5]],
  ['= 7.1.0', [6]],
  ['> 4.67, != 5.0.1', [4, 5, 6]],
  ['~> 3.0', []],
])('%s leaves %j', (version, expected) => {
  expect(
    majors({ 'main.tf': bucket, 'versions.tf': requires(`{ source = "hashicorp/aws", version = "${version}" }`) }),
  ).toEqual(expected)
})

test('without a constraint every major is possible; the lock file settles it', () => {
  expect(majors({ 'main.tf': bucket })).toEqual([4, 5, 6])
  const lock =
    'provider "registry.terraform.io/hashicorp/aws" {\n  version     = "5.31.0"\n  constraints = ">= 4.0.0"\n}\n'
  expect(majors({ 'main.tf': bucket }, { '.': lock })).toEqual([5])
  expect(majors({ 'main.tf': bucket }, { '.': lock.replace('5.31.0', '3.76.1') })).toEqual([])
})

test('both the module and its root module have a say; the old spelling and another provider are known', () => {
  const module = 'module "m" {\n  source = "./m"\n}\n'
  expect(majors({ 'main.tf': module + requires('"~> 5.0"'), 'm/main.tf': bucket + requires('">= 4.0"') })).toEqual([5])
  expect(majors({ 'main.tf': bucket + requires('{ source = "example/aws" }') })).toEqual([])
})
