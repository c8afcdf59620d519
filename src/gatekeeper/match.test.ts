import { describe, expect, test } from 'vitest'
import { messages, policies, regoTemplate } from './testkit.test-helper.ts'

const ALWAYS = regoTemplate('package p\nviolation[{"msg": "hit"}] { true }')

const POD = '{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop-prod, labels: {app: web}}}'
const BARE = '{apiVersion: v1, kind: Pod, metadata: {name: web}}'
const ROLE = '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: web}}'
const SPACE = '{apiVersion: v1, kind: Namespace, metadata: {name: shop-prod, labels: {team: shop}}}'
const MADE = '{apiVersion: batch/v1, kind: Job, metadata: {generateName: nightly-, namespace: ops}}'

const hits = (match: string, manifest: string, data?: string): string[] =>
  messages(policies(ALWAYS, `{match: ${match}}`), manifest, data === undefined ? {} : { data })

describe('match', () => {
  test.each([
    ['{}', POD, true],
    ['{kinds: [{apiGroups: [""], kinds: [Pod]}]}', POD, true],
    ['{kinds: [{apiGroups: ["*"], kinds: ["*"]}]}', ROLE, true],
    ['{kinds: [{apiGroups: [apps], kinds: ["*"]}]}', POD, false],
    ['{kinds: [{kinds: [Pod]}]}', POD, true],
    ['{kinds: [{apiGroups: [rbac.authorization.k8s.io]}]}', ROLE, true],
    ['{kinds: [{apiGroups: [apps], kinds: [Pod]}, {apiGroups: [""], kinds: [Pod]}]}', POD, true],
    ['{namespaces: [shop-prod]}', POD, true],
    ['{namespaces: [shop]}', POD, false],
    ['{namespaces: ["shop-*"]}', POD, true],
    ['{namespaces: ["*-prod"]}', POD, true],
    ['{namespaces: ["*p-p*"]}', POD, true],
    ['{namespaces: ["prod*"]}', POD, false],
    ['{namespaces: [other]}', ROLE, true],
    ['{namespaces: [other]}', BARE, true],
    ['{namespaces: [shop-prod]}', SPACE, true],
    ['{namespaces: [other]}', SPACE, false],
    ['{excludedNamespaces: ["shop-*"]}', POD, false],
    ['{excludedNamespaces: ["shop-*"]}', SPACE, false],
    ['{excludedNamespaces: ["*"]}', ROLE, true],
    ['{labelSelector: {matchLabels: {app: web}}}', POD, true],
    ['{labelSelector: {matchLabels: {app: api}}}', POD, false],
    ['{labelSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}}', POD, true],
    ['{labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}}', POD, false],
    ['{labelSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [web]}]}}', POD, true],
    ['{labelSelector: {matchExpressions: [{key: tier, operator: Exists}]}}', POD, false],
    ['{labelSelector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}', POD, true],
    ['{scope: Cluster}', POD, false],
    ['{scope: Cluster}', ROLE, true],
    ['{scope: Cluster}', SPACE, true],
    ['{scope: Namespaced}', POD, true],
    ['{scope: Namespaced}', SPACE, false],
    ['{scope: "*"}', POD, true],
    ['{scope: namespaced}', ROLE, true],
    ['{name: "we*"}', POD, true],
    ['{name: web}', POD, true],
    ['{name: api}', POD, false],
    ['{name: "night*"}', MADE, true],
    ['{name: nightly-}', MADE, false],
    ['{source: Original}', POD, true],
    ['{source: Generated}', POD, false],
    ['{source: All}', POD, true],
  ])('%s', (match, manifest, expected) => {
    expect(hits(match, manifest).length > 0).toBe(expected)
  })

  test('namespaceSelector asks the Namespace, which has to be known', () => {
    const match = '{namespaceSelector: {matchLabels: {team: shop}}}'
    expect(hits(match, POD, SPACE)).toEqual(['hit'])
    expect(hits('{namespaceSelector: {matchLabels: {team: other}}}', POD, SPACE)).toEqual([])
    expect(hits(match, POD)[0]).toContain('missing Namespace')
    expect(hits(match, SPACE)).toEqual(['hit'])
    expect(hits(match, ROLE)).toEqual(['hit'])
  })

  test('the old object is enough', () => {
    const review = `{apiVersion: admission.k8s.io/v1, kind: AdmissionReview, request: {operation: UPDATE,
      object: {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ns, labels: {app: b}}},
      oldObject: {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ns, labels: {app: web}}}}}`
    expect(hits('{labelSelector: {matchLabels: {app: web}}}', review)).toEqual(['hit'])
    expect(hits('{labelSelector: {matchLabels: {app: none}}}', review)).toEqual([])
  })

  test.each([
    ['{namespaces: ["a*b"]}', 'spec.match.namespaces.0'],
    ['{kinds: Pod}', 'spec.match.kinds'],
    ['{labelSelector: {matchExpressions: [{key: a, operator: Has}]}}', 'operator'],
    ['{labelSelector: {matchExpressions: [{key: a, operator: In}]}}', "values set can't be empty"],
  ])('%s is refused', (match, message) => {
    expect(() => policies(ALWAYS, `{match: ${match}}`)).toThrow(message)
  })
})
