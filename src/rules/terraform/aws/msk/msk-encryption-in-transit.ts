import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'msk-encryption-in-transit',
  title: 'MSK clusters encrypt what they send',
  severity: 'medium',
  severityReason:
    'Messages and credentials cross the VPC in clear text; only somebody who has taken over a host or a mirror session there ' +
    'can listen in.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_81', 'trivy:AWS-0073'],
  resources: ['aws_msk_cluster'],
  path: ['encryption_info.encryption_in_transit.client_broker', 'encryption_info.encryption_in_transit.in_cluster'],
  read: (at) => at.string(),
  // Left out, both are on.
  holds: (value) => value === undefined || value === 'TLS' || value === 'true',
  bad: ['PLAINTEXT', 'TLS_PLAINTEXT', false],
  message: 'This cluster sends messages in clear text (the setting is {value}).',
  remediation: 'Set `client_broker = "TLS"` and `in_cluster = true` in `encryption_in_transit`.',
  fix: (at) =>
    at.path.at(-1) === 'client_broker'
      ? {
          fixer: 'msk',
          rank: 'C',
          title: 'Take TLS connections only',
          minutes: 30,
          reason: 'clients on the plaintext port fail from then on: move them to 9094, 9096 or 9098 first',
          value: 'TLS',
        }
      : {
          fixer: 'msk',
          rank: 'B',
          title: 'Encrypt the traffic between the brokers',
          minutes: 120,
          reason: 'it can be set at creation only, so the cluster is replaced and its messages are lost',
          value: true,
        },
})
