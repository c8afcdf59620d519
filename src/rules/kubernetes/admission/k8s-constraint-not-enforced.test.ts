import { expect, test } from 'vitest'
import { checkResource } from '../../../engine/check.ts'
import { readEstate } from '../../../resources/read.ts'
import rule from './k8s-constraint-not-enforced.ts'

function judge(spec: string, apiVersion = 'constraints.gatekeeper.sh/v1beta1') {
  const text = `apiVersion: ${apiVersion}\nkind: K8sNoRoot\nmetadata: {name: no-root}\nspec: ${spec}\n`
  const estate = readEstate({ files: new Map([['c.yaml', text]]), vendored: new Map() })
  const [resource] = estate.resources
  if (resource === undefined) throw new Error('no resource was read')
  return checkResource(rule, resource, estate)
}

test('passes what is enforced, by word or by default', () => {
  expect(judge('{}').kind).toBe('passed')
  expect(judge('{enforcementAction: deny}').kind).toBe('passed')
  expect(judge('{enforcementAction: scoped}').kind).toBe('passed')
})

test.each(['dryrun', 'warn'])('finds %s', (action) => {
  const judgement = judge(`{enforcementAction: ${action}}`)
  expect(judgement).toMatchObject({
    kind: 'problems',
    problems: [{ message: 'trial', data: { constraint: 'no-root', action } }],
  })
})

test('cannot decide an action that is no word', () => {
  expect(judge('{enforcementAction: []}').kind).toBe('undecided')
})

test('is for constraints only, whatever their kind', () => {
  expect(rule.resources).toEqual(['*'])
  expect(judge('{enforcementAction: dryrun}', 'example.org/v1').kind).toBe('not-applicable')
})
