import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, type RuleContext, undecided } from '../../../rule.ts'
import { openingOf } from '../../../shared/terraform-sources.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'vpc-peering-route',
  title: 'Routes over VPC peering lead to the peer only',
  severity: 'medium',
  severityReason:
    'All traffic that has no better route goes to a network that may belong to somebody else, who can read and redirect it.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV2_AWS_44'],
  kind: 'terraform',
  resources: ['aws_route', 'aws_route_table', 'aws_default_route_table'],
  messages: { wide: 'This route sends all addresses ({cidr}) over the peering connection.' },
  remediation: 'Name the ranges of the peer that are needed as the destination.',
  *check(resource, context) {
    if (resource.resource.type === 'aws_route') {
      yield* judge(resource, ['destination_cidr_block', 'destination_ipv6_cidr_block'], context)
      return
    }
    const routes = resource.get('route')
    for (const route of routes.items()) yield* judge(route, ['cidr_block', 'ipv6_cidr_block'], context)
    if (routes.mayHaveMore()) yield undecided(routes, 'there may be more routes than can be read')
  },
})

function* judge(route: Place, [v4, v6]: readonly [string, string], { estate }: RuleContext): Iterable<Outcome<'wide'>> {
  const opening = openingOf(
    [
      { place: route.get(v4), family: 4 },
      { place: route.get(v6), family: 6 },
    ],
    undefined,
    estate,
  )
  if (opening.kind === 'closed') return
  const peering = route.get('vpc_peering_connection_id')
  const peered = isThere(peering)
  if (peered === 'no') return
  if (opening.kind === 'unknown') yield undecided(opening.at, opening.reason)
  else if (peered === 'unknown' || !route.certain)
    yield undecided(peering, 'whether the route is for a peer is not known')
  else yield { at: opening.at, message: 'wide', data: { cidr: opening.cidr } }
}
