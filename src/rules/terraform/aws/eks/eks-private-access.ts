import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'eks-private-access',
  title: 'Nodes of EKS reach the API server inside the VPC',
  severity: 'low',
  severityReason:
    'What nodes and the API server say to each other leaves the VPC, encrypted; nobody gets in by that, but the public ' +
    'endpoint cannot be restricted without cutting off the nodes.',
  controls: ['SC-7'],
  sameAs: [],
  resources: ['aws_eks_cluster'],
  path: 'vpc_config.endpoint_private_access',
  wanted: true,
  message: 'The private endpoint of this cluster is off, so that its nodes come over the public one.',
  remediation: 'Set `endpoint_private_access = true`; the VPC needs DNS support and DNS host names.',
})
