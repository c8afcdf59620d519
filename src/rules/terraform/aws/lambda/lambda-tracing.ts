import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'lambda-tracing',
  title: 'Lambda functions say whether they are traced',
  severity: 'info',
  severityReason:
    'It helps to follow a request through several functions, in an incident too; nothing is open without it.',
  controls: ['AU-12', 'SI-4'],
  sameAs: ['checkov:CKV_AWS_50', 'trivy:AWS-0066'],
  resources: ['aws_lambda_function'],
  path: 'tracing_config.mode',
  read: (at) => at.string(),
  holds: (value) => value === 'Active' || value === 'PassThrough',
  bad: [null],
  message: 'Requests cannot be followed through this function: it has no `tracing_config`.',
  remediation: 'Add `tracing_config { mode = "Active" }`, and let the role of the function write to X-Ray.',
  fix: {
    fixer: 'lambda',
    rank: 'C',
    title: 'Trace the function with X-Ray',
    minutes: 10,
    reason: 'the apply fails unless the role of the function may write to X-Ray',
    value: 'Active',
  },
})
