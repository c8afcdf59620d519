import { type EditRefusal, setOwnAttribute, setPlace } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { orElse } from '../shared/or-else.ts'
import type { FixSession } from '../shared/session.ts'
import { membersOf } from './peers.ts'
import type { RulePlan } from './plan.ts'
import { instancesOf, rangesOf, type RuleView } from './view.ts'

const SERVICES: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'],
  [22, 'SSH'],
  [25, 'SMTP'],
  [53, 'DNS'],
  [80, 'HTTP'],
  [123, 'NTP'],
  [389, 'LDAP'],
  [443, 'HTTPS'],
  [587, 'SMTP'],
  [636, 'LDAPS'],
  [1433, 'SQL Server'],
  [1521, 'Oracle'],
  [2049, 'NFS'],
  [3306, 'MySQL'],
  [3389, 'Remote Desktop'],
  [5432, 'PostgreSQL'],
  [5439, 'Redshift'],
  [6379, 'Redis'],
  [9200, 'OpenSearch'],
  [11_211, 'Memcached'],
  [27_017, 'MongoDB'],
])

/** What a rule is for, as far as the code shows it: the service or ports, and who is let in unless that is everybody. */
export function describe(view: RuleView, plan?: RulePlan): string {
  const texts = new Set(instancesOf(view).map((one) => describeOne(one, plan)))
  const [only, ...more] = texts
  if (only !== undefined && more.length === 0) return only
  return `${view.direction === 'ingress' ? 'Into' : 'Out of'} ${words(view.group?.name ?? view.resource.name)}`
}

function describeOne(view: RuleView, plan: RulePlan | undefined): string {
  const what = servicesText(view, plan)
  const who = peersText(view, plan)
  if (who === undefined) return view.direction === 'ingress' ? what : `${what} out`
  return `${what} ${view.direction === 'ingress' ? 'from' : 'to'} ${who}`
}

function servicesText({ rule }: RuleView, plan: RulePlan | undefined): string {
  const protocol = plan?.ports?.protocol ?? known(rule.protocol)
  const [from, to] = [plan?.ports?.from ?? known(rule.from), plan?.ports?.to ?? known(rule.to)].map(Number)
  if (protocol === undefined) return 'Traffic'
  if (protocol === '-1' || protocol === 'all') return 'All traffic'
  if (from === undefined || to === undefined || Number.isNaN(from) || Number.isNaN(to)) return `${protocol} traffic`
  if (from === 0 && to === 65_535) return `All ${protocol} ports`
  if (from === to) return SERVICES.get(from) ?? `${protocol} ${from}`
  return `${protocol} ${from}-${to}`
}

function known(place: Place): string | undefined {
  const reading = place.string()
  return reading.kind === 'known' ? reading.value : undefined
}

function peersText(view: RuleView, plan: RulePlan | undefined): string | undefined {
  const { rule, estate } = view
  if (plan?.source.kind === 'group') return shortName(plan.source.peer.shown)
  if (plan?.source.kind === 'network') return 'the VPC'
  if (plan?.source.kind === 'admins') return 'administrators'
  const names = new Set<string>()
  const self = rule.place.get('self').bool()
  if (self.kind === 'known' && self.value) names.add('members of the group')
  for (const name of ['security_groups', 'source_security_group_id', 'referenced_security_group_id']) {
    for (const reference of refsIn(rule.place.get(name))) {
      const [group] = estate.resolve(reference)
      if (group !== undefined) names.add(words(group.name))
    }
  }
  for (const { place, wide } of rangesOf(view)) {
    if (wide) return undefined
    for (const item of place.value?.kind === 'list' ? place.items() : [place]) {
      const network = (item.value?.refs ?? []).some(({ address }) => /(?:^|\.)aws_(?:default_)?vpc\./.test(address))
      const text = known(item)
      if (network) names.add('the VPC')
      else if (text !== undefined) names.add(text)
    }
  }
  return names.size === 0 || names.size > 3 ? undefined : [...names].join(', ')
}

function refsIn(place: Place): readonly NonNullable<NonNullable<Place['value']>['refs']>[number][] {
  const { value } = place
  if (value?.kind === 'list') return place.items().flatMap((item) => item.value?.refs ?? [])
  return value?.refs ?? []
}

/** `backend` of `module.x.aws_security_group.backend`. */
function shortName(address: string): string {
  return words(address.split('.').at(-1) ?? address)
}

/** A name as words that AWS takes in a description. */
function words(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, ' ').trim()
}

/** Says what a group is for: what has it, else its own name. */
export function describeGroup(session: FixSession, at: Place): EditRefusal | undefined {
  const { resource } = at
  if (resource.kind !== 'terraform') return { refused: 'the group is not written in Terraform' }
  const text = groupText(session.estate, resource)
  // Whoever gives the module a description keeps it.
  return at.absent
    ? setOwnAttribute(session.edits, session.estate, at, orElse(at, text))
    : setPlace(session.edits, session.estate, at, text, { orReplace: true })
}

function groupText(estate: Estate, group: TerraformResource): string {
  const members = [...new Set(membersOf(estate, group).map(({ name, type }) => `${words(name)} (${type})`))]
  const [first, second, ...more] = members
  if (first === undefined || more.length > 0) return `Network access of ${words(group.name)}`
  return `Network access of ${second === undefined ? first : `${first} and ${second}`}`
}
