import { expect, test } from 'vitest'
import { z } from 'zod'
import { auditJson, complyJson, fixJson, runJson, validateJson } from './json.ts'
import { sampleAudit, sampleComply, sampleFix, sampleRun } from './sample.testkit.ts'

const keysOf = (text: string): string[] => Object.keys(z.looseObject({}).parse(JSON.parse(text)))

test('an audit has the keys of the contract, in its order', () => {
  const json = auditJson(sampleAudit)
  expect(keysOf(json)).toEqual([
    'schemaVersion',
    'tool',
    'project',
    'summary',
    'findings',
    'undecided',
    'errors',
    'diagnostics',
  ])
  expect(keysOf(auditJson(sampleAudit, { includePassed: true }))).toContain('passed')
  const [first] = z.looseObject({ findings: z.array(z.looseObject({})) }).parse(JSON.parse(json)).findings
  expect(Object.keys(first ?? {})).toEqual([
    'fingerprint',
    'ruleId',
    'aliases',
    'severity',
    'confidence',
    'rank',
    'title',
    'message',
    'remediation',
    'resource',
    'location',
    'controls',
    'requirements',
    'fix',
    'status',
    'sources',
  ])
  expect(json).toMatch(/^\{\n {2}"schemaVersion": "1.0",\n/)
  expect(json).toMatch(/\}\n$/)
})

test('the order of a result does not depend on how it was made', () => {
  const backwards = Object.fromEntries(Object.entries(sampleFix).reverse())
  expect(fixJson({ ...sampleFix, ...backwards })).toBe(fixJson(sampleFix))
  expect(keysOf(fixJson(sampleFix)).slice(0, 4)).toEqual(['runId', 'applied', 'held', 'refused'])
})

test('the other results begin with what the contract names', () => {
  const [comply] = sampleComply
  expect(comply && keysOf(complyJson(comply)).slice(0, 4)).toEqual(['framework', 'scores', 'requirements', 'exposure'])
  expect(keysOf(validateJson(sampleRun.validate)).slice(0, 5)).toEqual(['before', 'after', 'fixed', 'remaining', 'new'])
  expect(keysOf(runJson(sampleRun))).toEqual(['audit', 'fix', 'validate', 'comply'])
})
