import { expect, test } from 'vitest'
import { RULES } from '../../rules/index.ts'
import { FRAMEWORKS } from './index.ts'

test.each(FRAMEWORKS.map((framework) => [framework.id, framework] as const))(
  'every rule that %s names exists',
  (_, framework) => {
    const known = new Set(RULES.map(({ id }) => id))
    const named = framework.requirements.flatMap(({ rules }) => rules.map(({ rule }) => rule))
    expect([...new Set(named)].filter((rule) => !known.has(rule)).sort()).toEqual([])
  },
)
