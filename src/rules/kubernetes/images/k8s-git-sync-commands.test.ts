import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-git-sync-commands.ts'

const sync = (lines: string) =>
  pod(`containers:\n- name: s\n  image: registry.k8s.io/git-sync/git-sync:v4.2.3\n  ${lines}`)

testRule(rule, {
  valid: [
    sync('args: [--repo=https://git.example/a, --root=/git, --git-gc=auto]'),
    { name: 'another image may have such flags', code: pod('containers: [{name: a, image: "a:1", args: [--git=/x]}]') },
    { name: 'set to nothing', code: sync('env: [{name: GITSYNC_EXECHOOK_COMMAND, value: ""}]') },
  ],
  undecided: [
    {
      name: 'arguments that Helm fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/pod.yaml': `apiVersion: v1\nkind: Pod\nspec: {containers: [{name: s, image: "git-sync:v4", args: '{{ .Values.a }}'}]}\n`,
      },
    },
  ],
  invalid: [
    {
      name: 'flags',
      code: sync('args: ["--git=/tmp/x", "--exechook-command", "/hook.sh"]'),
      problems: [
        { message: 'flag', at: '9:12-9:26', data: { container: 's', setting: 'git' } },
        { message: 'flag', at: '9:28-9:48' },
      ],
      output: null,
    },
    {
      name: 'variables of either generation',
      code: sync('env: [{name: GITSYNC_GIT, value: /tmp/x}, {name: GIT_SYNC_HOOK_COMMAND, valueFrom: {}}]'),
      problems: [
        { message: 'variable', at: '9:18-9:29' },
        { message: 'variable', at: '9:54-9:75' },
      ],
      output: null,
    },
  ],
})
