import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPolicy } from '../../resources/terraform/policy.ts'
import { Place } from '../../resources/place.ts'
import { readEstate } from '../../resources/read.ts'
import { matchingActions } from '../../resources/aws/iam-actions.ts'
import { ESCALATION_PATHS, openPaths } from './terraform-iam-escalation.ts'
import { grantsOf } from './terraform-iam-grants.ts'

function pathsOf(actions: readonly string[]): readonly string[][] {
  const policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] })
  const text = `resource "aws_iam_policy" "p" {\n  policy = ${JSON.stringify(policy)}\n}\n`
  const [resource] = readEstate({ files: new Map([['main.tf', text]]), vendored: new Map() }).ofType('aws_iam_policy')
  if (resource === undefined) throw new Error('no policy was read')
  const reading = readPolicy(Place.of(resource).get('policy'))
  if (reading.kind !== 'known') throw new Error('the policy is not known')
  return openPaths(grantsOf(reading.statements, reading.statements)).map(({ path }) => [...path.actions])
}

test('AWS has every action of the paths', () => {
  const names = ESCALATION_PATHS.flatMap(({ actions }) => actions)
  expect(names.filter((name) => matchingActions(name).length !== 1)).toEqual([])
})

test('a path is open if and only if all of its actions are allowed', () => {
  const names = [...new Set(ESCALATION_PATHS.flatMap(({ actions }) => actions))]
  fc.assert(
    fc.property(fc.subarray(names, { minLength: 1 }), (allowed) => {
      const wanted = ESCALATION_PATHS.filter(({ actions }) => actions.every((action) => allowed.includes(action)))
      expect(pathsOf(allowed)).toEqual(wanted.map(({ actions }) => [...actions]))
    }),
    { numRuns: 50 },
  )
})
