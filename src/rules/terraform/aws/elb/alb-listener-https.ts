import { decide, type Place } from '../../../../resources/place.ts'
import { defineRule, notApplicable, pass, undecided } from '../../../rule.ts'
import {
  balancersAt,
  isInternal,
  isOfKind,
  passesPackets,
  redirectsToHttps,
} from '../../../shared/terraform-load-balancers.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'alb-listener-https',
  title: 'Load balancers answer over HTTPS, or redirect to it',
  severity: 'high',
  severityReason:
    'Whoever shares a network with the user or stands on the way reads and changes every request, card numbers and session ' +
    'cookies included; it takes that position, so it is not critical.',
  controls: ['SC-8', 'SC-13', 'SC-23'],
  sameAs: ['checkov:CKV_AWS_2', 'trivy:AWS-0054'],
  kind: 'terraform',
  resources: ['aws_lb_listener', 'aws_alb_listener'],
  messages: {
    plain: 'This listener takes plain HTTP and does not redirect to HTTPS.',
    unset: 'This listener names no protocol, which means plain HTTP, and does not redirect to HTTPS.',
  },
  remediation:
    'Add a listener on 443 with `protocol = "HTTPS"`, a certificate and a current `ssl_policy`, and let the one on 80 ' +
    'redirect to it.',
  *check(listener, { estate }) {
    const at = listener.get('protocol')
    const reading = at.string()
    if (decide(reading, passesPackets) === 'yes') {
      yield notApplicable('the load balancer passes packets on; TLS is up to what is behind it')
      return
    }
    const plain = decide(reading, (name) => name === undefined || name.toUpperCase() === 'HTTP')
    if (plain === 'no' || refuses(at, 'HTTP', null)) {
      yield pass('every protocol that it can have is encrypted')
      return
    }
    const redirects = redirectsToHttps(listener)
    if (redirects === 'yes') {
      yield pass('it only redirects to HTTPS')
      return
    }
    const balancers = balancersAt(listener.get('load_balancer_arn'), estate)
    if (
      at.absent &&
      balancers.length > 0 &&
      balancers.every((balancer) => isOfKind(balancer, 'application') === 'no')
    ) {
      yield notApplicable('the load balancer is not an application load balancer')
    } else if (plain === 'unknown') yield undecided(at)
    else if (redirects === 'unknown')
      yield undecided(listener.get('default_action'), 'whether it redirects to HTTPS is not known')
    else yield { at, message: at.absent ? 'unset' : 'plain', ...lesserInside(balancers) }
  },
})

/** Inside a VPC fewer can listen in. */
function lesserInside(balancers: readonly Place[]): { severity?: 'medium' } {
  const inside = balancers.length > 0 && balancers.every((balancer) => isInternal(balancer) === 'yes')
  return inside ? { severity: 'medium' } : {}
}
