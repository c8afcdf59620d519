import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { audit, finding } from '../compliance/audit.testkit.ts'
import { visible, visibleLines } from './escape.ts'
import { renderGithub } from './github.ts'

/** What GitHub's runner makes of a line. */
function parseCommand(line: string): { name: string; properties: Record<string, string>; message: string } {
  const [, name = '', list = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? []
  const decode = (text: string): string =>
    text.replace(/%(0A|0D|3A|2C|25)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  const pairs = list
    .split(',')
    .map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))])
  return { name, properties: Object.fromEntries(pairs), message: decode(message) }
}

const range = { start: { line: 3, column: 5 }, end: { line: 3, column: 9 } }

test('a command per open finding, placed from the git top level', () => {
  const findings = [
    finding('alb-waf', 'aws_lb.a', { severity: 'CRITICAL', location: { file: 'a b/main.tf', range } }),
    finding('alb-waf', 'aws_lb.b', {
      severity: 'MEDIUM',
      location: { file: 'm.tf', range: { ...range, end: { line: 4, column: 1 } } },
    }),
    finding('alb-waf', 'aws_lb.c', { severity: 'LOW' }),
    finding('alb-waf', 'aws_lb.d', { status: 'suppressed' }),
    finding('alb-waf', 'aws_lb.e', { status: 'dormant' }),
  ]
  const diagnostics = [{ file: 'broken.tf', code: 'hcl-unclosed-block', message: 'Close it.' }]
  expect(renderGithub(audit({ findings, diagnostics }), { uriPrefix: 'apps/pay/' }).split('\n')).toEqual([
    '::error file=apps/pay/a b/main.tf,line=3,endLine=3,col=5,endColumn=9,title=CRITICAL alb-waf%3A Title of alb-waf::What is wrong with aws_lb.a.',
    '::warning file=apps/pay/m.tf,line=3,endLine=4,title=MEDIUM alb-waf%3A Title of alb-waf::What is wrong with aws_lb.b.',
    '::notice file=apps/pay/main.tf,line=1,endLine=1,col=1,endColumn=4,title=LOW alb-waf%3A Title of alb-waf::What is wrong with aws_lb.c.',
    '::warning file=apps/pay/broken.tf,title=hcl-unclosed-block::Close it.',
    '',
  ])
})

test('no name starts a command of its own or gets another property in', () => {
  const location = { file: 'a,line=1::b\n::set-output name=x::y', range }
  const [line = '', ...rest] = renderGithub(audit({ findings: [finding('alb-waf', 'x', { location })] }), {
    uriPrefix: '',
  }).split('\n')
  expect(rest).toEqual([''])
  expect(parseCommand(line).properties).toMatchObject({ file: visible(location.file), line: '3' })
})

test('the runner reads back what was meant', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary', minLength: 1 }), (message, file) => {
      const findings = [finding('alb-waf', 'aws_lb.a', { message, title: message, location: { file, range } })]
      const text = renderGithub(audit({ findings }), { uriPrefix: '' })
      expect(text.split('\n')).toHaveLength(2)
      const command = parseCommand(text.slice(0, -1))
      expect(command.name).toBe('error')
      expect(command.message).toBe(visibleLines(message))
      expect(command.properties).toEqual({
        file: visible(file),
        line: '3',
        endLine: '3',
        col: '5',
        endColumn: '9',
        title: `HIGH alb-waf: ${visible(message)}`,
      })
    }),
  )
})
