import { describe, expect, test } from 'vitest'
import { defineRule, type Rule } from '../../rules/rule.ts'
import { auditProject } from '../../testing/project.ts'

const RULES: readonly Rule[] = ['CKV_AWS_20', 'CKV_AWS_21'].map((id, i) =>
  defineRule({
    id: `rule-${i}`,
    title: 'A test',
    severity: 'low',
    severityReason: 'A test.',
    controls: ['AC-3'],
    sameAs: [`checkov:${id}`, `trivy:AWS-000${i}`],
    kind: 'terraform',
    resources: ['aws_s3_bucket'],
    messages: { bad: 'bad' },
    remediation: 'None.',
    *check(bucket) {
      yield { at: bucket.get(i === 0 ? 'acl' : 'tags'), message: 'bad' }
    },
  }),
)

const OBJECTS: readonly Rule[] = [
  defineRule({
    id: 'k8s-no-privileged',
    title: 'A test',
    severity: 'low',
    severityReason: 'A test.',
    controls: ['AC-3'],
    sameAs: ['checkov:CKV_K8S_16'],
    kind: 'kubernetes',
    resources: ['ConfigMap'],
    messages: { bad: 'bad' },
    remediation: 'None.',
    *check(object) {
      yield { at: object.get('data', 'a'), message: 'bad' }
    },
  }),
]

function outcome(files: Record<string, string>, rules = RULES): { open: string[]; codes: string[] } {
  const { findings, diagnostics } = auditProject({ files, rules }).result
  return {
    open: findings.filter(({ status }) => status === 'open').map(({ ruleId }) => ruleId),
    codes: diagnostics.map(({ code }) => code),
  }
}

const terraform = (text: string, more: Record<string, string> = {}): ReturnType<typeof outcome> =>
  outcome({ 'main.tf': text, ...more })

const BUCKET = 'resource "aws_s3_bucket" "b" {\n  acl  = "x"\n  tags = {}\n}\n'

describe('comments in Terraform', () => {
  test.each([
    ['ours, above the resource', `# secops:ignore rule-0 reason="x"\n${BUCKET}`, ['rule-1']],
    [
      'ours, above the attribute',
      BUCKET.replace('  acl', '  # secops:ignore rule-0,rule-1 reason="x"\n  acl'),
      ['rule-1'],
    ],
    ['ours, beside the attribute', BUCKET.replace('"x"', '"x" # secops:ignore CKV_AWS_20 reason="x"'), ['rule-1']],
    ['every rule', `# secops:ignore * reason="x"\n${BUCKET}`, []],
    ['Checkov, inside the resource', BUCKET.replace('  acl', '  #checkov:skip=CKV_AWS_21:because\n  acl'), ['rule-0']],
    ['tfsec with two ids', `#tfsec:ignore:AWS-0000 tfsec:ignore:avd-aws-0001\n${BUCKET}`, []],
    ['Trivy', `#trivy:ignore:AVD-AWS-0000\n${BUCKET}`, ['rule-1']],
    [
      'for another resource',
      `# secops:ignore rule-0 reason="x"\nresource "aws_x" "y" {}\n${BUCKET}`,
      ['rule-0', 'rule-1'],
    ],
    ['an ordinary comment', `# secops is told to ignore nothing\n${BUCKET}`, ['rule-0', 'rule-1']],
  ])('%s', (_name, text, open) => {
    expect(terraform(text).open).toEqual(open)
  })

  test('past its date it counts no longer, and is reported', () => {
    expect(terraform(`# secops:ignore rule-0 reason="x" until=2025-12-31\n${BUCKET}`)).toEqual({
      open: ['rule-0', 'rule-1'],
      codes: ['suppression-expired'],
    })
    expect(terraform(`#tfsec:ignore:AWS-0000:exp:2020-01-01\n${BUCKET}`).open).toEqual(['rule-0', 'rule-1'])
  })

  test('without reason it is reported', () => {
    expect(terraform(`# secops:ignore rule-0\n${BUCKET}`)).toEqual({
      open: ['rule-1'],
      codes: ['suppression-without-reason'],
    })
  })

  test.each([
    '# secops:ignore',
    '# secops:ignore no-such-rule reason="x"',
    '# secops:ignore rule-0 reason="x" until=soon',
  ])('what cannot be read is reported and counts for nothing: %s', (comment) => {
    expect(terraform(`${comment}\n${BUCKET}`)).toEqual({ open: ['rule-0', 'rule-1'], codes: ['suppression-invalid'] })
  })

  test('reason, owner and last day stand in the finding', () => {
    const comment = '# secops:ignore rule-0 reason="public site" owner=web@example.com until=2027-01-31'
    const { findings } = auditProject({ files: { 'main.tf': `${comment}\n${BUCKET}` }, rules: RULES }).result
    expect(findings.find(({ status }) => status === 'suppressed')?.suppression).toEqual({
      reason: 'public site',
      owner: 'web@example.com',
      expires: '2027-01-31',
    })
  })
})

