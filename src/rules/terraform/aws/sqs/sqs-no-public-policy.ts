import { publicPolicyRule } from '../../../shared/terraform-iam-public.ts'

export default publicPolicyRule({
  id: 'sqs-no-public-policy',
  title: 'A queue is not open to everybody',
  severity: 'high',
  severityReason:
    'Every AWS account in the world reads, forges or deletes messages, knowing only the address of the queue; what that gives ' +
    'depends on what the messages do.',
  sameAs: ['checkov:CKV_AWS_168', 'trivy:AWS-0097'],
  policies: { aws_sqs_queue: 'policy', aws_sqs_queue_policy: 'policy' },
  what: 'this queue',
  remediation: 'Name the service or role that sends, with a condition on aws:SourceArn for a topic or a bucket.',
})
