import { describe, expect, test } from 'vitest'
import type { TerraformResource } from './resource.ts'
import { readEstate } from './read.ts'

const estate = (text: string) => readEstate({ files: new Map([['main.tf', text]]), vendored: new Map() })

/** Addresses of the versioning of the bucket `b`: certain, then possible. */
function versioning(text: string): [string[], string[]] {
  const read = estate(text)
  const [bucket] = read.terraform('aws_s3_bucket').filter(({ name }: TerraformResource) => name === 'b')
  if (bucket === undefined) throw new Error('no bucket b')
  const { certain, possible } = read.companions(bucket, 'aws_s3_bucket_versioning', 'bucket')
  const addresses = (places: typeof certain): string[] => places.map(({ resource }) => resource.address)
  return [addresses(certain), addresses(possible)]
}

const FOUND = [['aws_s3_bucket_versioning.v'], []]
const MAYBE = [[], ['aws_s3_bucket_versioning.v']]

describe('companions', () => {
  test.each([
    [
      'by reference',
      'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_versioning" "v" {\n  bucket = aws_s3_bucket.b.id\n}',
      FOUND,
    ],
    [
      'by name',
      'resource "aws_s3_bucket" "b" {\n  bucket = "n"\n}\nresource "aws_s3_bucket_versioning" "v" {\n  bucket = "n"\n}',
      FOUND,
    ],
    [
      'of another bucket',
      'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket" "c" {}\nresource "aws_s3_bucket_versioning" "v" {\n  bucket = aws_s3_bucket.c.id\n}',
      [[], []],
    ],
    [
      'by an unknown name',
      'variable "x" {}\nresource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_versioning" "v" {\n  bucket = var.x\n}',
      MAYBE,
    ],
    [
      'behind the same unknown count',
      'variable "n" {}\nresource "aws_s3_bucket" "b" {\n  count = var.n\n}\nresource "aws_s3_bucket_versioning" "v" {\n  count  = var.n\n  bucket = aws_s3_bucket.b[count.index].id\n}',
      FOUND,
    ],
    [
      'behind a condition of its own',
      'variable "n" {}\nresource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_versioning" "v" {\n  count  = var.n ? 1 : 0\n  bucket = aws_s3_bucket.b.id\n}',
      MAYBE,
    ],
    [
      'for each of the buckets',
      'variable "n" {}\nresource "aws_s3_bucket" "b" {\n  for_each = var.n\n}\nresource "aws_s3_bucket_versioning" "v" {\n  for_each = aws_s3_bucket.b\n  bucket   = each.value.id\n}',
      FOUND,
    ],
    [
      'switched off',
      'resource "aws_s3_bucket" "b" {}\nresource "aws_s3_bucket_versioning" "v" {\n  count  = 0\n  bucket = aws_s3_bucket.b.id\n}',
      [[], []],
    ],
  ])('%s', (_name, text, want) => {
    expect(versioning(text)).toEqual(want)
  })
})

test('a plan beside its configuration is read only if it is named', () => {
  const plan = JSON.stringify({
    format_version: '1.2',
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_s3_bucket.b',
            mode: 'managed',
            type: 'aws_s3_bucket',
            name: 'b',
            values: { bucket: 'planned' },
          },
        ],
      },
    },
  })
  const files = new Map([
    ['main.tf', 'resource "aws_s3_bucket" "b" {}\n'],
    ['plan.json', plan],
  ])
  const both = readEstate({ files, vendored: new Map() })
  const named = readEstate({ files, vendored: new Map() }, { named: 'plan.json' })
  expect(both.resources.map(({ header }) => header.document.path)).toEqual(['main.tf'])
  expect(named.resources.map(({ header }) => header.document.path)).toEqual(['plan.json'])
})
