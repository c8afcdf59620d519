import type { Place, Tri } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'

export default defineRule({
  id: 'eks-secrets-encryption',
  title: 'Kubernetes Secrets in EKS are encrypted with a key of your own',
  severity: 'medium',
  severityReason:
    'A copy of the store of the cluster holds all Secrets. From version 1.28 on EKS encrypts them with a key that ' +
    'AWS owns, so what is missing is your own lock, hence not high.',
  controls: ['SC-28', 'SC-12'],
  sameAs: ['checkov:CKV_AWS_58', 'trivy:AWS-0039'],
  kind: 'terraform',
  resources: ['aws_eks_cluster'],
  messages: { none: 'Secrets of this cluster are not encrypted with a key of your own (`encryption_config`).' },
  remediation:
    'Add `encryption_config` with `resources = ["secrets"]` and the ARN of a customer-managed key. It cannot be ' +
    'taken back, and losing the key loses the cluster.',
  *check(cluster) {
    const configurations = cluster.get('encryption_config')
    const verdicts = configurations.items().map(encryptsSecrets)
    if (verdicts.includes('yes')) return
    if (verdicts.includes('unknown') || configurations.mayHaveMore())
      yield undecided(configurations, 'whether it encrypts Secrets is not known')
    else yield { at: configurations, message: 'none' }
  },
})

function encryptsSecrets(configuration: Place): Tri {
  const resources = configuration.get('resources').strings()
  // A required argument: one that is not known is still some key.
  if (resources.kind === 'absent' || configuration.get('provider', 'key_arn').absent) return 'no'
  if (resources.kind === 'unknown' || !configuration.certain) return 'unknown'
  return resources.value.includes('secrets') ? 'yes' : 'no'
}
