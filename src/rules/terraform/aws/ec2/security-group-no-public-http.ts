import { notApplicable, undecided } from '../../../rule.ts'
import { isForPublicBalancer } from '../../../shared/terraform-group-users.ts'
import { publicIngressRule, single } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-public-http',
  title: 'Plain HTTP is open to the internet only on load balancers',
  severity: 'low',
  severityReason:
    'A web server is often meant to be public; what it says on port 80 is in clear text, and it stands there without a load ' +
    'balancer and its firewall.',
  confidence: 'medium',
  controls: ['SC-7', 'SC-8', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_260', 'trivy:AWS-0107'],
  guarded: [single('HTTP', 80)],
  message: 'Anyone on the internet ({cidr}) can reach {ports}.',
  remediation:
    'Put a load balancer in front that redirects to HTTPS, and let the group in from the group of the load balancer only.',
  exempt: (group, { estate }) => {
    const fronted = isForPublicBalancer(group, estate)
    if (fronted === 'yes')
      return notApplicable('only public load balancers use the group, and their port 80 may be open')
    return fronted === 'unknown' ? undecided(group, 'whether its load balancer is internal is not known') : undefined
  },
})
