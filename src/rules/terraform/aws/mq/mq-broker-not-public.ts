import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'mq-broker-not-public',
  title: 'Message brokers have no public address',
  severity: 'high',
  severityReason:
    'The broker and its web console stand on the internet with a password between; RabbitMQ brokers have no security group ' +
    'then.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_69', 'trivy:AWS-0072'],
  resources: ['aws_mq_broker'],
  path: 'publicly_accessible',
  wanted: false,
  message: 'This broker is given a public address.',
  remediation: 'Set `publicly_accessible = false` and connect from inside the VPC.',
  fix: {
    fixer: 'mq',
    rank: 'B',
    title: 'Give the broker no public address',
    minutes: 120,
    reason: 'the broker is replaced: its messages are lost and clients get another endpoint',
    value: false,
  },
})
