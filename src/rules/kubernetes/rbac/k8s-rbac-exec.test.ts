import { testRule } from '../../../testing/index.ts'
import { bound, role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-exec.ts'

const EXEC = role([right('', 'pods/exec', 'create')])
const inNamespace = { kind: 'RoleBinding', metadata: ', namespace: n' }

testRule(rule, {
  valid: [
    {
      name: 'pods are not their parts',
      code: bound(role([right('', 'pods, pods/log, nodes/metrics', 'get, create')])),
    },
    { name: 'another group', code: bound(role([right('apps', 'pods/exec', 'create')])) },
    { name: 'bound to a person', code: bound(EXEC, { subject: 'kind: User, name: ada' }) },
    { name: 'bound to people', code: bound(EXEC, { subject: 'kind: Group, name: ops' }) },
    { name: 'bound to nobody', code: EXEC },
    { name: 'nodes are in no namespace', code: bound(role([right('', 'nodes/proxy', 'get')]), inNamespace) },
    {
      name: 'a Role of another namespace',
      code: bound(role([right('', 'pods/exec', 'create')], 'Role', ', namespace: m'), {
        ...inNamespace,
        roleKind: 'Role',
      }),
    },
    { name: 'one pod', code: bound(role([right('', 'pods/exec', 'create', ', resourceNames: [p]')])) },
  ],
  undecided: [
    bound(role([right('', 'pods/exec', '[x]')])),
    {
      name: 'joins an aggregated role',
      code: role(
        [right('', 'pods/exec', 'create')],
        'ClusterRole',
        ', labels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}',
      ),
    },
    {
      name: 'a Role that may be applied to any namespace',
      code: bound(role([right('', 'pods/exec', 'create')], 'Role'), { ...inNamespace, roleKind: 'Role' }),
    },
  ],
  invalid: [
    {
      name: 'by a node, with one rule of two',
      code: bound(role([right('', 'pods', 'get'), right('', 'pods/exec', 'create')]), {
        subject: 'kind: Group, name: "system:nodes"',
      }),
      problems: [
        {
          message: 'bound',
          at: '6:33-6:42',
          data: {
            role: 'r',
            verbs: 'create',
            resource: 'pods/exec',
            subject: 'Group system:nodes',
            binding: 'ClusterRoleBinding//b',
          },
        },
      ],
      output: null,
    },
    {
      name: 'that part of everything',
      code: bound(role([right('', '"*/exec"', '"*"')])),
      problems: [{ message: 'bound', at: '5:33-5:41', aliases: ['CKV2_K8S_2', 'AVD-KSV-0053'] }],
      output: null,
    },
    {
      name: 'through nodes',
      code: bound(role([right('', 'nodes/proxy', 'get')])),
      problems: [{ message: 'bound', at: '5:33-5:44', aliases: ['CKV2_K8S_2', 'AVD-KSV-0047'] }],
      output: null,
    },
    {
      name: 'everything in a namespace',
      code: bound(role([right('"*"', '"*"', '"*"')], 'Role', ', namespace: n'), { ...inNamespace, roleKind: 'Role' }),
      problems: [{ message: 'bound' }],
      output: null,
    },
  ],
})
