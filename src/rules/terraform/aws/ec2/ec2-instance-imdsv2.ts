import { metadataTokensRule } from '../../../shared/terraform-instance-metadata.ts'

export default metadataTokensRule({
  id: 'ec2-instance-imdsv2',
  title: 'Instances require tokens for their metadata (IMDSv2)',
  sameAs: ['checkov:CKV_AWS_79', 'trivy:AWS-0028'],
  resources: ['aws_instance'],
  rank: 'C',
  reason:
    'software from before about 2020 that asks without a token loses its credentials: look at MetadataNoToken first',
})
