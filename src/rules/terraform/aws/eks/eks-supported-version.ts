import { settingRule } from '../../../shared/terraform-settings.ts'

/**
 * The newest minor version of Kubernetes whose extended support in EKS has ended: 1.30, on 2026-07-23. As of
 * 2026-11-01. Source: the release calendar of the EKS user guide. Next: 1.31 on 2026-11-26, 1.32 on 2027-03-23.
 */
const LAST_ENDED = 30

export default settingRule({
  id: 'eks-supported-version',
  title: 'EKS clusters run a Kubernetes version that is supported',
  severity: 'high',
  severityReason:
    'Holes in the API server and in the nodes are published and no longer mended; EKS also upgrades such clusters by ' +
    'itself, at a time of its own.',
  controls: ['SI-2'],
  sameAs: ['checkov:CKV_AWS_339'],
  resources: ['aws_eks_cluster'],
  path: 'version',
  read: (at) => at.string(),
  holds: (value) => value === undefined || !isEnded(value),
  bad: ['1.21', '1.27', `1.${LAST_ENDED}`],
  message: 'EKS no longer supports Kubernetes {value}.',
  remediation:
    'Upgrade one minor version at a time: first the cluster, then add-ons and nodes. Check removed APIs before each ' +
    'step.',
})

function isEnded(version: string): boolean {
  const minor = /^v?1\.(\d+)/.exec(version.trim())?.[1]
  return minor !== undefined && Number(minor) <= LAST_ENDED
}
