import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'lambda-url-authentication',
  title: 'Addresses of Lambda functions ask who calls',
  severity: 'high',
  severityReason:
    'Anyone on the internet runs the function, with the rights of its role and at your cost; what that gives depends ' +
    'on the function, hence not critical.',
  controls: ['AC-3', 'IA-2'],
  sameAs: ['checkov:CKV_AWS_258'],
  resources: ['aws_lambda_function_url'],
  path: 'authorization_type',
  read: (at) => at.string(),
  holds: (value) => value === 'AWS_IAM',
  bad: ['NONE'],
  message: 'Anyone on the internet can call this function (`authorization_type` is {value}).',
  remediation:
    'Set `authorization_type = "AWS_IAM"` and let callers sign their requests, or put CloudFront with origin access ' +
    'control or an API gateway in front.',
  fix: {
    fixer: 'lambda',
    rank: 'B',
    title: 'Ask callers to sign their requests',
    minutes: 30,
    reason: 'callers that do not sign, such as webhooks and browsers, are shut out',
    value: 'AWS_IAM',
  },
})
