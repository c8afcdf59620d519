import fc from 'fast-check'
import { loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import fixer from './index.ts'
import { left, plan, refusals, role } from './rules.test-helper.ts'

const RBAC = /^k8s-rbac-/

function rulesAfter(files: Record<string, string>): unknown {
  const result = plan(files)
  expect([...left(result, RBAC), ...refusals(result)]).toEqual([])
  expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
  const [first] = loadAll(result.files.get('role.yaml') ?? '')
  return typeof first === 'object' && first !== null && 'rules' in first ? first.rules : undefined
}

describe('a role that allows too much', () => {
  test('is held as B with those who hold it', () => {
    const workload =
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api, namespace: shop}\nspec: {template: {spec: {serviceAccountName: worker, containers: []}}}\n'
    const files = {
      'role.yaml': role('  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}\n'),
      'api.yaml': workload,
    }
    const held = plan(files, 'C').held.filter(({ finding }) => RBAC.test(finding.ruleId))
    expect(new Set(held.map(({ finding }) => finding.rank))).toEqual(new Set(['B']))
    expect(held[0]?.remedy).toMatchObject({
      assessment: {
        blastRadius: ['ClusterRoleBinding//worker', 'ServiceAccount shop/worker', 'Deployment/shop/api'],
      },
    })
  })

  test('everything becomes reading of what is ordinary, without Secrets', () => {
    const rules = rulesAfter({ 'role.yaml': role('  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n') })
    const text = JSON.stringify(rules)
    expect(text).toContain('"pods/log"')
    expect(text).not.toMatch(/secrets|exec|proxy|create|status|clusterroles/)
  })

  test('a star over the resources keeps the verbs; a Role gets nothing that lies in no namespace', () => {
    const flow = '  - {apiGroups: [""], resources: ["*"], verbs: [get, list]} # all\n'
    const rules = rulesAfter({ 'role.yaml': role(flow, 'Role') })
    expect(rules).toEqual([
      { apiGroups: [''], resources: expect.arrayContaining(['configmaps', 'pods']), verbs: ['get', 'list'] },
    ])
    expect(JSON.stringify(rules)).not.toMatch(/secrets|nodes|namespaces/)
  })

  test('a star over the verbs of named resources becomes the ordinary verbs', () => {
    expect(
      rulesAfter({ 'role.yaml': role('  - {apiGroups: [apps], resources: [deployments], verbs: ["*"]}\n') }),
    ).toEqual([
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
      },
    ])
  })

  test('a star over the groups becomes the groups of the resources', () => {
    const rules = rulesAfter({
      'role.yaml': role('  - {apiGroups: ["*"], resources: [jobs, configmaps], verbs: [get]}\n'),
    })
    expect(rules).toEqual([
      { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] },
      { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get'] },
    ])
  })

  test('only the right that is wrong goes; the rest of the rule stays as it is written', () => {
    const result = plan({
      'role.yaml': role(`  - apiGroups: [""]
    resources: [pods, secrets, pods/exec] # kept
    verbs: [get, create]
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [roles]
    verbs: [get, escalate, bind]
`),
    })
    expect([...left(result, RBAC), ...refusals(result)]).toEqual([])
    const [after] = loadAll(result.files.get('role.yaml') ?? '')
    expect(after).toMatchObject({
      rules: [
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'create'] },
        { apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['get'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
      ],
    })
    expect(result.files.get('role.yaml')).toContain('# kept')
  })

  test('a rule that is nothing else goes', () => {
    const rules =
      '  - {apiGroups: [""], resources: [users], verbs: [impersonate]}\n  - {apiGroups: [""], resources: [pods], verbs: [get]}\n'
    expect(rulesAfter({ 'role.yaml': role(rules) })).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }])
  })

  test('resources of a group that is not known here: refused with what to do', () => {
    const files = { 'role.yaml': role('  - {apiGroups: [example.org], resources: ["*"], verbs: ["*"]}\n') }
    expect(refusals(plan(files))).toEqual([
      'k8s-rbac-wildcards: which resources the group example.org has is not known here: name those that the program uses',
    ])
  })

  test('a copied manifest is out of scope', () => {
    const files = { 'vendor/role.yaml': role('  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}\n') }
    expect(refusals(plan(files))[0]).toContain('was copied from elsewhere')
  })

  test('next steps show what each account may do', () => {
    const { before } = plan({ 'role.yaml': role('  - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}\n') }, 'none')
    const complaints = before.judged
      .filter(({ finding }) => RBAC.test(finding.ruleId))
      .map(({ complaint }) => complaint)
    expect(fixer.nextSteps(complaints, { estate: before.estate, values: {} }).map(({ command }) => command)).toEqual([
      'kubectl auth can-i --list --as=system:serviceaccount:shop:worker -n shop',
    ])
  })
})

const policyRule = fc.record({
  apiGroups: fc.uniqueArray(
    fc.constantFrom('', 'apps', 'rbac.authorization.k8s.io', 'admissionregistration.k8s.io', '*'),
    { minLength: 1, maxLength: 2 },
  ),
  resources: fc.uniqueArray(
    fc.constantFrom(
      '*',
      'pods',
      'pods/exec',
      'secrets',
      'deployments',
      'clusterroles',
      'rolebindings',
      'services/status',
      'serviceaccounts',
      'nodes/proxy',
      'validatingwebhookconfigurations',
    ),
    { minLength: 1, maxLength: 4 },
  ),
  verbs: fc.uniqueArray(fc.constantFrom('*', 'get', 'list', 'create', 'patch', 'bind', 'escalate', 'impersonate'), {
    minLength: 1,
    maxLength: 4,
  }),
})

test('any role: what is not refused passes, once is enough, and nobody gets a right that they had not', () => {
  fc.assert(
    fc.property(
      fc.array(policyRule, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      (rules, flow, inCluster) => {
        const kind = inCluster ? 'ClusterRole' : 'Role'
        const text = stringify(rules, { collectionStyle: flow ? 'flow' : 'block' }).trimEnd()
        const result = plan({ 'role.yaml': role(`${text.replace(/^/gm, '  ')}\n`, kind) })
        expect(refusals(result).filter((one) => !/is not known here/.test(one))).toEqual([])
        if (refusals(result).length === 0) expect(left(result, RBAC)).toEqual([])
        expect(plan(Object.fromEntries(result.files)).changes).toEqual([])
        const [after] = loadAll(result.files.get('role.yaml') ?? '')
        const narrowed: unknown = typeof after === 'object' && after !== null && 'rules' in after ? after.rules : []
        for (const group of ['', 'apps', 'rbac.authorization.k8s.io'])
          for (const resource of ['pods', 'secrets', 'deployments', 'clusterroles', 'services', 'pods/exec'])
            for (const verb of ['get', 'create', 'delete', 'bind'])
              if (gives(narrowed, group, resource, verb)) expect(gives(rules, group, resource, verb)).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
}, 60_000)

function gives(rules: unknown, group: string, resource: string, verb: string): boolean {
  if (!Array.isArray(rules)) return false
  const has = (rule: unknown, key: string, wanted: string): boolean => {
    const list: unknown = typeof rule === 'object' && rule !== null ? Reflect.get(rule, key) : undefined
    return Array.isArray(list) && (list.includes('*') || list.includes(wanted))
  }
  return rules.some(
    (rule) => has(rule, 'apiGroups', group) && has(rule, 'resources', resource) && has(rule, 'verbs', verb),
  )
}
