import { raw, setOwnAttribute } from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import { defineFixer } from '../fixer.ts'
import { accountRoot } from '../shared/account.ts'
import { attemptEach, builtFrom } from '../shared/attempt.ts'
import { delegation } from '../shared/key.ts'
import { policyText } from '../shared/policy-text.ts'
import { once } from '../shared/session.ts'
import { planSteps } from '../shared/steps.ts'
import { providerOf, terraformTarget, unreachable } from '../shared/target.ts'

export default defineFixer({
  name: 'kms-key-policy',
  title: 'KMS keys: the policy that they have, written down',
  covers: ['kms-key-policy'],

  assess({ at }, { estate }) {
    const target = terraformTarget(estate, at.resource)
    if (target === undefined) return unreachable(at.resource)
    const { document, block } = target
    return {
      rank: 'E',
      title: 'Write down the policy that the key has by default, as a place to narrow it',
      minutes: 0,
      group: document.syntax === 'json' ? document.path : `${document.path}#${block.span.start}`,
    }
  },

  build(complaints, context) {
    const attempt = attemptEach(complaints, context, (session, { at }) => {
      const target = terraformTarget(context.estate, at.resource)
      if (target === undefined) return unreachable(at.resource)
      const { document, block, dir } = target
      return once(session, `policy ${document.path} ${block.span.start}`, () => {
        const root = accountRoot(session, dir, providerOf(target))
        const policy = raw(policyText([delegation(root)]))
        return setOwnAttribute(session.edits, context.estate, Place.of(target.resource).get('policy'), policy)
      })
    })
    return builtFrom(attempt)
  },

  nextSteps(complaints) {
    const roots = complaints.flatMap(({ at }) => (at.resource.kind === 'terraform' ? [at.resource.root] : []))
    return planSteps(roots, 'keys get a policy in place, which says what AWS says without one')
  },
})