describe('settings files of other scanners', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['.checkov.yaml', { '.checkov.yaml': 'skip-check:\n  - CKV_AWS_20\n' }, ['rule-1']],
    ['.checkov.yaml with a pattern', { '.checkov.yaml': 'skip-check: CKV_AWS_*\n' }, []],
    ['.trivyignore', { '.trivyignore': '# why\nAVD-AWS-0000\nAVD-AWS-0001 exp:2020-01-01\n' }, ['rule-1']],
    [
      '.trivyignore.yaml',
      { '.trivyignore.yaml': 'misconfigurations:\n  - id: AVD-AWS-0001\n    paths: [main.tf]\n    statement: ok\n' },
      ['rule-0'],
    ],
    [
      '.trivyignore.yaml elsewhere',
      { '.trivyignore.yaml': 'misconfigurations:\n  - id: AVD-AWS-0001\n    paths: [x/]\n' },
      ['rule-0', 'rule-1'],
    ],
    [
      '.checkov.baseline',
      {
        '.checkov.baseline':
          '{"failed_checks": [{"file": "/main.tf", "findings": [{"resource": "aws_s3_bucket.b", "check_ids": ["CKV_AWS_20"]}]}]}',
      },
      ['rule-1'],
    ],
    ['broken', { '.checkov.yaml': '[', '.trivyignore.yaml': '{', '.checkov.baseline': '{' }, ['rule-0', 'rule-1']],
  ])('%s', (_name, files, open) => {
    expect(terraform(BUCKET, files).open).toEqual(open)
  })
})

describe('Kubernetes', () => {
  const map = (annotation: string, comment = ''): Record<string, string> => ({
    'm.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations:\n    k: v\n${annotation}data:\n${comment}  a: b\n`,
  })
  test.each([
    ['Checkov annotation', map('    checkov.io/skip1: CKV_K8S_16=because\n')],
    ['kube-linter annotation', map('    ignore-check.kube-linter.io/privileged-container: because\n')],
    ['our annotation', map('    secops.dev/ignore: k8s-no-privileged\n    secops.dev/reason: because\n')],
    ['comment above the entry', map('', '  # secops:ignore k8s-no-privileged reason="x"\n')],
    ['comment above the object', { 'm.yaml': `# secops:ignore CKV_K8S_16 reason="x"\n${map('')['m.yaml']}` }],
  ])('%s', (_name, files) => {
    expect(outcome(files, OBJECTS)).toEqual({ open: [], codes: [] })
  })

  test('a comment above another entry is not for this one', () => {
    const files = {
      'm.yaml': (map('')['m.yaml'] ?? '').replace(
        'metadata:',
        '# secops:ignore k8s-no-privileged reason="x"\nmetadata:',
      ),
    }
    expect(outcome(files, OBJECTS).open).toEqual(['k8s-no-privileged'])
  })
})
