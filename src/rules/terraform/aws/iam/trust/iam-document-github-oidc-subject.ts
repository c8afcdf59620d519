import { githubTrustRule } from '../../../../shared/terraform-iam-github.ts'

export default githubTrustRule({
  id: 'iam-document-github-oidc-subject',
  version: '2',
  title: 'A policy document that trusts GitHub Actions names the repositories',
  sameAs: ['checkov:CKV_AWS_358'],
  resource: 'data.aws_iam_policy_document',
  policy: 'json',
})
