import { publicPolicyRule } from '../../../shared/terraform-iam-public.ts'

export default publicPolicyRule({
  id: 'kms-no-public-policy',
  title: 'A key is not open to everybody',
  severity: 'high',
  severityReason:
    'Every AWS account in the world decrypts with the key, or takes it over; it takes the encrypted data, or the key id, first.',
  sameAs: ['checkov:CKV_AWS_33'],
  policies: { aws_kms_key: 'policy', aws_kms_key_policy: 'policy', aws_kms_external_key: 'policy' },
  what: 'this key',
  naming: /^kms:CallerAccount$/i,
  remediation:
    'Name the account or the roles; `arn:aws:iam::ACCOUNT:root` hands the decision to the policies of that account. For keys ' +
    'that services use on behalf of the account, add kms:CallerAccount.',
})
