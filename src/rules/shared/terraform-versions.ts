type Version = readonly [number, number, number]

interface Range {
  readonly from: Version
  /** Exclusive. */
  readonly to: Version
}

const LAST = Number.MAX_SAFE_INTEGER
const ANY: Range = { from: [0, 0, 0], to: [LAST, 0, 0] }

/**
 * False if a version constraint (`>= 1.6, < 2.0`, `~> 1.5.0`) admits no release of this version or later; true too if
 * it cannot be read.
 */
export function admitsFrom(constraint: string, version: Version): boolean {
  let range: Range = { from: version, to: ANY.to }
  for (const part of constraint.split(',')) range = intersect(range, rangeOf(part.trim()))
  return compare(range.from, range.to) < 0
}

function rangeOf(text: string): Range {
  const match = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text)
  if (match === null) return ANY
  const [, operator = '=', major, minor, patch] = match
  const version: Version = [Number(major), Number(minor ?? 0), Number(patch ?? 0)]
  const next: Version = [version[0], version[1], version[2] + 1]
  switch (operator) {
    case '>=':
      return { from: version, to: ANY.to }
    case '>':
      return { from: next, to: ANY.to }
    case '<=':
      return { from: ANY.from, to: next }
    case '<':
      return { from: ANY.from, to: version }
    case '~>':
      // Only the last number that is written may grow.
      return { from: version, to: patch === undefined ? [version[0] + 1, 0, 0] : [version[0], version[1] + 1, 0] }
    case '!=':
      return ANY
    default:
      return { from: version, to: next }
  }
}

function intersect(a: Range, b: Range): Range {
  return { from: compare(a.from, b.from) > 0 ? a.from : b.from, to: compare(a.to, b.to) < 0 ? a.to : b.to }
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}
