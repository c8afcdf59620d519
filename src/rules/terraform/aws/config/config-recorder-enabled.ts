import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'config-recorder-enabled',
  title: 'AWS Config recorders are running',
  severity: 'medium',
  severityReason:
    'A recorder that is declared and switched off records no change, which is also what an attacker does; it opens no door ' +
    'by itself.',
  controls: ['CM-3', 'CM-8', 'AU-12'],
  sameAs: ['checkov:CKV2_AWS_45'],
  resources: ['aws_config_configuration_recorder_status'],
  path: 'is_enabled',
  wanted: true,
  message: 'This recorder is switched off.',
  remediation: 'Set `is_enabled = true`.',
  fix: {
    fixer: 'config',
    rank: 'D',
    title: 'Switch the recorder on (each recorded change costs a little)',
    minutes: 5,
    value: true,
  },
})
