import { matchesPattern, matchingActions } from '../../resources/aws/iam-actions.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { PolicyStatement } from '../../resources/terraform/policy.ts'
import type { FixValues, Grant, Need } from '../fixer.ts'

export function needFor({ address }: TerraformResource, what: 'actions' | 'principals' | 'attachment'): Need {
  const question = {
    actions: `Which actions on which resources does ${address} need? One entry each: target, actions, resources.`,
    principals: `Who may use ${address}? An entry with its target, and principals.`,
    attachment: `What is ${address} to give instead? An entry with its target, and policyArn or actions and resources.`,
  }[what]
  return { key: 'values.iam', question }
}

/** The entries of `values.iam` for a resource. */
export function valuesFor(values: FixValues, { address, baseAddress }: TerraformResource): readonly Grant[] {
  return (values.iam ?? []).filter(({ target }) => target === address || target === baseAddress)
}

/**
 * What `values.iam` grants in place of one statement: entries of its Sid; or those without Sid whose actions the statement
 * allows, so that entries of one target find their statement by themselves. Nothing is ever allowed that was not.
 */
export function grantsForStatement(given: readonly Grant[], statement: PolicyStatement): readonly Grant[] {
  const { sid } = statement
  const own = sid.kind === 'known' ? sid.value : undefined
  const named = given.filter((entry) => entry.sid !== undefined && entry.sid === own)
  const wanted = named.length > 0 ? named : given.filter((entry) => entry.sid === undefined)
  return wanted.flatMap((entry) => {
    const actions = (entry.actions ?? []).filter((action) => allows(statement, action))
    return actions.length === 0 || (entry.resources ?? []).length === 0 ? [] : [{ ...entry, actions }]
  })
}

function allows({ actions }: PolicyStatement, action: string): boolean {
  const named = actions.known.some((pattern) => matchesPattern(pattern, action))
  return actions.not ? !named : named
}

/** What is wrong with a granted entry, as the end of a sentence. */
export function objectionTo({ target, actions = [], resources = [] }: Grant): string | undefined {
  const unknown = actions.find((action) => matchingActions(action).length === 0)
  if (unknown !== undefined) return `values.iam for ${target} names ${unknown}, which AWS does not have`
  if (!resources.includes('*')) return undefined
  const limitable = actions.find((action) => matchingActions(action).some(({ takesResource }) => takesResource))
  return limitable === undefined
    ? undefined
    : `values.iam for ${target} gives ${limitable} every resource ("*"), though it can be limited to named ones`
}
