import { describe, expect, test } from 'vitest'
import { defineFixer, type Fixer } from '../fix/fixer.ts'
import type { Resource } from '../resources/resource.ts'
import { defineRule, type Rule } from '../rules/rule.ts'
import { planProject, testPlanInput } from '../testing/project.ts'
import { fileEdit, type WorkspaceEdit } from '../text/workspace-edit.ts'
import { planFixes, type FixPlan } from './plan.ts'

/** A rule that is easily fooled: it only looks whether the resource's text matches. What deceives it, others must catch. */
function gullible(kind: 'terraform' | 'kubernetes', resources: readonly string[], bad: RegExp): Rule {
  return defineRule({
    id: 'gullible',
    title: 'A test',
    severity: 'high',
    severityReason: 'A test.',
    controls: ['CM-6'],
    sameAs: [],
    kind,
    resources,
    messages: { bad: 'matches' },
    remediation: 'Mend it.',
    *check(place) {
      if (bad.test(textOf(place.resource))) yield { at: place, message: 'bad' }
    },
  })
}

function textOf(resource: Resource): string {
  if (resource.source === undefined) return ''
  if (resource.kind === 'terraform') {
    const { document, block } = resource.source
    return document.text.slice(block.span.start, block.span.end)
  }
  if (resource.kind !== 'kubernetes') return resource.source.document.text
  const [start = 0, end = 0] = resource.source.node.range ?? []
  return resource.source.document.text.slice(start, end)
}

type Files = Readonly<Record<string, string>>

/** A fixer that turns the whole project into another one, and claims that this is a fix of rank E. */
function deceiver(files: Files, deceive: (files: Files) => Files): Fixer {
  return defineFixer({
    name: 'deceiver',
    title: 'A test',
    covers: ['gullible'],
    assess: () => ({ rank: 'E', title: 'Mend it', minutes: 1, group: 'all' }),
    build: () => editOf(files, deceive(files)),
    nextSteps: () => [],
  })
}

function editOf(before: Files, after: Files): WorkspaceEdit {
  const changes = Object.entries(before)
    .filter(([path, text]) => after[path] !== text)
    .map(([path, text]) => fileEdit(path, [{ span: { start: 0, end: text.length }, text: after[path] ?? '' }]))
  return {
    changes: new Map(changes.flatMap((edit) => [...edit.changes])),
    creates: new Map(Object.entries(after).filter(([path]) => before[path] === undefined)),
  }
}

interface Trick {
  readonly name: string
  readonly files: Files
  readonly rule: Rule
  readonly deceive: (files: Files) => Files
  /** Part of the reason. */
  readonly caught: string
}

function check(tricks: readonly Trick[]): void {
  test.each(tricks.map((trick) => [trick.name, trick] as const))('%s', (_name, { files, rule, deceive, caught }) => {
    const plan: FixPlan = planProject({ files, rules: [rule], fixers: [deceiver(files, deceive)] }, 'C')
    expect(plan.before.result.summary.total, 'the trick needs something to hide').toBeGreaterThan(0)
    expect(plan.changes).toEqual([])
    expect(plan.applied).toEqual([])
    const reasons = plan.refused.map(({ reason }) => reason)
    expect(reasons.join('\n')).toContain(caught)
    expect(plan.refused[0]?.code).toBe('verification-failed')
  })
}

const replaceIn =
  (path: string, from: string | RegExp, to: string) =>
  (files: Files): Files => ({
    ...files,
    [path]: (files[path] ?? '').replace(from, to),
  })

