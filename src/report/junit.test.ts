import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { audit, finding, resource, verdict } from '../compliance/audit.testkit.ts'
import { visibleLines } from './escape.ts'
import { renderJunit } from './junit.ts'

interface Element {
  readonly name: string
  readonly attributes: Record<string, string>
  readonly children: Element[]
  text: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#10': '\n',
  '#9': '\t',
}

function decode(text: string): string {
  return text.replace(/&([^;]*);/g, (whole, name: string) => ENTITIES[name] ?? fail(`entity ${whole}`))
}

function fail(what: string): never {
  throw new Error(`not well-formed: ${what}`)
}

/** A reader of the part of XML 1.0 that a report may use: it refuses what is not well-formed. */
function parseXml(xml: string): Element {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) fail('a character that XML has not')
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  for (const [, close, name = '', list = '', empty, text] of body.matchAll(
    /<(\/?)([\w]+)((?: [\w]+="[^"<]*")*)(\/?)>|([^<]+)|[^]/g,
  )) {
    const parent = open.at(-1) ?? fail('more ends than starts')
    if (text !== undefined) parent.text += decode(text)
    else if (name === '') fail('a stray <')
    else if (close === '/') {
      if (parent.name !== name) fail(`</${name}> in <${parent.name}>`)
      open.pop()
    } else {
      const pairs = [...list.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)])
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' }
      parent.children.push(element)
      if (empty === '') open.push(element)
    }
  }
  if (open.length !== 1 || top.children.length !== 1) fail('not one element')
  return top.children[0] ?? fail('nothing')
}

test('a suite per rule and a case per resource', () => {
  const result = audit({
    findings: [
      finding('s3-no-public-acl', 'aws_s3_bucket.a', { severity: 'CRITICAL' }),
      finding('s3-no-public-acl', 'aws_s3_bucket.b', { status: 'suppressed', suppression: { reason: 'Public site' } }),
      finding('alb-waf', 'aws_lb.a', { status: 'dormant' }),
    ],
    undecided: [{ ...verdict('alb-waf', 'aws_lb.b'), reason: 'var.arn is unknown' }],
    errors: [{ ruleId: 'alb-waf', resource: resource('aws_lb.c'), message: 'oops' }],
    passed: [verdict('alb-waf', 'aws_lb.d')],
  })
  const root = parseXml(renderJunit(result, { includePassed: true }))
  expect(root.attributes).toEqual({ name: 'gp-copilot', tests: '6', failures: '1', errors: '1', skipped: '3' })
  expect(root.children.map(({ attributes }) => attributes)).toEqual([
    { name: 'alb-waf', tests: '4', failures: '0', errors: '1', skipped: '2' },
    { name: 's3-no-public-acl', tests: '2', failures: '1', errors: '0', skipped: '1' },
  ])
  const cases = root.children.flatMap(({ children }) => children)
  expect(
    cases.map(({ attributes, children: [child] }) => [attributes['name'], child?.name, child?.attributes['message']]),
  ).toEqual([
    ['aws_lb.a (main.tf:1)', 'skipped', 'dormant: switched off'],
    ['aws_lb.b (main.tf:1)', 'skipped', 'undecided: var.arn is unknown'],
    ['aws_lb.c', 'error', 'oops'],
    ['aws_lb.d (main.tf:1)', undefined, undefined],
    ['aws_s3_bucket.a (main.tf:1)', 'failure', 'CRITICAL: What is wrong with aws_s3_bucket.a.'],
    ['aws_s3_bucket.b (main.tf:1)', 'skipped', 'suppressed: Public site'],
  ])
  expect(cases[4]?.children[0]?.text).toBe('main.tf:1:1\nWhat is wrong with aws_s3_bucket.a.\nMend it.')
  expect(parseXml(renderJunit(result)).attributes['tests']).toBe('5')
})

test('of nothing is well-formed', () => {
  expect(parseXml(renderJunit(audit({}))).attributes['tests']).toBe('0')
})

test('reading it back gives the texts, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const text = `${given}\ufffe\u0000]]>\ud800`
      const findings = [finding('alb-waf', text, { message: text, remediation: '' })]
      const failure = parseXml(renderJunit(audit({ findings }))).children[0]?.children[0]?.children[0]
      const shown = visibleLines(text).replace(/[\ufffe\uffff]/g, '\ufffd')
      expect(failure?.attributes['message']).toBe(`HIGH: ${shown}`)
      expect(failure?.text).toBe(`main.tf:1:1\n${shown}`)
    }),
  )
})
