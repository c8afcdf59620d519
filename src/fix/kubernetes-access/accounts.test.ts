import { loadAll } from 'js-yaml'
import { expect, test } from 'vitest'
import { left, plan, refusals } from './rules.test-helper.ts'

const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: reader
  namespace: shop
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects:
  - kind: ServiceAccount
    name: default # all of them
    namespace: shop
`
const workload = (name: string, spec = '{containers: []}'): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ${name}, namespace: shop}\nspec: {template: {spec: ${spec}}}\n`

const RULE = /default-service-account-bound|k8s-service-account-token/

test('the only workload takes the rights along', () => {
  const result = plan({ 'rbac.yaml': BINDING, 'api.yaml': workload('api') })
  expect([...left(result, RULE), ...refusals(result).filter((one) => /bound/.test(one))]).toEqual([])
  expect(result.files.get('rbac.yaml')).toBe(
    `${BINDING.replace('name: default', 'name: reader')}---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: reader
  namespace: shop
`,
  )
  expect(result.files.get('api.yaml')).toContain('serviceAccountName: reader')
  expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
})

test('of several workloads none is guessed: they lose the token, and the reason says so', () => {
  const files = { 'rbac.yaml': BINDING, 'a.yaml': workload('a'), 'b.yaml': workload('b') }
  const [held] = plan(files, 'none').held.filter(
    ({ finding }) => finding.ruleId === 'k8s-default-service-account-bound',
  )
  expect(held?.finding.rank).toBe('C')
  expect(held?.remedy).toMatchObject({ assessment: { blastRadius: ['Deployment/shop/a', 'Deployment/shop/b'] } })
  const result = plan(files, 'C')
  expect(left(result, RULE)).toEqual([])
  expect(result.files.get('a.yaml')).toContain('automountServiceAccountToken: false')
  expect(result.files.get('a.yaml')).not.toContain('serviceAccountName')
})

test('an account of the name is used, not made again', () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: reader, namespace: shop}\n'
  const result = plan({ 'rbac.yaml': BINDING, 'account.yaml': account })
  expect(loadAll(result.files.get('rbac.yaml') ?? '')).toHaveLength(1)
})
