import { defineRule } from '../../../rule.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

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
  *check(cluster) {
    const at = cluster.get('vpc_config', 'endpoint_public_access')
    yield* requireFlag({ at, wanted: false, fallback: true, message: 'public' })
  },
})
