import { isPublicStatement } from '../../../../resources/aws/s3-policy.ts'
import { type PolicyStatement, readPolicy } from '../../../../resources/terraform/policy.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'

export default defineRule({
  id: 's3-no-public-policy',
  title: 'S3 bucket policies do not let everybody in',
  severity: 'high',
  severityReason:
    'Anybody on the internet uses the bucket without credentials. Where the statement allows writing or everything, ' +
    'strangers also replace and delete: those are critical.',
  controls: ['AC-3', 'AC-6', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_70'],
  kind: 'terraform',
  resources: ['aws_s3_bucket', 'aws_s3_bucket_policy'],
  messages: { publicPolicy: 'This policy lets anyone on the internet use {actions} on the bucket.' },
  remediation:
    'Name the principals that need it, or narrow the statement with a condition such as aws:PrincipalOrgID or ' +
    'aws:SourceVpce. For a public site put CloudFront with origin access control in front.',
  *check(resource) {
    const at = resource.get('policy')
    const policy = readPolicy(at)
    if (policy.kind === 'absent') return
    if (policy.kind === 'unknown') return yield undecided(at, policy.reason)
    if (!policy.complete) yield undecided(at, 'the policy may have more statements')
    for (const statement of policy.statements) {
      const verdict = isPublicStatement(statement, policy.statements)
      if (verdict === 'unknown') yield undecided(statement.place, 'whom this statement lets in is not known')
      if (verdict !== 'yes') continue
      const { known, not } = statement.actions
      const actions = not ? 'almost everything' : known.length === 0 ? 'some actions' : known.slice(0, 3).join(', ')
      const principal = statement.principals.place
      const problem = {
        at: principal.absent ? statement.place : principal,
        message: 'publicPolicy',
        data: { actions },
      } as const
      yield allowsChanges(statement) ? { ...problem, severity: 'critical' } : problem
    }
    yield pass('what is not known in it changes nothing about whom it lets in')
  },
})

function allowsChanges({ actions }: PolicyStatement): boolean {
  return (
    actions.not || actions.known.some((action) => /^(?:\*|s3:(?:\*|put|delete|restore|bypass|replicate))/i.test(action))
  )
}
