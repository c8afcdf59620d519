import { defineRule, notApplicable, undecided } from '../../../rule.ts'
import { readListener } from '../../../shared/terraform-load-balancers.ts'

export default defineRule({
  id: 'alb-http-redirect',
  title: 'HTTP listeners do nothing but redirect to HTTPS',
  severity: 'medium',
  severityReason:
    'A browser that is given the bare name comes over HTTP first, and whoever stands on the way can keep it there; the ' +
    'attacker needs that place in the network.',
  controls: ['SC-8', 'SC-23'],
  sameAs: ['checkov:CKV2_AWS_20'],
  kind: 'terraform',
  resources: ['aws_lb_listener', 'aws_alb_listener'],
  messages: { serves: 'This HTTP listener answers requests instead of sending the client to HTTPS.' },
  remediation:
    'Make the default action a redirect to port 443 with `protocol = "HTTPS"` and `status_code = "HTTP_301"`, and serve ' +
    'the application from an HTTPS listener.',
  *check(listener, { estate }) {
    const reading = readListener(listener, estate)
    if (reading.kind === 'unknown') yield undecided(reading.at, reading.reason)
    else if (reading.kind === 'plain') yield { at: listener.get('protocol'), message: 'serves' }
    else if (reading.kind !== 'redirect') yield notApplicable('the listener does not speak HTTP')
  },
})
