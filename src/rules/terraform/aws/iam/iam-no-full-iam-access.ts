import { undecided } from '../../../rule.ts'
import { type IamAction, matchingActions } from '../../../../resources/aws/iam-actions.ts'
import { hitsOf } from '../../../shared/terraform-iam-grants.ts'
import { anyPolicyRule } from '../../../shared/terraform-iam-rules.ts'

export default anyPolicyRule(
  {
    severity: 'high',
    severityReason:
      'All of IAM is an administrator with one more call: the holder writes the policy that they want; it takes that ' +
      'identity first.',
    controls: ['AC-3', 'AC-5', 'AC-6'],
    messages: { allOfIam: 'This statement allows all of IAM on every resource, so everything else as well.' },
    remediation:
      'List the IAM actions that the job needs and the roles or users they may touch; for delegated administration demand a ' +
      'permissions boundary (iam:PermissionsBoundary).',
    *judge({ grants }) {
      for (const grant of grants) {
        const { hits, open } = hitsOf(grant, 'everything', changesIam)
        const all = matchingActions('iam:*').filter(({ level }) => level === 'permissions')
        const full = hits.find(({ actions }) => actions.length === all.length)
        if (full !== undefined) yield { at: full.at, message: 'allOfIam' }
        if (open !== undefined) yield undecided(open)
      }
    },
  },
  {
    id: 'iam-no-full-iam-access',
    title: 'No policy allows all of IAM on every resource',
    sameAs: ['checkov:CKV2_AWS_40'],
  },
)

function changesIam({ service, level }: IamAction): boolean {
  return service === 'iam' && level === 'permissions'
}
