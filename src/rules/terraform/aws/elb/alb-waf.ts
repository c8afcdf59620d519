import { defineRule, notApplicable, pass, undecided } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenCompanion } from '../../../shared/terraform-hidden-modules.ts'
import { isInternal, isOfKind } from '../../../shared/terraform-load-balancers.ts'

const ASSOCIATIONS = ['aws_wafv2_web_acl_association', 'aws_wafregional_web_acl_association']
const WAF_MODULE = /waf|web[-_]?acl/i

export default defineRule({
  id: 'alb-waf',
  title: 'Public application load balancers have a web application firewall',
  severity: 'medium',
  severityReason:
    'Known attacks on web applications reach the application unfiltered; it takes a flaw there to make use of that, so ' +
    'this is a missing layer and not an open door.',
  controls: ['SC-7', 'SI-4', 'SI-10'],
  sameAs: ['checkov:CKV2_AWS_28'],
  kind: 'terraform',
  resources: ['aws_lb', 'aws_alb'],
  messages: { missing: 'No web ACL is associated with this public load balancer.' },
  remediation:
    'Associate a WAFv2 web ACL with the load balancer (`aws_wafv2_web_acl_association`), first with its rules counting, ' +
    'then blocking.',
  *check(balancer, context) {
    const application = isOfKind(balancer, 'application')
    const internal = isInternal(balancer)
    if (application === 'no') {
      yield notApplicable('WAF protects application load balancers only')
      return
    }
    if (internal === 'yes') {
      yield notApplicable('the load balancer is internal')
      return
    }
    const found = ASSOCIATIONS.map((type) => context.companions(type, 'resource_arn', ['arn', 'id']))
    const certain = found.flatMap((companions) => companions.certain)
    if (certain.length > 0) yield pass('a web ACL is associated with it')
    else if (application === 'unknown') yield undecided(balancer.get('load_balancer_type'))
    else if (internal === 'unknown') yield undecided(balancer.get('internal'))
    else {
      const { likely, doubt } = hiddenCompanion(balancer.resource, context.estate, WAF_MODULE)
      const possible = found.flatMap((companions) => companions.possible)
      yield* requireSetting({ certain, possible: [...possible, ...likely] }, () => [], {
        at: balancer,
        message: 'missing',
        ...doubt,
      })
    }
  },
})
