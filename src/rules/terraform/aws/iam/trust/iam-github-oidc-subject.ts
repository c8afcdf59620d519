import { githubTrustRule } from '../../../../shared/terraform-iam-github.ts'
import { isFromDocument } from '../../../../shared/terraform-iam-rules.ts'

export default githubTrustRule({
  id: 'iam-github-oidc-subject',
  version: '2',
  title: 'A role that trusts GitHub Actions names the repositories',
  sameAs: ['checkov:CKV_AWS_393'],
  resource: 'aws_iam_role',
  policy: 'assume_role_policy',
  skip: (policy) => (isFromDocument(policy) ? 'its policy document is judged by itself' : undefined),
})
