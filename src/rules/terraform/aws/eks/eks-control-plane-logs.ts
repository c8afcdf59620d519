import { defineRule, undecided } from '../../../rule.ts'

const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']

export default defineRule({
  id: 'eks-control-plane-logs',
  title: 'EKS control planes log everything that they can',
  severity: 'medium',
  severityReason:
    'Who did what in the cluster cannot be told afterwards, and detection has nothing to read; nothing becomes ' +
    'reachable.',
  controls: ['AU-2', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_37', 'trivy:AWS-0038'],
  kind: 'terraform',
  resources: ['aws_eks_cluster'],
  messages: { missing: 'The control plane does not log: {types}.' },
  remediation:
    'Set `enabled_cluster_log_types` to all five: api, audit, authenticator, controllerManager, scheduler. Declare ' +
    'the log group `/aws/eks/NAME/cluster` with a retention.',
  *check(cluster) {
    const at = cluster.get('enabled_cluster_log_types')
    const listed = new Set(at.items().map((item) => (item.value?.kind === 'string' ? item.value.value : '')))
    const missing = TYPES.filter((type) => !listed.has(type))
    if (missing.length === 0) return
    if (at.strings().kind === 'unknown') yield undecided(at)
    else yield { at, message: 'missing', data: { types: missing.join(', ') } }
  },
})
