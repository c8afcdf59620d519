import { decide, Place } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'

export default defineRule({
  id: 'apigateway-method-authorization',
  title: 'API Gateway methods ask who is calling',
  severity: 'medium',
  severityReason:
    'Anyone on the internet can call what is behind the method; whether that gives anything away depends on the backend, ' +
    'which may check by itself.',
  confidence: 'medium',
  controls: ['AC-3', 'IA-2', 'IA-9'],
  sameAs: ['checkov:CKV_AWS_59', 'trivy:AWS-0004'],
  kind: 'terraform',
  resources: ['aws_api_gateway_method'],
  messages: { open: 'Anyone may call this method: it has no authorization and asks for no API key.' },
  remediation:
    'Set `authorization` to `AWS_IAM`, `COGNITO_USER_POOLS` or `CUSTOM` with an authorizer. An API key alone counts calls, it ' +
    'identifies nobody.',
  *check(method, { estate }) {
    const authorization = method.get('authorization')
    const open = decide(authorization.string(), (value) => value === undefined || value === 'NONE')
    // Browsers ask for CORS headers without credentials.
    const preflight = decide(method.get('http_method').string(), (value) => value === 'OPTIONS')
    const keyed = decide(method.get('api_key_required').bool(), (value) => value === true)
    if (open === 'no' || preflight === 'yes' || keyed === 'yes') {
      yield pass('it is closed, or answers preflight requests only')
      return
    }
    const apis = method.get('rest_api_id').value?.refs?.flatMap((reference) => estate.resolve(reference)) ?? []
    if (apis.map((api) => Place.of(api)).some(isGuarded))
      yield undecided(authorization, 'the policy or the endpoint of the API may keep strangers out')
    else if (open === 'unknown' || preflight === 'unknown' || keyed === 'unknown')
      yield undecided(authorization, 'whether it is open is not known')
    else yield { at: authorization, message: 'open' }
  },
})

/** Whether a resource policy or a private endpoint may keep strangers out. */
function isGuarded(api: Place): boolean {
  const internal = decide(
    api.get('endpoint_configuration', 'types').strings(),
    (types) => types?.includes('PRIVATE') ?? false,
  )
  return !api.get('policy').absent || internal !== 'no'
}
