import type { Place } from '../../../../resources/place.ts'
import { defineRule, type LocalFix, undecided } from '../../../rule.ts'
import type { Estate } from '../../../../resources/estate.ts'
import { attributeOf, HclEdits, setOwnAttribute } from '../../../../edit/hcl/index.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'

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
  *check(cluster, { estate }) {
    const at = cluster.get('enabled_cluster_log_types')
    const listed = new Set(at.items().map((item) => (item.value?.kind === 'string' ? item.value.value : '')))
    const missing = TYPES.filter((type) => !listed.has(type))
    if (missing.length === 0) return
    if (at.strings().kind === 'unknown') yield undecided(at)
    else yield { at, message: 'missing', data: { types: missing.join(', ') }, fix: logAll(at, estate) }
  },
})

function logAll(at: Place, estate: Estate): LocalFix {
  const fix = { fixer: 'eks-security', rank: 'E', title: 'Log all of the control plane', minutes: 2 } as const
  const written = attributeOf(at)?.expression
  const origin = at.value?.origin
  // A list that comes from elsewhere is a variable of somebody; one that is written here is replaced.
  if (at.absent || written?.kind !== 'tuple' || origin?.language !== 'hcl' || origin.node !== written)
    return setFix(estate, at, { ...fix, value: TYPES })
  const edits = new HclEdits()
  return { ...fix, edits: setOwnAttribute(edits, estate, at, TYPES) ?? edits.finish() }
}
