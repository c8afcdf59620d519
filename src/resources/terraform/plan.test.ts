import { expect, test } from 'vitest'
import { Place } from '../place.ts'
import { Estate } from '../estate.ts'
import { isPlan, readPlan } from './plan.ts'
import { plain } from './testing.ts'

const plan = {
  format_version: '1.2',
  planned_values: {
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket.b["x"]',
          mode: 'managed',
          type: 'aws_s3_bucket',
          name: 'b',
          index: 'x',
          values: { bucket: 'logs', tags: null, versioning: [{ enabled: true }], policy: '{"Statement":[]}' },
        },
        {
          address: 'aws_s3_bucket_acl.a',
          mode: 'managed',
          type: 'aws_s3_bucket_acl',
          name: 'a',
          values: { acl: 'private' },
        },
      ],
      child_modules: [
        {
          address: 'module.db[0]',
          resources: [
            {
              address: 'module.db[0].aws_db_instance.this',
              mode: 'managed',
              type: 'aws_db_instance',
              name: 'this',
              values: { password: 'hidden', ports: [1, null] },
            },
            { address: 'module.db[0].data.aws_region.r', mode: 'data', type: 'aws_region', name: 'r', values: {} },
          ],
        },
      ],
    },
  },
  prior_state: {
    values: {
      root_module: {
        resources: [
          { address: 'aws_s3_bucket.gone', mode: 'managed', type: 'aws_s3_bucket', name: 'gone', values: {} },
          { address: 'data.aws_region.r', mode: 'data', type: 'aws_region', name: 'r', values: { name: 'eu' } },
        ],
      },
    },
  },
  resource_changes: [
    { address: 'aws_s3_bucket.b["x"]', change: { after_unknown: { id: true, versioning: [{}] }, after_sensitive: {} } },
    { address: 'aws_s3_bucket_acl.a', change: { after_unknown: { bucket: true }, after_sensitive: {} } },
    {
      address: 'module.db[0].aws_db_instance.this',
      change: { after_unknown: { ports: [false, true] }, after_sensitive: { password: true } },
    },
  ],
  configuration: {
    root_module: {
      resources: [
        {
          address: 'aws_s3_bucket_acl.a',
          expressions: {
            bucket: { references: ['aws_s3_bucket.b["x"].id', 'aws_s3_bucket.b["x"]', 'aws_s3_bucket.b'] },
          },
        },
      ],
      module_calls: {
        db: { module: { resources: [{ address: 'aws_db_instance.this', expressions: { x: { constant_value: 1 } } }] } },
      },
    },
  },
}

test('a plan gives resources with the same addresses, values and references', () => {
  const resources = readPlan('plans/plan.json', JSON.stringify(plan)) ?? []
  expect(resources.map(({ address, baseAddress, root, type }) => [address, baseAddress, root, type])).toEqual([
    ['aws_s3_bucket.b["x"]', 'aws_s3_bucket.b', 'plans', 'aws_s3_bucket'],
    ['aws_s3_bucket_acl.a', 'aws_s3_bucket_acl.a', 'plans', 'aws_s3_bucket_acl'],
    ['module.db[0].aws_db_instance.this', 'module.db[0].aws_db_instance.this', 'plans', 'aws_db_instance'],
    ['module.db[0].data.aws_region.r', 'module.db[0].data.aws_region.r', 'plans', 'data.aws_region'],
    ['data.aws_region.r', 'data.aws_region.r', 'plans', 'data.aws_region'],
  ])
  const [bucket, acl, database] = resources
  expect(plain(bucket?.value)).toEqual({
    bucket: 'logs',
    tags: null,
    versioning: [{ enabled: true }],
    policy: '{"Statement":[]}',
    id: { unknown: 'aws_s3_bucket.b["x"] is known after apply' },
  })
  if (bucket === undefined || acl === undefined || database === undefined) throw new Error('missing resources')
  expect(plain(Place.of(bucket).get('policy').decoded().value)).toEqual({ Statement: [] })
  expect(plain(database.value)).toEqual({
    password: 'hidden',
    ports: [1, { unknown: 'module.db[0].aws_db_instance.this is known after apply' }],
  })
  expect(database.value.entries.get('password')?.sensitive).toBe(true)
  expect(bucket.source).toBeUndefined()
  const { text } = bucket.header.document
  expect(text.slice(bucket.header.span.start, bucket.header.span.end)).toBe('"aws_s3_bucket.b[\\"x\\"]"')

  const parts = {
    resources,
    documents: new Map(),
    diagnostics: [],
    unavailableModules: [],
    files: new Map(),
    folders: new Map(),
  }
  const companions = new Estate(parts).companions(bucket, 'aws_s3_bucket_acl', 'bucket')
  expect(companions.certain.map(({ resource }) => resource.address)).toEqual(['aws_s3_bucket_acl.a'])
})

test('a state counts as well, other JSON does not', () => {
  const state = { values: { root_module: { resources: plan.planned_values.root_module.resources } } }
  expect(readPlan('state.json', JSON.stringify(state))?.map(({ root }) => root)).toEqual(['.', '.'])
  expect(isPlan(state)).toBe(true)
  expect(isPlan({ values: {} })).toBe(false)
  expect(readPlan('x.json', '{"a": 1}')).toBeUndefined()
  expect(readPlan('x.json', '{broken')).toBeUndefined()
})
