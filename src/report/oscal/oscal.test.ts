import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { FRAMEWORKS } from '../../compliance/frameworks/index.ts'
import { comply } from '../../compliance/comply.ts'
import { audit, context, finding, verdict } from '../../compliance/audit.testkit.ts'
import { oscalDocuments } from './documents.ts'
import { uuidOf } from './uuid.ts'

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../../test/schemas/oscal-complete-schema-1.1.3.json', import.meta.url), 'utf8'),
)

const found = audit({
  findings: [
    finding('s3-no-public-acl', 'aws_s3_bucket.a["x y"]'),
    finding('rds-not-public', 'module.b.aws_db_instance.a'),
  ],
  passed: [verdict('rds-storage-encrypted', 'aws_db_instance.a')],
  undecided: [{ ...verdict('vpc-flow-logs', 'aws_vpc.main'), reason: 'var.x is unknown' }],
})

function documentsFor(id: string, of = found): ReadonlyMap<string, object> {
  const framework = FRAMEWORKS.find((one) => one.id === id)
  if (framework === undefined) throw new Error(id)
  return oscalDocuments({ result: comply(framework, of, context()), audit: of, project: 'shop' })
}

test.each(FRAMEWORKS.map(({ id }) => id))("documents of %s are valid by NIST's schema", (id) => {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }))
  const validate = ajv.compile(schema as object)
  for (const [name, document] of [...documentsFor(id), ...documentsFor(id, audit({}))]) {
    validate(document)
    expect(validate.errors ?? [], name).toEqual([])
  }
})

test('every reference inside and between the documents resolves, and the bytes are the same again', () => {
  const documents = documentsFor('pci-dss-4.0.1')
  const text = JSON.stringify([...documents])
  const ids = [...text.matchAll(/"uuid":"([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, id] of text.matchAll(/"(?:observation-uuid|subject-uuid)":"([^"]+)"/g)) expect(ids).toContain(id)
  for (const [, file] of text.matchAll(/"(?:href|source)":"(oscal-[^"]+)"/g))
    expect([...documents.keys()]).toContain(file)
  for (const [, id] of text.matchAll(/"href":"#([^"]+)"/g)) expect(ids).toContain(id)
  expect(JSON.stringify([...documentsFor('pci-dss-4.0.1')])).toBe(text)
})

test('what is partly there is not satisfied, and says why', () => {
  const text = JSON.stringify([...documentsFor('pci-dss-4.0.1')])
  expect(text).toContain('"state":"not-satisfied"')
  expect(text).not.toMatch(/"title":"[^"]*: (?:PARTIAL|READY|NOT TESTED|FAIL)"[^{}]*"state":"satisfied"/)
})

test('UUIDs are of version 5 and of the variant of RFC 9562', () => {
  expect(uuidOf('a', 'b')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(uuidOf('a', 'b')).not.toBe(uuidOf('ab'))
})
