import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FIXERS } from '../../src/fix/index.ts'
import { RULES } from '../../src/rules/index.ts'
import { auditProject, planProject } from '../../src/testing/project.ts'
import { CHECKOUT } from '../e2e/bundle.ts'

const RUNS = Number(process.env['SECOPS_FUZZ_RUNS'] ?? 18)

const BANK = join(CHECKOUT, 'examples/securebank')
const SOURCES = readdirSync(BANK, { recursive: true, encoding: 'utf8' })
  .filter(
    (path) => /\.(?:tf|tfvars|ya?ml)$|Dockerfile$|backend\/src\/.*\.ts$/.test(path) && !path.startsWith('.secops'),
  )
  .sort()
  .map((path) => [path, readFileSync(join(BANK, path), 'utf8')] as const)

/** Pieces that mean something to one language or another, put where nobody expects them. */
const PIECES = [
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '\n',
  '\r\n',
  ': ',
  '= ',
  ',',
  '&a ',
  '*a ',
  '<<: ',
  '${',
  '%{',
  '<<EOT\n',
  '#',
  '---\n',
  '- ',
  '|\n',
  'null',
  'true',
  '[]',
  '{}',
  '""',
  '~',
  '0',
  '-1',
  '1e999',
  '!!str ',
  '\t',
  '\u0000',
  '\uFEFF',
  '😀',
  'var.x',
  'each.key',
  'count = 2\n',
  'for_each = toset(["a"])\n',
] as const

/** A small generator of numbers, so that a failure can be repeated by its seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function mutate(text: string, next: (below: number) => number): string {
  const at = next(text.length + 1)
  const length = next(3) === 0 ? next(60) : next(6)
  switch (next(5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + length)
    case 1:
      return text.slice(0, at) + text.slice(at, at + length).repeat(2) + text.slice(at + length)
    case 2: {
      const lines = text.split('\n')
      const line = next(lines.length)
      return [...lines.slice(0, line), ...lines.slice(line + 1 + next(3))].join('\n')
    }
    case 3: {
      // A value in place of another: what rules read is then of a type that they did not ask for.
      const values = [...text.matchAll(/(?<=[:=] )\S[^\n]*/g)]
      const value = values[next(Math.max(1, values.length))]
      if (value === undefined) return text
      return (
        text.slice(0, value.index) + (PIECES[next(PIECES.length)] ?? '') + text.slice(value.index + value[0].length)
      )
    }
    default:
      return text.slice(0, at) + (PIECES[next(PIECES.length)] ?? '') + text.slice(at)
  }
}

test(`mutated estates: no rule fails, no fixer throws, what is fixed stays fixed (${RUNS} of them)`, () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const next = numbers(seed)
    const files = Object.fromEntries(
      SOURCES.map(([path, text]) => {
        let mutated = text
        if (next(3) === 0) for (let times = 1 + next(3); times > 0; times--) mutated = mutate(mutated, next)
        return [path, mutated]
      }),
    )
    const { result } = auditProject({ files, rules: RULES, fixers: FIXERS })
    expect({ seed, errors: result.errors }).toEqual({ seed, errors: [] })
    const prints = result.findings.map(({ fingerprint }) => fingerprint)
    expect({ seed, unique: new Set(prints).size }).toEqual({ seed, unique: prints.length })
    if (seed % (RUNS > 100 ? 2 : 6) !== 0) continue
    const plan = planProject({ files, rules: RULES, fixers: FIXERS }, 'B')
    const failed = plan.refused
      .filter(({ reason }) => reason.startsWith('the fixer failed'))
      .map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)
    expect({ seed, failed }).toEqual({ seed, failed: [] })
    const again = planProject({ files: Object.fromEntries(plan.files), rules: RULES, fixers: FIXERS }, 'B')
    // Beside a file that cannot be read, a fix may be provable only once others are made: it was refused before.
    const unproven = new Set(
      plan.refused
        .filter(({ code }) => code === 'verification-failed')
        .map(({ judged: { finding } }) => finding.fingerprint),
    )
    const repeated = again.applied
      .map(({ judged: { finding } }) => finding)
      .filter(({ fingerprint }) => !unproven.has(fingerprint))
    expect({ seed, repeated: repeated.map(({ ruleId }) => ruleId) }).toEqual({ seed, repeated: [] })
    const outcomes = plan.applied.length + plan.held.length + plan.refused.length
    expect({ seed, outcomes }).toEqual({ seed, outcomes: result.summary.total })
  }
})
