import { publicPolicyRule } from '../../../shared/terraform-iam-public.ts'

export default publicPolicyRule({
  id: 'sns-no-public-policy',
  version: '2',
  title: 'A topic is not open to everybody',
  severity: 'high',
  severityReason:
    'Every AWS account in the world subscribes to the messages or forges them, knowing only the ARN; what that gives depends ' +
    'on what the messages do.',
  sameAs: ['checkov:CKV_AWS_169'],
  policies: { aws_sns_topic: 'policy', aws_sns_topic_policy: 'policy' },
  what: 'this topic',
  naming: /^sns:Endpoint$/i,
  remediation: 'Name the service or role that publishes, with a condition on aws:SourceArn or aws:SourceAccount.',
})
