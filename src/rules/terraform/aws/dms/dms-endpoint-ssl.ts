import { decide } from '../../../../resources/place.ts'
import { notApplicable } from '../../../rule.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

/** Engines that are services of AWS, reached over HTTPS, or that have settings of their own for it. */
export const WITHOUT_SSL_MODE: ReadonlySet<string> = new Set([
  's3',
  'dynamodb',
  'kinesis',
  'kafka',
  'elasticsearch',
  'opensearch',
  'neptune',
  'redis',
  'timestream',
  'babelfish',
])

export default settingRule({
  id: 'dms-endpoint-ssl',
  title: 'DMS endpoints connect with TLS',
  severity: 'medium',
  severityReason:
    'A whole database crosses the network in clear text while it is copied, the password first; it takes a place on the way, ' +
    'which may lead over the internet.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV2_AWS_49'],
  resources: ['aws_dms_endpoint'],
  path: 'ssl_mode',
  read: (at) => at.string(),
  holds: (mode) => mode !== undefined && mode !== 'none',
  bad: ['none', null],
  message: 'This endpoint connects to its database without TLS.',
  remediation:
    'Set `ssl_mode` to `verify-full` with a `certificate_arn`, or to `require` where the engine knows no more.',
  exempt: (endpoint) =>
    decide(endpoint.get('engine_name').string(), (name) => name !== undefined && WITHOUT_SSL_MODE.has(name)) === 'yes'
      ? notApplicable('this engine has no ssl_mode')
      : undefined,
})
