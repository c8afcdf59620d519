import { publicPolicyRule } from '../../../shared/terraform-iam-public.ts'

export default publicPolicyRule({
  id: 'iam-document-no-public-principal',
  version: '2',
  title: 'No policy document lets everybody in',
  severity: 'high',
  severityReason:
    'What gets this policy (a bucket, a queue, a key, a role) is open to every AWS account in the world; how much that gives ' +
    'away depends on what it is.',
  sameAs: ['checkov:CKV_AWS_283'],
  policies: { 'data.aws_iam_policy_document': 'json' },
  what: 'whatever gets this policy',
  naming: /^(?:kms:CallerAccount|sns:Endpoint)$/i,
  remediation:
    'Name the principals, or add a condition that says who or from where: aws:PrincipalOrgID, aws:SourceArn, aws:SourceVpce.',
})
