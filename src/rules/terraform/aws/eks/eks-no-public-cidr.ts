import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { openingOf } from '../../../shared/terraform-sources.ts'

export default defineRule({
  id: 'eks-no-public-cidr',
  title: 'The public endpoint of EKS is open to named networks only',
  severity: 'high',
  severityReason:
    'Anyone on the internet reaches the API server, so a leaked token or a hole in it is all that is missing; ' +
    'requests still have to authenticate, hence not critical.',
  controls: ['AC-4', 'SC-7', 'AC-17'],
  sameAs: ['checkov:CKV_AWS_38', 'trivy:AWS-0041'],
  kind: 'terraform',
  resources: ['aws_eks_cluster'],
  messages: { open: 'Anyone on the internet ({cidr}) can reach the API server of this cluster.' },
  remediation:
    'Name the networks of administrators and pipelines in `public_access_cidrs`, or close the public endpoint and ' +
    'use the private one.',
  *check(cluster, { estate }) {
    const endpoint = cluster.get('vpc_config', 'endpoint_public_access')
    const at = cluster.get('vpc_config', 'public_access_cidrs')
    const open = decide(endpoint.bool(), (value) => value !== false)
    if (open === 'no') {
      yield pass('there is no public endpoint')
      return
    }
    const opening = at.absent
      ? { kind: 'internet' as const, at, cidr: '0.0.0.0/0' }
      : openingOf([{ place: at, family: 4 }], undefined, estate)
    if (opening.kind === 'closed') yield pass('only named networks are let in')
    else if (opening.kind === 'unknown') yield undecided(opening.at, opening.reason)
    else if (open === 'unknown') yield undecided(endpoint)
    else yield { at: opening.at, message: 'open', data: { cidr: opening.cidr } }
  },
})
