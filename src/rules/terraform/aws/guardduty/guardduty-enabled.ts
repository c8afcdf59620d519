import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'guardduty-enabled',
  title: 'GuardDuty detectors are switched on',
  severity: 'medium',
  severityReason: 'Stolen keys in use, mining and calls to known bad hosts go unnoticed; it opens no door by itself.',
  controls: ['SI-4', 'IR-4'],
  sameAs: ['checkov:CKV_AWS_238'],
  resources: ['aws_guardduty_detector'],
  path: 'enable',
  wanted: true,
  fallback: true,
  message: 'This detector is switched off.',
  remediation: 'Set `enable = true`, or remove the line: true is the default.',
  fix: {
    fixer: 'guardduty',
    rank: 'D',
    title: 'Switch the detector on (it is charged by volume)',
    minutes: 5,
    value: true,
  },
})
