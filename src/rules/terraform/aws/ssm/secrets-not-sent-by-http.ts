import type { Value } from '../../../../resources/value.ts'
import { defineRule } from '../../../rule.ts'

/** What holds a secret; `(data|ephemeral).` before it makes no difference. */
const SECRET =
  /(?:^|\.)aws_(?:ssm_parameter|ssm_parameters_by_path|secretsmanager_secret_version|secretsmanager_random_password)\./
const HARMLESS: ReadonlySet<string> = new Set(['arn', 'id', 'name', 'version', 'version_id', 'type'])

export default defineRule({
  id: 'secrets-not-sent-by-http',
  title: 'Terraform sends no parameters or secrets over HTTP',
  severity: 'critical',
  severityReason:
    'Each plan sends the secret to a server outside, which is how a malicious module steals it; the request is made ' +
    'before anybody has reviewed the plan.',
  controls: ['SC-7', 'AC-4', 'IA-5'],
  sameAs: ['checkov:CKV2_AWS_36', 'trivy:AWS-0134'],
  kind: 'terraform',
  resources: ['data.http'],
  messages: { sent: 'A secret ({source}) is sent with this request, on every plan.' },
  remediation:
    'Find out who wrote the request and where it goes. Take it out, and treat the secret as leaked: change it.',
  *check(request) {
    for (const attribute of ['url', 'request_headers', 'request_body']) {
      const at = request.get(attribute)
      const source = at.value === undefined ? undefined : secretIn(at.value)
      if (source !== undefined) yield { at, message: 'sent', data: { source }, key: attribute }
    }
  },
})

function secretIn(value: Value): string | undefined {
  const reference = value.refs?.find(({ address, attribute }) => SECRET.test(address) && !HARMLESS.has(attribute ?? ''))
  if (reference !== undefined) return reference.address
  const inner = value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()] : []
  return inner.map(secretIn).find((found) => found !== undefined)
}
