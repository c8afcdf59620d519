import { asString } from '../../../../resources/place.ts'
import type { Value } from '../../../../resources/value.ts'
import { defineRule, notApplicable } from '../../../rule.ts'
import { credentialKind } from '../../../shared/kubernetes-credentials.ts'

export default defineRule({
  id: 'lambda-no-hardcoded-secrets',
  title: 'Environments of Lambda functions hold no credentials that are written in code',
  severity: 'high',
  severityReason:
    'Everyone who can read the repository, or look at the function in the console, has the credential; what it opens ' +
    'depends on it, hence not critical.',
  controls: ['IA-5', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_45'],
  kind: 'terraform',
  resources: ['aws_lambda_function'],
  messages: { literal: 'The credential `{name}` is written in code.' },
  remediation:
    'Change the credential, keep it in Secrets Manager or Parameter Store, and let the function read it with its ' +
    'role (the Lambda extension for secrets caches it).',
  *check(lambda) {
    const { resource } = lambda
    if (resource.kind === 'terraform' && resource.source === undefined) {
      yield notApplicable('a plan shows values and not where they come from')
      return
    }
    const variables = lambda.get('environment', 'variables')
    for (const name of variables.keys()) {
      const at = variables.get(name)
      const kind = at.value === undefined ? undefined : kindOf(name, at.value)
      // A name alone may mean something else; a format does not.
      if (kind !== undefined)
        yield { at, message: 'literal', data: { name }, key: name, confidence: kind === 'name' ? 'medium' : 'high' }
    }
  },
})

// What is not known is not written here.
function kindOf(name: string, value: Value): ReturnType<typeof credentialKind> {
  if (value.kind === 'unknown')
    return value.candidates?.map((candidate) => kindOf(name, candidate)).find((kind) => kind !== undefined)
  return credentialKind(name, asString(value) ?? '')
}
