import { defineRule, notApplicable } from '../../../rule.ts'
import { secretsInScript } from '../../../shared/terraform-script-secrets.ts'

export default defineRule({
  id: 'user-data-no-secrets',
  title: 'User data of machines holds no credentials that are written in code',
  severity: 'high',
  severityReason:
    'Everyone who can read the repository has the credential, and so has every process on the machine, which may ask ' +
    'for its user data without signing in; what it opens depends on it.',
  controls: ['IA-5', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_46', 'trivy:AWS-0029', 'trivy:AWS-0129'],
  kind: 'terraform',
  resources: ['aws_instance', 'aws_launch_configuration', 'aws_launch_template'],
  messages: { literal: 'A credential ({name}) is written in the user data.' },
  remediation:
    'Change the credential, keep it in Secrets Manager or Parameter Store, and let the machine fetch it with its ' +
    'instance profile when it starts.',
  *check(machine) {
    const { resource } = machine
    if (resource.kind === 'terraform' && resource.source === undefined) {
      yield notApplicable('a plan shows values and not where they come from')
      return
    }
    for (const attribute of ['user_data', 'user_data_base64']) {
      for (const [index, { at, name, kind }] of secretsInScript(machine.get(attribute)).entries()) {
        const confidence = kind === 'name' ? 'medium' : 'high'
        yield { at, message: 'literal', data: { name }, key: `${name} ${index}`, confidence }
      }
    }
  },
})
