import type { Value } from '../value/value.ts'
import { BuiltinError, define, operand, stringOperand } from './builtin.ts'
import { any, boolean, number, string } from './types.ts'

interface Version {
  readonly numbers: readonly bigint[]
  readonly preRelease: readonly string[]
}

const NUMERIC = '(?:0|[1-9]\\d*)'
const PATTERN = new RegExp(
  `^v?(${NUMERIC})\\.(${NUMERIC})\\.(${NUMERIC})(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
)

function parse(text: string): Version | undefined {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  const preRelease = match[4]?.split('.') ?? []
  if (preRelease.some((part) => /^0\d+$/.test(part))) return undefined
  const numbers = match.slice(1, 4).map((part) => BigInt(part))
  return numbers.some((part) => part >= 2n ** 63n) ? undefined : { numbers, preRelease }
}

function compare(a: Version, b: Version): number {
  for (const [index, part] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n
    if (part !== other) return part < other ? -1 : 1
  }
  if (a.preRelease.length === 0 || b.preRelease.length === 0) {
    return Math.sign(b.preRelease.length - a.preRelease.length)
  }
  const length = Math.min(a.preRelease.length, b.preRelease.length)
  for (let index = 0; index < length; index++) {
    const order = compareParts(a.preRelease[index] ?? '', b.preRelease[index] ?? '')
    if (order !== 0) return order
  }
  return Math.sign(a.preRelease.length - b.preRelease.length)
}

/** Numbers by value and before words. */
function compareParts(a: string, b: string): number {
  if (a === b) return 0
  const numeric = [a, b].map((part) => /^\d+$/.test(part))
  if (numeric[0] === true && numeric[1] === true) return BigInt(a) < BigInt(b) ? -1 : 1
  if (numeric[0] !== numeric[1]) return numeric[0] === true ? -1 : 1
  return a < b ? -1 : 1
}

function versionOperand(args: readonly Value[], index: number): Version {
  const text = stringOperand(args, index)
  const version = parse(text)
  if (version !== undefined) return version
  throw new BuiltinError(`operand ${index + 1}: string ${JSON.stringify(text)} is not a valid SemVer`)
}

export const semver = define('semver', [
  {
    name: 'semver.is_valid',
    args: [['vsn', any, 'a value']],
    result: [boolean, 'whether it is a version'],
    description: 'Whether a value is a semantic version; a `v` in front is allowed.',
    evaluate: (args) => {
      const value = operand(args, 0)
      return typeof value === 'string' && parse(value) !== undefined
    },
  },
  {
    name: 'semver.compare',
    args: [
      ['a', string, 'a version'],
      ['b', string, 'another version'],
    ],
    result: [number, '-1, 0 or 1 as `a` is lower, equal or higher'],
    description: 'Compares two semantic versions.',
    evaluate: (args) => {
      stringOperand(args, 0)
      stringOperand(args, 1)
      return compare(versionOperand(args, 0), versionOperand(args, 1))
    },
  },
])
