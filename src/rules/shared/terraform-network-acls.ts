import type { Estate } from '../../resources/estate.ts'
import { decide, Place, type Tri } from '../../resources/place.ts'
import { notApplicable, type Outcome, pass, type RuleDefinition, undecided } from '../rule.ts'
import { type IngressRule, lets } from '../../resources/aws/security-group-rules.ts'
import type { GuardedPorts } from './terraform-security-groups.ts'
import type { RuleHead } from './terraform-settings.ts'
import { openingOf } from './terraform-sources.ts'

/** One entry of a network ACL; entries count in the order of their numbers, the first that fits decides. */
interface Entry extends IngressRule {
  readonly number: Place
  readonly action: Place
}

export interface NetworkAclRule extends Omit<RuleHead, 'resources'> {
  readonly guarded: GuardedPorts
  readonly message: string
}

/** One problem for each ingress entry that lets the internet reach all of the guarded ports. */
export function networkAclRule({ guarded, message, ...head }: NetworkAclRule): RuleDefinition<'public'> {
  return {
    ...head,
    kind: 'terraform',
    resources: ['aws_network_acl', 'aws_default_network_acl', 'aws_network_acl_rule'],
    messages: { public: message },
    *check(resource, { estate }) {
      const blocks = resource.get('ingress')
      const single = resource.resource.type === 'aws_network_acl_rule'
      if (single && decide(resource.get('egress').bool(), (egress) => egress === true) === 'yes') {
        yield notApplicable('the entry is for traffic out')
        return
      }
      const own = single ? [separateEntry(resource)] : blocks.items().map(inlineEntry)
      const all = [...own, ...(single ? siblings(resource, estate) : [])]
      const outcomes = own.flatMap((entry) => judge(entry, all, guarded, estate))
      yield* outcomes
      if (!single && blocks.mayHaveMore()) yield undecided(blocks, 'there may be more entries than can be read')
      else if (outcomes.length === 0) yield pass('whatever is not known here lets nobody in to these ports')
    },
  }
}

function judge(entry: Entry, all: readonly Entry[], guarded: GuardedPorts, estate: Estate): Outcome<'public'>[] {
  const allows = decide(entry.action.string(), (action) => action?.toLowerCase() === 'allow')
  const through = lets(entry, guarded)
  if (allows === 'no' || through === 'no') return []
  const opening = openingOf(entry.cidrs, undefined, estate)
  if (opening.kind === 'closed' || all.some((other) => deniesBefore(other, entry, guarded, estate))) return []
  if (opening.kind === 'unknown') return [undecided(opening.at, opening.reason)]
  if (allows === 'unknown') return [undecided(entry.action)]
  if (through === 'unknown') {
    return [undecided([entry.protocol, entry.from, entry.to].find((at) => at.unknown !== undefined) ?? entry.place)]
  }
  if (!entry.place.certain) return [undecided(entry.place, 'whether the dynamic block makes this entry is not known')]
  return [{ at: opening.at, message: 'public', data: { cidr: opening.cidr } }]
}

/** True if an entry with a lower number is sure to refuse the same. */
function deniesBefore(other: Entry, entry: Entry, guarded: GuardedPorts, estate: Estate): boolean {
  const [first, second] = [other.number.number(), entry.number.number()]
  const earlier = first.kind === 'known' && second.kind === 'known' && first.value < second.value
  const denies: Tri = decide(other.action.string(), (action) => action?.toLowerCase() === 'deny')
  if (!earlier || denies !== 'yes' || !other.place.certain || lets(other, guarded) !== 'yes') return false
  const families = entry.cidrs.filter(({ place }) => !place.absent).map(({ family }) => family)
  return families.every((family) => {
    const cidrs = other.cidrs.filter((cidr) => cidr.family === family)
    return openingOf(cidrs, undefined, estate).kind === 'internet'
  })
}

function inlineEntry(place: Place): Entry {
  return { ...entry(place), number: place.get('rule_no'), action: place.get('action') }
}

function separateEntry(place: Place): Entry {
  return { ...entry(place), number: place.get('rule_number'), action: place.get('rule_action') }
}

function entry(place: Place): IngressRule {
  return {
    place,
    protocol: place.get('protocol'),
    from: place.get('from_port'),
    to: place.get('to_port'),
    cidrs: [
      { place: place.get('cidr_block'), family: 4 },
      { place: place.get('ipv6_cidr_block'), family: 6 },
    ],
    prefixLists: place.get('prefix_list_ids'),
  }
}

/** The other ingress entries of the same ACL. */
function siblings(place: Place, estate: Estate): readonly Entry[] {
  const acl = place.get('network_acl_id').value?.refs?.[0]?.address
  if (acl === undefined) return []
  return estate
    .terraform('aws_network_acl_rule', place.resource.root)
    .filter((other) => other !== place.resource && !other.dormant)
    .map((other) => Place.of(other))
    .filter(
      (other) =>
        other.get('network_acl_id').value?.refs?.[0]?.address === acl &&
        decide(other.get('egress').bool(), (egress) => egress !== true) === 'yes',
    )
    .map(separateEntry)
}