describe('Terraform', () => {
  const group = `resource "aws_security_group" "web" {
  name = "web"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`
  const open = gullible('terraform', ['aws_security_group'], /"0\.0\.0\.0\/0"|"::\/0"/)
  const sg = (name: string, deceive: (files: Files) => Files, caught: string): Trick => ({
    name,
    files: { 'main.tf': group },
    rule: open,
    deceive,
    caught,
  })
  const policy = `resource "aws_iam_role_policy" "p" {
  role   = "r"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["s3:*"], Resource = ["arn:aws:s3:::logs/*"] }]
  })
}
`
  const star = gullible('terraform', ['aws_iam_role_policy'], /"s3:\*"/)
  const evaluated: Rule = {
    ...star,
    *check(place) {
      const text = place.get('policy').string()
      if (text.kind === 'known' && text.value.includes('"s3:*"')) yield { at: place, message: 'bad' }
    },
  }
  const iam = (name: string, to: string, caught = 'widen the scope'): Trick => ({
    name: `"s3:*" as ${name}`,
    files: { 'main.tf': policy },
    rule: star,
    deceive: replaceIn('main.tf', '"s3:*"', to),
    caught,
  })
  const gone = 'no longer be audited'
  const move =
    (path: string) =>
    (files: Files): Files => ({ 'main.tf': '', [path]: files['main.tf'] ?? '' })

  describe('taken out of sight', () => {
    check([
      sg('line comments', (f) => ({ 'main.tf': (f['main.tf'] ?? '').replace(/^/gm, '# ') }), gone),
      sg('a block comment', (f) => ({ 'main.tf': `/*\n${f['main.tf'] ?? ''}*/\n` }), gone),
      sg('deleting the resource', () => ({ 'main.tf': '' }), gone),
      sg('renaming the file to .bak', move('main.tf.bak'), gone),
      sg('a heredoc', (f) => ({ 'main.tf': `locals {\n  old = <<EOT\n${f['main.tf'] ?? ''}EOT\n}\n` }), gone),
      sg('a module that is not called', move('modules/old/main.tf'), gone),
      sg('another folder', move('excluded/main.tf'), gone),
      sg('count = 0', replaceIn('main.tf', 'name =', 'count = 0\n  name ='), gone),
      sg('for_each over nothing', replaceIn('main.tf', 'name =', 'for_each = {}\n  name ='), gone),
      sg(
        'a count that nobody knows',
        replaceIn('main.tf', 'name =', 'count = terraform.workspace == "x" ? 1 : 0\n  name ='),
        'make conditional',
      ),
      sg('an override file', (f) => ({ ...f, 'main_override.tf': 'locals {}\n' }), 'override'),
      sg(
        'another provider',
        replaceIn('main.tf', /name = "web"[\s\S]*/, 'name = "web"\n  provider = aws.other\n}\n'),
        'change the provider',
      ),
      sg(
        'ignore_changes, so that the fix is never made',
        replaceIn(
          'main.tf',
          /name = "web"[\s\S]*/,
          'name = "web"\n  lifecycle {\n    ignore_changes = [ingress]\n  }\n}\n',
        ),
        'ignore changes',
      ),
      {
        name: 'a service scaled to nothing',
        files: { 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "bad"\n  desired_count = 2\n}\n' },
        rule: gullible('terraform', ['aws_ecs_service'], /"bad"|= 2/),
        deceive: () => ({ 'main.tf': 'resource "aws_ecs_service" "s" {\n  name = "good"\n  desired_count = 0\n}\n' }),
        caught: 'scale down',
      },
    ])
  })

  describe('the same in another form', () => {
    const cidr = (name: string, to: string, caught = 'widen the scope'): Trick =>
      sg(`0.0.0.0/0 as ${name}`, replaceIn('main.tf', '"0.0.0.0/0"', to), caught)
    check([
      cidr('two halves', '"0.0.0.0/1", "128.0.0.0/1"'),
      cidr('four quarters', '"0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"'),
      cidr('another address with no bits', '"10.0.0.0/0"'),
      cidr('leading zeros', '"0.0.0.0/00"'),
      {
        ...sg('::/0 as 0::/0', replaceIn('main.tf', '"::/0"', '"0::/0"'), 'widen the scope'),
        files: { 'main.tf': group.replace('cidr_blocks = ["0.0.0.0/0"]', 'ipv6_cidr_blocks = ["::/0"]') },
      },
      {
        ...sg('::/0 in halves', replaceIn('main.tf', '"::/0"', '"::/1", "8000::/1"'), 'widen the scope'),
        files: { 'main.tf': group.replace('cidr_blocks = ["0.0.0.0/0"]', 'ipv6_cidr_blocks = ["::/0"]') },
      },
      sg(
        'a prefix list that holds the whole internet',
        (f) => ({
          'main.tf': `${(f['main.tf'] ?? '').replace('cidr_blocks = ["0.0.0.0/0"]', 'prefix_list_ids = [aws_ec2_managed_prefix_list.all.id]')}
resource "aws_ec2_managed_prefix_list" "all" {
  name           = "all"
  address_family = "IPv4"
  max_entries    = 1
  entry {
    cidr = "0.0.0.0/0"
  }
}
`,
        }),
        'widen the scope',
      ),
      sg(
        'a rule of its own beside the group',
        (f) => ({
          'main.tf': `${(f['main.tf'] ?? '').replace('"0.0.0.0/0"', '"10.0.0.0/8"')}
resource "aws_vpc_security_group_ingress_rule" "all" {
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "0.0.0.0/0"
}
`,
        }),
        'widen the scope',
      ),
      iam('s3:?*', '"s3:?*"'),
      iam('s3:**', '"s3:**"'),
      iam('S3:*', '"S3:*"'),
      iam('*:*', '"*:*"'),
      iam('*', '"*"'),
      iam('?*', '"?*"'),
      iam('every letter', '"s3:G*", "s3:P*", "s3:D*", "s3:L*"'),
      { ...iam('an escape', '"s3:\\u002a"', 'does not pass'), rule: evaluated },
      {
        ...iam('NotAction', ''),
        deceive: replaceIn('main.tf', 'Action = ["s3:*"]', 'NotAction = ["s3:Nothing"]'),
      },
      {
        ...iam('an interpolation', '', 'does not pass'),
        rule: evaluated,
        deceive: replaceIn('main.tf', '"s3:*"', '"s3:${"*"}"'),
      },
      {
        name: 'Principal "*" as a list of accounts',
        files: {
          'main.tf':
            'resource "aws_s3_bucket_policy" "p" {\n  bucket = "b"\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }] })\n}\n',
        },
        rule: gullible('terraform', ['aws_s3_bucket_policy'], /Principal = "\*"/),
        deceive: replaceIn('main.tf', 'Principal = "*"', 'Principal = { AWS = ["*", "arn:aws:iam::*:root"] }'),
        caught: 'widen the scope',
      },
    ])

    test('narrowing is no trick', () => {
      const narrow = replaceIn('main.tf', '"s3:*"', '"s3:GetObject", "s3:List*"')
      const files = { 'main.tf': policy }
      expect(planProject({ files, rules: [star], fixers: [deceiver(files, narrow)] }).applied).toHaveLength(1)
      const inside = replaceIn('main.tf', '"0.0.0.0/0"', '"10.0.0.0/8", "192.168.0.0/16"')
      const groups = { 'main.tf': group }
      expect(planProject({ files: groups, rules: [open], fixers: [deceiver(groups, inside)] }).applied).toHaveLength(1)
    })
  })

  describe('told to be silent', () => {
    const good = replaceIn('main.tf', '"0.0.0.0/0"', '"10.0.0.0/8"')
    const beside = (path: string, text: string): Trick =>
      sg(path, (f) => ({ ...good(f), [path]: text }), 'decides which findings count')
    check([
      ...[
        '#checkov:skip=CKV_AWS_24:later',
        '# tfsec:ignore:aws-ec2-no-public-ingress-sgr',
        '# trivy:ignore:AVD-AWS-0107',
        '# secops:ignore gullible reason="later"',
        '# nosemgrep',
        '# kics-scan ignore-line',
        '# tflint-ignore: all',
      ].map((comment) => sg(comment, (f) => ({ 'main.tf': `${comment}\n${good(f)['main.tf'] ?? ''}` }), 'suppression')),
      {
        ...sg(
          'one suppression for another',
          replaceIn('main.tf', /#checkov:skip=CKV_AWS_1.*\n/, '#checkov:skip=CKV_AWS_24:later\n'),
          'suppression',
        ),
        files: { 'main.tf': `#checkov:skip=CKV_AWS_1:old\n${group}` },
        deceive: (f) => good(replaceIn('main.tf', 'CKV_AWS_1:old', 'CKV_AWS_24:later')(f)),
      },
      beside('secops.yaml', 'version: 1\nrules:\n  gullible: off\n'),
      beside('sub/secops.yaml', 'version: 1\n'),
      beside('.checkov.yaml', 'skip-check: [CKV_AWS_24]\n'),
      beside('.checkov.baseline', '{}\n'),
      beside('.trivyignore', 'AVD-AWS-0107\n'),
      beside('.gitignore', 'main.tf\n'),
      beside('.secops/baseline.json', '{}\n'),
      beside('secops-baseline.json', '{}\n'),
      beside('.tfsec/config.yml', 'exclude: []\n'),
      {
        name: 'a lower severity in secops.yaml',
        files: { 'main.tf': group, 'secops.yaml': 'version: 1\n' },
        rule: open,
        deceive: (f) => ({ ...good(f), 'secops.yaml': 'version: 1\nrules:\n  gullible:\n    severity: info\n' }),
        caught: 'decides which findings count',
      },
    ])

    test('a new file where the next audit does not look', () => {
      const files = { 'main.tf': group }
      const fixer = deceiver(files, (f) => ({ ...good(f), 'excluded/more.tf': 'locals {}\n' }))
      const input = testPlanInput({ files, rules: [open], fixers: [fixer] })
      const plan = planFixes({ ...input, isAudited: (path) => !path.startsWith('excluded/') })
      expect(plan.refused.map(({ code, reason }) => [code, reason])).toEqual([
        ['verification-failed', 'excluded/more.tf: it would no longer be audited there'],
      ])
    })
  })

  describe('made unknowable', () => {
    const named = gullible('terraform', ['aws_security_group'], /"0\.0\.0\.0\/0"/)
    const decided: Rule = {
      ...named,
      *check(place) {
        const range = place.get('ingress', 'cidr_blocks').strings()
        if (range.kind === 'known' && range.value.includes('0.0.0.0/0')) yield { at: place, message: 'bad' }
      },
    }
    check([
      {
        ...sg(
          'a variable without a value',
          (f) => ({
            'main.tf': `${replaceIn('main.tf', '["0.0.0.0/0"]', 'var.ranges')(f)['main.tf'] ?? ''}\nvariable "ranges" {\n  type = list(string)\n}\n`,
          }),
          'does not pass',
        ),
        rule: decided,
      },
      {
        ...sg('a data source', replaceIn('main.tf', '["0.0.0.0/0"]', '[data.aws_vpc.x.cidr_block]'), 'dangle'),
        rule: decided,
      },
      {
        ...sg(
          'a variable with the value as its default',
          (f) => ({
            'main.tf': `${replaceIn('main.tf', '["0.0.0.0/0"]', 'var.ranges')(f)['main.tf'] ?? ''}\nvariable "ranges" {\n  default = ["0.0.0.0/0"]\n}\n`,
          }),
          'does not pass',
        ),
        rule: decided,
      },
    ])
  })
})

describe('Kubernetes', () => {
  const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  template:
    spec:
      serviceAccountName: web
      containers:
        - name: app
          image: shop/app:1.0
          securityContext:
            privileged: true
`
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n  namespace: shop\n'
  const privileged = gullible('kubernetes', ['Deployment', 'CronJob'], /containers:[\s\S]*privileged: true/)
  const mended = replaceIn('app.yaml', 'privileged: true', 'privileged: false')
  const trick = (name: string, deceive: (files: Files) => Files, caught: string): Trick => ({
    name,
    files: { 'app.yaml': deployment },
    rule: privileged,
    deceive,
    caught,
  })
  const gone = 'no longer be audited'
  check([
    trick('replicas: 0', (f) => replaceIn('app.yaml', 'replicas: 2', 'replicas: 0')(mended(f)), 'scale down'),
    trick('another kind', replaceIn('app.yaml', 'kind: Deployment', 'kind: Deploymnt'), gone),
    trick('another name', (f) => replaceIn('app.yaml', 'name: web', 'name: web2')(mended(f)), gone),
    trick(
      'another namespace',
      (f) => replaceIn('app.yaml', 'namespace: shop', 'namespace: kube-system')(mended(f)),
      gone,
    ),
    trick('another API group', (f) => replaceIn('app.yaml', 'apps/v1', 'example.com/v1')(mended(f)), 'API group'),
    trick(
      'a container among the init containers',
      replaceIn('app.yaml', '      containers:', '      initContainers:'),
      'take a container out of containers',
    ),
    trick(
      'an ephemeral container',
      replaceIn('app.yaml', '      containers:', '      ephemeralContainers:'),
      'take a container out of containers',
    ),
    trick(
      'no container at all',
      replaceIn('app.yaml', /containers:[\s\S]*/, 'containers: []\n'),
      'take a container out of containers',
    ),
    trick('comments', (f) => ({ 'app.yaml': (f['app.yaml'] ?? '').replace(/^/gm, '# ') }), gone),
    trick('another folder', (f) => ({ 'app.yaml': '', 'old/app.yaml': f['app.yaml'] ?? '' }), gone),
    trick(
      'a text in a ConfigMap',
      (f) => ({
        'app.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  app: |\n${(f['app.yaml'] ?? '').replace(/^/gm, '    ')}`,
      }),
      gone,
    ),
    ...[
      'checkov.io/skip1: CKV_K8S_16=later',
      'secops.dev/ignore: gullible',
      'ignore-check.kube-linter.io/privileged-container: later',
      'polaris.fairwinds.com/privileged-exempt: "true"',
    ].map((annotation) =>
      trick(
        annotation,
        (f) =>
          replaceIn(
            'app.yaml',
            '  namespace: shop\n',
            `  namespace: shop\n  annotations:\n    ${annotation}\n`,
          )(mended(f)),
        'suppression',
      ),
    ),
    {
      name: 'a suspended CronJob',
      files: {
        'app.yaml':
          'apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: c\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          containers:\n            - name: a\n              securityContext:\n                privileged: true\n',
      },
      rule: privileged,
      deceive: (f) => replaceIn('app.yaml', 'spec:\n  jobTemplate', 'spec:\n  suspend: true\n  jobTemplate')(mended(f)),
      caught: 'suspend',
    },
    {
      name: 'the token taken from the service account, while the pod asks for it',
      files: {
        'app.yaml': `${deployment.replace('serviceAccountName: web', 'serviceAccountName: web\n      automountServiceAccountToken: true')}---\n${account}`,
      },
      rule: {
        ...gullible('kubernetes', ['Deployment'], /x/),
        *check(place) {
          const pod = place.get('spec', 'template', 'spec', 'automountServiceAccountToken').bool()
          if (pod.kind === 'known' && pod.value) yield { at: place, message: 'bad' }
        },
      },
      deceive: (f) => ({ 'app.yaml': `${f['app.yaml'] ?? ''}automountServiceAccountToken: false\n` }),
      caught: 'does not pass',
    },
  ])
})
