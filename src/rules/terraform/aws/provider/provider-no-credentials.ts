import { asString } from '../../../../resources/place.ts'
import type { Value } from '../../../../resources/value.ts'
import { defineRule } from '../../../rule.ts'

/** What AWS issues; `test`, `mock` and the like are for stores that only look like AWS. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  access_key: /^(?:AKIA|ASIA)[A-Z0-9]{16}$/,
  secret_key: /^[A-Za-z0-9/+=]{40}$/,
  token: /^[A-Za-z0-9/+=]{100,}$/,
}

export default defineRule({
  id: 'provider-no-credentials',
  title: 'AWS credentials are not written in the provider',
  severity: 'critical',
  severityReason:
    'Everyone who can read the repository, its history or a fork has the rights that Terraform runs with, which are ' +
    'mostly those of an administrator.',
  controls: ['IA-5', 'AC-2', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_41'],
  kind: 'terraform',
  resources: ['provider.aws'],
  messages: { literal: 'The credentials that Terraform runs with are written in code (`{attribute}`).' },
  remediation:
    'Deactivate the key now: it stays in the history. Let the provider take credentials from its environment (OIDC ' +
    'in a pipeline, SSO for people, a role for machines).',
  *check(provider) {
    for (const [attribute, shape] of Object.entries(SHAPES)) {
      const at = provider.get(attribute)
      if (at.value !== undefined && holds(at.value, shape))
        yield { at, message: 'literal', data: { attribute }, key: attribute }
    }
  },
})

// What is not known is not written here.
function holds(value: Value, shape: RegExp): boolean {
  if (value.kind === 'unknown') return value.candidates?.some((candidate) => holds(candidate, shape)) ?? false
  return shape.test(asString(value) ?? '')
}
