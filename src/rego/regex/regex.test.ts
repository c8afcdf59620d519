import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileCached, Regex } from './regex.ts'

function spans(pattern: string, text: string): unknown {
  return new Regex(pattern).findAll(text).map((match) => match)
}

/** Expressions that mean the same in JavaScript. */
const atom = fc.constantFrom(
  'a',
  'b',
  'c',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\s',
  '(?:ab|c)',
  '(a|b)',
  '(a*)',
  '\\b',
  '^',
  '$',
)
const suffix = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,3}', '{0,2}?')
const piece = fc.tuple(atom, suffix).map(([one, times]) => (/^(?:\^|\$|\\[bB]|\(a\*\))$/.test(one) ? one : one + times))
const pattern = fc
  .array(
    fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join('')),
    { minLength: 1, maxLength: 3 },
  )
  .map((options) => options.join('|'))
const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '1', ' ', '\n', 'é', '😀'), { maxLength: 12 })
  .map((parts) => parts.join(''))

describe('Regex', () => {
  it('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const own = new Regex(source)
        const match = new RegExp(source, 'du').exec(subject)
        const indices = match?.indices?.flatMap((pair) => pair ?? [-1, -1])
        expect(own.find(subject)).toEqual(indices)
        expect(own.test(subject)).toBe(match !== null)
        const lines = new Regex(`(?m)${source}`)
        expect(lines.test(subject)).toBe(new RegExp(source, 'mu').test(subject))
        expect(lines.test(subject)).toBe(lines.find(subject) !== undefined)
      }),
      { numRuns: 2000 },
    )
  })

  it('never throws anything but a RegexError', () => {
    const part = fc.constantFrom(...'()[]{}|*+?^$.\\-,:<>=!PpiUQE019azd'.split(''), '(?', '[[:', ':]', '\\x', '\\p{')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), text, (parts, subject) => {
        try {
          new Regex(parts.join('')).test(subject)
        } catch (error) {
          expect(String(error)).toMatch(/^Error: error parsing regexp: /)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each(['(a+)+$', '(a|a)*$', '(a*)*b', '(?:a?){50}a{50}', '(.*)(.*)(.*)(.*)x$', '(a|aa)+$'])(
    '%s takes steps in proportion to the text',
    (source) => {
      const counted = (length: number): number => {
        let steps = 0
        const regex = new Regex(source)
        const subject = `${'a'.repeat(length)}!`
        regex.find(subject, 0, (count) => (steps += count))
        regex.test(subject, (count) => (steps += count))
        return steps
      }
      expect(counted(2000)).toBeLessThan(counted(1000) * 2.5)
    },
  )

  it.each([
    ['[', 'missing closing ]: `[`'],
    ['a**', 'invalid nested repetition operator: `**`'],
    ['*a', 'missing argument to repetition operator: `*`'],
    ['(a', 'missing closing ): `(a`'],
    ['a)', 'unexpected ): `a)`'],
    ['a\\', 'trailing backslash at end of expression: ``'],
    ['\\8', 'invalid escape sequence: `\\8`'],
    ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
    ['(?P<n-1>a)', 'invalid named capture: `(?P<n-1>`'],
    ['a{1001}', 'invalid repeat count: `{1001}`'],
    ['(a{100}){100}', 'invalid repeat count: `{100}`'],
    ['[b-a]', 'invalid character class range: `b-a`'],
    ['\\p{Nope}', 'invalid character class range: `\\p{Nope}`'],
    ['[[:nope:]]', 'invalid character class range: `[:nope:]`'],
  ])('refuses %s', (source, message) => {
    expect(() => new Regex(source)).toThrow(`error parsing regexp: ${message}`)
  })

  it('knows the syntax of RE2', () => {
    expect(spans('(?i)straSSe', 'STRAſSE')).toEqual([[0, 7]])
    expect(spans('(?i)[k]', 'K')).toEqual([[0, 1]])
    expect(spans('(?U)a+', 'aa')).toEqual([
      [0, 1],
      [1, 2],
    ])
    expect(spans('(?m)^.$', 'a\nb')).toHaveLength(2)
    expect(spans('(?s)a.b', 'a\nb')).toEqual([[0, 3]])
    expect(spans('[[:alpha:]]+', '1ab2')).toEqual([[1, 3]])
    expect(spans('\\Qa.b\\E', 'axb a.b')).toEqual([[4, 7]])
    expect(spans('\\x{1F600}\\x41\\101', '😀AA')).toEqual([[0, 4]])
    expect(spans('\\p{Greek}+', 'abγδ')).toEqual([[2, 4]])
    expect(spans('\\PL+', 'ab12')).toEqual([[2, 4]])
    expect(spans('\\pN', 'a٣')).toEqual([[1, 2]])
    expect(spans('a{,2}', 'a{,2}')).toEqual([[0, 5]])
    expect(spans('(?P<x>a)(?<y>b)', 'ab')).toEqual([[0, 2, 0, 1, 1, 2]])
    expect(spans('$', 'a\n')).toEqual([[2, 2]])
    expect(spans('a|ab', 'ab')).toEqual([[0, 1]])
  })

  it('replaces with templates', () => {
    const regex = new Regex('(?P<first>\\w)(\\w)?')
    expect(regex.replace('ab c', '[$2${first}$$$0]')).toBe('[ba$ab] [c$c]')
    expect(regex.replace('ab', '$1x$nope.')).toBe('.')
    expect(new Regex('a*').replace('baac', 'x')).toBe('xbxcx')
  })

  it('splits', () => {
    expect(new Regex(',\\s*').split('a, b,c')).toEqual(['a', 'b', 'c'])
    expect(new Regex('').split('ab')).toEqual(['a', 'b'])
    expect(new Regex('a').split('')).toEqual([''])
    expect(new Regex('a*').split('baac')).toEqual(['b', 'c'])
  })

  it('keeps a bounded number of compiled expressions', () => {
    const first = compileCached('x1')
    expect(compileCached('x1')).toBe(first)
    for (let index = 0; index < 600; index++) compileCached(`y${index}`)
    expect(compileCached('x1')).not.toBe(first)
  })
})
