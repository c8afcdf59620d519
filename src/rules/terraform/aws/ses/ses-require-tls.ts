import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'ses-require-tls',
  title: 'SES delivers mail over TLS only',
  severity: 'medium',
  severityReason:
    'Mail goes out in clear text to whoever pretends to be a server without TLS; that takes a place between the mail servers.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_365'],
  resources: ['aws_ses_configuration_set', 'aws_sesv2_configuration_set'],
  path: 'delivery_options.tls_policy',
  read: (at) => at.string(),
  holds: (policy) => policy?.toUpperCase() === 'REQUIRE',
  bad: ['Optional', 'OPTIONAL', null],
  message: 'Mail of this configuration set may be delivered in clear text (TLS policy: {value}).',
  remediation: 'Set `tls_policy = "Require"` in `delivery_options`.',
  fix: (at) => ({
    fixer: 'ses',
    rank: 'C',
    title: 'Deliver over TLS only',
    minutes: 10,
    reason: 'mail to the few servers without TLS bounces from then on',
    value: at.resource.type === 'aws_sesv2_configuration_set' ? 'REQUIRE' : 'Require',
  }),
})
