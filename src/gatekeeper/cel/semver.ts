/** Kubernetes' semantic versions: `semver("1.2.3")`, in the words of the Go package that it uses. */
import type { Environment } from '@marcbachmann/cel-js'

const MAX_UINT = 2n ** 64n - 1n

class Semver {
  readonly numbers: readonly [bigint, bigint, bigint]
  readonly prerelease: readonly (bigint | string)[]
  readonly build: readonly string[]

  constructor(text: string) {
    if (text === '') throw new Error('Version string empty')
    const [major, minor, rest] = splitThree(text)
    if (major === undefined || minor === undefined || rest === undefined)
      throw new Error('No Major.Minor.Patch elements found')
    const plus = rest.indexOf('+')
    const before = plus < 0 ? rest : rest.slice(0, plus)
    const dash = before.indexOf('-')
    const patch = dash < 0 ? before : before.slice(0, dash)
    this.numbers = [number(major, 'Major'), number(minor, 'Minor'), number(patch, 'Patch')]
    this.prerelease =
      dash < 0
        ? []
        : before
            .slice(dash + 1)
            .split('.')
            .map(prereleaseOf)
    this.build =
      plus < 0
        ? []
        : rest
            .slice(plus + 1)
            .split('.')
            .map(buildOf)
  }

  compare(other: Semver): bigint {
    for (const [index, mine] of this.numbers.entries()) {
      const theirs = other.numbers[index] ?? 0n
      if (mine !== theirs) return mine > theirs ? 1n : -1n
    }
    if (this.prerelease.length === 0 || other.prerelease.length === 0)
      return BigInt(Math.sign(Number(this.prerelease.length === 0) - Number(other.prerelease.length === 0)))
    for (const [index, mine] of this.prerelease.entries()) {
      const theirs = other.prerelease[index]
      if (theirs === undefined) return 1n
      if (mine === theirs) continue
      if (typeof mine === typeof theirs) return mine > theirs ? 1n : -1n
      // Numbers come before names.
      return typeof mine === 'string' ? 1n : -1n
    }
    return this.prerelease.length < other.prerelease.length ? -1n : 0n
  }

  toString(): string {
    const prerelease = this.prerelease.length === 0 ? '' : `-${this.prerelease.join('.')}`
    return this.numbers.join('.') + prerelease + (this.build.length === 0 ? '' : `+${this.build.join('.')}`)
  }
}

/** At the first two dots. */
function splitThree(text: string): string[] {
  const [major = '', minor, ...rest] = text.split('.')
  return [major, ...(minor === undefined ? [] : [minor]), ...(rest.length === 0 ? [] : [rest.join('.')])]
}

function number(text: string, which: 'Major' | 'Minor' | 'Patch'): bigint {
  if (/[^0-9]/.test(text))
    throw new Error(`Invalid character(s) found in ${which.toLowerCase()} number ${JSON.stringify(text)}`)
  if (/^0./.test(text)) throw new Error(`${which} number must not contain leading zeroes ${JSON.stringify(text)}`)
  return uint(text)
}

function uint(text: string): bigint {
  const fault = text === '' ? 'invalid syntax' : BigInt(text) > MAX_UINT ? 'value out of range' : undefined
  if (fault !== undefined) throw new Error(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${fault}`)
  return BigInt(text)
}

function prereleaseOf(text: string): bigint | string {
  if (text === '') throw new Error('Prerelease is empty')
  if (/^\d+$/.test(text)) {
    if (/^0./.test(text))
      throw new Error(`Numeric PreRelease version must not contain leading zeroes ${JSON.stringify(text)}`)
    return uint(text)
  }
  if (!/^[0-9A-Za-z-]+$/.test(text)) throw new Error(`Invalid character(s) found in prerelease ${JSON.stringify(text)}`)
  return text
}

function buildOf(text: string): string {
  if (text === '') throw new Error('Build meta data is empty')
  if (!/^[0-9A-Za-z-]+$/.test(text))
    throw new Error(`Invalid character(s) found in build meta data ${JSON.stringify(text)}`)
  return text
}

/** Without a `v` before it and zeros before its numbers, and with the numbers that are missing. */
function normalized(text: string): string {
  const parts = splitThree(text.replace(/^v/, '')).map((part) =>
    part.length > 1 ? part.replace(/^0+/, '').replace(/^(?!\d)/, '0') : part,
  )
  if (parts.length < 3 && /[+-]/.test(parts.at(-1) ?? ''))
    throw new Error('short version cannot contain PreRelease/Build meta data')
  return [...parts, '0', '0'].slice(0, Math.max(3, parts.length)).join('.')
}

export function registerSemver(env: Environment): void {
  const sync = { async: false }
  const parse = (text: string, normalize = false): Semver => new Semver(normalize ? normalized(text) : text)
  const is = (text: string, normalize = false): boolean => {
    try {
      return parse(text, normalize) instanceof Semver
    } catch {
      return false
    }
  }
  env.registerType('kubernetes.Semver', Semver)
  for (const parameters of ['string', 'string, bool']) {
    env.registerFunction(`semver(${parameters}): kubernetes.Semver`, parse, sync)
    env.registerFunction(`isSemver(${parameters}): bool`, is, sync)
  }
  for (const [index, name] of ['major', 'minor', 'patch'].entries()) {
    // The API server's numbers have a sign, and it does not look.
    const part = ({ numbers }: Semver): bigint => BigInt.asIntN(64, numbers[index] ?? 0n)
    env.registerFunction(`kubernetes.Semver.${name}(): int`, part, sync)
  }
  const compare = (signature: string, handler: (order: bigint) => unknown): void => {
    env.registerFunction(
      `kubernetes.Semver.${signature}`,
      (a: Semver, b: Semver): unknown => handler(a.compare(b)),
      sync,
    )
  }
  compare('isLessThan(kubernetes.Semver): bool', (order) => order < 0n)
  compare('isGreaterThan(kubernetes.Semver): bool', (order) => order > 0n)
  compare('compareTo(kubernetes.Semver): int', (order) => order)
  env.registerOperator('kubernetes.Semver == kubernetes.Semver', (a: Semver, b: Semver) => a.compare(b) === 0n)
}
