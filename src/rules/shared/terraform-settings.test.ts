import { describe, expect, test } from 'vitest'
import { Place } from '../../resources/place.ts'
import { readEstate } from '../../resources/read.ts'
import { auditProject, planProject } from '../../testing/index.ts'
import { flagRule, isThere, presenceRule, settingsAt } from './terraform-settings.ts'

const nested = flagRule({
  id: 'nested-flag',
  title: 'The flag is on',
  severity: 'low',
  severityReason: 'It is a test.',
  controls: ['CM-6'],
  sameAs: [],
  resources: ['aws_thing'],
  path: 'outer.inner.enabled',
  wanted: true,
  message: 'It is {value}.',
  remediation: 'Switch it on.',
  fix: { fixer: 'thing', rank: 'E', title: 'Switch it on', minutes: 1, value: true },
})

const present = presenceRule({
  id: 'present-thing',
  title: 'It is there',
  severity: 'low',
  severityReason: 'It is a test.',
  controls: ['CM-6'],
  sameAs: [],
  resources: ['aws_thing'],
  path: 'key',
  message: 'It is missing.',
  remediation: 'Set it.',
})

function fixed(path: string, text: string): string | undefined {
  return planProject({ files: { [path]: text }, rules: [nested] }).files.get(path)
}

function thing(text: string): Place {
  const [resource] = readEstate({ files: new Map([['main.tf', text]]), vendored: new Map() }).ofType('aws_thing')
  if (resource === undefined) throw new Error('no resource')
  return Place.of(resource)
}

describe('blocks that are missing on the way are added', () => {
  test('all of them', () => {
    expect(fixed('main.tf', 'resource "aws_thing" "t" {\n  a = 1\n}\n')).toBe(
      'resource "aws_thing" "t" {\n  a = 1\n\n  outer {\n    inner {\n      enabled = true\n    }\n  }\n}\n',
    )
  })

  test('the inner one', () => {
    expect(fixed('main.tf', 'resource "aws_thing" "t" {\n  outer {\n    a = 1\n  }\n}\n')).toBe(
      'resource "aws_thing" "t" {\n  outer {\n    a = 1\n\n    inner {\n      enabled = true\n    }\n  }\n}\n',
    )
  })

  test('in JSON syntax', () => {
    const text = fixed('main.tf.json', '{"resource": {"aws_thing": {"t": {"a": 1}}}}')
    const parsed: unknown = JSON.parse(text ?? '')
    expect(parsed).toMatchObject({ resource: { aws_thing: { t: { a: 1, outer: { inner: { enabled: true } } } } } })
  })

  test('not in a dynamic block that may not be there', () => {
    const text =
      'variable "v" {}\nresource "aws_thing" "t" {\n  dynamic "outer" {\n    for_each = var.v\n    content {}\n  }\n}\n'
    const { result } = auditProject({ files: { 'main.tf': text }, rules: [nested] })
    expect(result.findings).toEqual([])
    expect(result.undecided).toHaveLength(1)
  })
})

test('a path leads to each block of a type, and tells where there may be more', () => {
  const place = thing(
    'variable "v" {}\nresource "aws_thing" "t" {\n  rule {\n    a = 1\n  }\n  rule {\n    a = 2\n  }\n  list = var.v\n}\n',
  )
  expect(settingsAt(place, 'rule.*.a').places.map((at) => at.pathText)).toEqual(['rule[0].a', 'rule[1].a'])
  expect(settingsAt(place, 'list.*.a').open.map((at) => at.pathText)).toEqual(['list'])
  expect(settingsAt(place, 'absent.*.a')).toEqual({ places: [], open: [] })
})

test('what is empty is not there', () => {
  const place = thing(
    'variable "v" {}\nresource "aws_thing" "t" {\n  a = ""\n  b = []\n  c = null\n  d = "x"\n  e = var.v\n  f {}\n}\n',
  )
  const found = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => isThere(place.get(name)))
  expect(found).toEqual(['no', 'no', 'no', 'yes', 'unknown', 'yes', 'no'])
})

test("a variable's validation may prove that something is there", () => {
  const variable = (condition: string): string =>
    `variable "k" {\n  type = string\n  nullable = false\n  validation {\n    condition = ${condition}\n    error_message = "No."\n  }\n}\n` +
    'resource "aws_thing" "t" {\n  key = var.k\n}\n'
  const verdicts = ['var.k != ""', 'length(var.k) < 9'].map((condition) => {
    const { result } = auditProject({ files: { 'main.tf': variable(condition) }, rules: [present] })
    return [result.passed.length, result.undecided.length]
  })
  expect(verdicts).toEqual([
    [1, 0],
    [0, 1],
  ])
})
