import { metadataTokensRule } from '../../../shared/terraform-instance-metadata.ts'

export default metadataTokensRule({
  id: 'launch-template-imdsv2',
  title: 'Launch templates and configurations require tokens for metadata (IMDSv2)',
  sameAs: ['checkov:CKV_AWS_79', 'trivy:AWS-0130'],
  resources: ['aws_launch_template', 'aws_launch_configuration'],
  rank: 'C',
  reason:
    'software from before about 2020 that asks without a token gets no credentials on new instances; a launch configuration ' +
    'is replaced',
})
