import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'apigateway-access-logging',
  title: 'API Gateway stages log their requests',
  severity: 'low',
  severityReason:
    'Nobody gains access by this; after an incident, though, nobody can say which client called what, or since when.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_76', 'trivy:AWS-0001'],
  resources: ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'],
  path: 'access_log_settings',
  message: 'Requests to this stage are not logged.',
  remediation:
    'Add `access_log_settings` with a log group and a JSON format that names caller, path, status and request id.',
})
