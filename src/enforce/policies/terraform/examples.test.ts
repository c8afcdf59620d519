import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { judgeTerraform } from '../../generate/judge-terraform.ts'
import { RULES } from '../../../rules/index.ts'
import { LEFT_OUT } from './left-out.ts'
import { TERRAFORM_POLICIES } from './index.ts'

const PAGES = join(import.meta.dirname, '../../../../docs/rules')

/** Bad examples that a policy leaves undecided, by rule, and why. */
const UNDECIDED: Readonly<Record<string, string>> = {
  'rds-no-hardcoded-password': 'the password is the default of a variable, and variables are not followed',
}

function examplesOf(
  rule: string,
): readonly { readonly file: string; readonly verdict: string; readonly code: string }[] {
  const page = readFileSync(join(PAGES, `${rule}.md`), 'utf8')
  return [...page.matchAll(/^```(hcl|json) (bad|good)\n([^]*?)^```$/gm)].map(
    ([, language, verdict = '', code = '']) => ({
      file: language === 'hcl' ? 'main.tf' : 'main.tf.json',
      verdict,
      code,
    }),
  )
}

describe.each(TERRAFORM_POLICIES.map((policy) => [policy.name, policy] as const))('%s', (_, policy) => {
  const cases = policy.rules.flatMap((rule) =>
    examplesOf(rule).map(
      (example, index) => [`${rule}: ${example.verdict} example ${index + 1}`, rule, example] as const,
    ),
  )

  test.each(cases)('%s', (_name, rule, { file, verdict, code }) => {
    const messages = judgeTerraform(policy, new Map([[file, code]]))
    if (verdict === 'good' || UNDECIDED[rule] !== undefined) expect(messages).toEqual([])
    else expect(messages).not.toEqual([])
  })
})

test('every rule about Terraform has a policy, or a reason why it has none', () => {
  const covered = TERRAFORM_POLICIES.flatMap(({ rules }) => rules)
  const all = RULES.filter(({ kind }) => kind === 'terraform').map(({ id }) => id)
  expect([...covered, ...Object.keys(LEFT_OUT)].sort()).toEqual(all.sort())
})
