import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'launch-template-metadata-hop-limit',
  title: 'Metadata of instances does not travel further than the host',
  severity: 'medium',
  severityReason:
    'A container on the host gets the credentials of the node instead of its own; it takes a foothold in a container first.',
  controls: ['AC-6', 'SC-39'],
  sameAs: ['checkov:CKV_AWS_341'],
  resources: ['aws_launch_template', 'aws_launch_configuration'],
  path: 'metadata_options.http_put_response_hop_limit',
  read: (at) => at.number(),
  holds: (hops) => hops === undefined || hops <= 1,
  bad: [2, 3, 64],
  message: 'Answers of the metadata service travel {value} hops, into containers for instance.',
  remediation: 'Set `http_put_response_hop_limit = 1` and give pods or tasks roles of their own.',
  fix: {
    fixer: 'ec2',
    rank: 'C',
    title: 'Keep metadata on the host',
    minutes: 30,
    reason: 'containers that use the credentials of the node lose them: give them roles of their own first',
    value: 1,
  },
})
