import { findBlocks, HclEdits, notEditable, attribute, block, containerOf } from '../../../../edit/hcl/index.ts'
import type { Estate } from '../../../../resources/estate.ts'
import { Place } from '../../../../resources/place.ts'
import type { WorkspaceEdit } from '../../../../text/workspace-edit.ts'
import { defineRule, type LocalFix, notApplicable, type Refusal, undecided } from '../../../rule.ts'
import { balancersAt, readListener } from '../../../shared/terraform-load-balancers.ts'

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
    else if (reading.kind === 'plain')
      yield { at: listener.get('protocol'), message: 'serves', fix: fixOf(listener, estate) }
    else if (reading.kind !== 'redirect') yield notApplicable('the listener does not speak HTTP')
  },
})

function fixOf(listener: Place, estate: Estate): LocalFix {
  return {
    fixer: 'elb',
    rank: 'C',
    title: 'Redirect to the HTTPS listener of this load balancer',
    minutes: 10,
    reason: 'clients that do not follow redirects, and requests other than GET, fail from then on',
    edits: redirect(listener, estate),
  }
}

/** The default action turned into a redirect, if there is an HTTPS listener to send the clients to. */
function redirect(listener: Place, estate: Estate): WorkspaceEdit | Refusal {
  const unable = notEditable(listener)
  if (unable !== undefined) return unable
  const [balancer, ...others] = balancersAt(listener.get('load_balancer_arn'), estate)
  if (balancer === undefined || others.length > 0 || !hasHttps(balancer, estate)) {
    return { refused: 'no HTTPS listener of this load balancer on port 443 is declared to send the clients to' }
  }
  const target = containerOf(listener)
  const written = target?.container.kind === 'block' ? findBlocks(target.container, 'default_action') : []
  const [action] = written
  if (target === undefined || action === undefined || written.length > 1 || target.document.syntax === 'json') {
    return { refused: 'the default action is not written as one block' }
  }
  const edits = new HclEdits()
  for (const item of action.body.items) {
    const name = item.kind === 'attribute' ? item.name : item.type
    // Written anew, as its neighbours are gone that it was aligned with.
    if (name === 'type') edits.replace(target.document, item.span, 'type = "redirect"')
    else edits.delete(target.document, action, item)
  }
  edits.addBlock(
    target.document,
    action,
    block('redirect', [attribute('port', '443'), attribute('protocol', 'HTTPS'), attribute('status_code', 'HTTP_301')]),
  )
  return edits.finish()
}

function hasHttps({ resource }: Place, estate: Estate): boolean {
  const listeners = ['aws_lb_listener', 'aws_alb_listener'].flatMap((type) => estate.terraform(type, resource.root))
  return listeners
    .map((other) => Place.of(other))
    .some((other) => {
      const port = other.get('port').number()
      return (
        !other.resource.dormant &&
        port.kind === 'known' &&
        port.value === 443 &&
        readListener(other, estate).kind === 'encrypted' &&
        balancersAt(other.get('load_balancer_arn'), estate).some((at) => at.resource === resource)
      )
    })
}
