import { publicPolicyRule } from '../../../shared/terraform-iam-public.ts'

export default publicPolicyRule({
  id: 'ecr-no-public-policy',
  title: 'A repository of images is not open to everybody',
  severity: 'high',
  severityReason:
    'Every AWS account in the world pulls the images, with code and whatever was baked in; where the statement allows pushing, ' +
    'strangers run their code in place of ours.',
  sameAs: ['checkov:CKV_AWS_32', 'trivy:AWS-0032'],
  policies: { aws_ecr_repository_policy: 'policy' },
  what: 'this repository',
  remediation:
    'Name the accounts that pull, or add a condition on aws:PrincipalOrgID. Public images belong into ECR Public.',
})
