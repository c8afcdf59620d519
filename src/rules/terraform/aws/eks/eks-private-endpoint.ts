import { HclEdits, setPlace } from '../../../../edit/hcl/index.ts'
import { defineRule } from '../../../rule.ts'
import { decide } from '../../../../resources/place.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'
import { setNested } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'eks-private-endpoint',
  title: 'EKS clusters have no public endpoint',
  severity: 'medium',
  severityReason:
    'The API server has an address on the internet, which scanners find and which token thieves can use as far as ' +
    '`public_access_cidrs` lets them; who may come in is another rule.',
  controls: ['AC-4', 'SC-7', 'AC-17'],
  sameAs: ['checkov:CKV_AWS_39', 'trivy:AWS-0040'],
  kind: 'terraform',
  resources: ['aws_eks_cluster'],
  messages: { public: 'The API server of this cluster has a public endpoint (`endpoint_public_access`).' },
  remediation:
    'Set `endpoint_public_access = false` and `endpoint_private_access = true`, and reach the cluster from inside ' +
    'the VPC, over a VPN or through a bastion.',
  *check(cluster, { estate }) {
    const at = cluster.get('vpc_config', 'endpoint_public_access')
    const within = cluster.get('vpc_config', 'endpoint_private_access')
    yield* withFix(requireFlag({ at, wanted: false, fallback: true, message: 'public' }), () => {
      const edits = new HclEdits()
      let refusal = setNested(edits, estate, at, false)
      // Without either endpoint nobody reaches the cluster.
      if (refusal === undefined && decide(within.bool(), (value) => value === true) !== 'yes')
        refusal = setPlace(edits, estate, within, true)
      return {
        fixer: 'eks-security',
        rank: 'B',
        title: 'Close the public endpoint, open the private one',
        minutes: 60,
        reason: 'people and pipelines outside the VPC are cut off from the cluster',
        edits: refusal ?? edits.finish(),
      }
    })
  },
})
