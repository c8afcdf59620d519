import {
  attribute,
  type EditRefusal,
  findAttribute,
  findBlocks,
  type ItemSpec,
  raw,
  resource,
  block,
} from '../../edit/hcl/index.ts'
import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { type Estate, refersTo } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { freeName } from '../shared/target.ts'
import { copiedValue } from './copy.ts'
import type { Session } from './session.ts'

const RULE_TYPES = ['aws_vpc_security_group_ingress_rule', 'aws_security_group_rule']

/** An opening for port 80, written in a group's own block or as a resource. */
interface Opening {
  readonly document: HclDocument
  readonly block: Block
  /** Undefined for an inline block. */
  readonly resource: TerraformResource | undefined
}

/**
 * Lets clients in on 443 as they are let in on 80: beside the rule for 80, in its form, since the provider forbids
 * mixing forms. A group that lets somebody in on 443 already is left alone: `closedGroups` names it if that is less.
 */
export function letHttpsIn(session: Session, balancer: TerraformResource): void {
  const { estate, done } = session
  for (const group of groupsOf(estate, balancer)) {
    const key = `443 for ${group.root} ${group.baseAddress}`
    if (rulesFor(estate, group, 443).length > 0 || done.has(key)) continue
    done.add(key)
    for (const opening of openingsOn80(estate, group)) addBeside(session, opening)
  }
}

/** Groups of the load balancer that a person has to look at: not all who come in on 80 are sure to come in on 443. */
export function closedGroups(estate: Estate, balancer: TerraformResource): readonly TerraformResource[] {
  return groupsOf(estate, balancer).filter((group) => {
    const secure = rulesFor(estate, group, 443)
    if (secure.length === 0) return openingsOn80(estate, group).length === 0
    const sources = secure.map(sourcesOf)
    if (sources.some((each) => each === undefined || each.includes('0.0.0.0/0'))) return false
    const plain = rulesFor(estate, group, 80).map(sourcesOf)
    return !plain.every((each) => each?.every((source) => sources.some((list) => list?.includes(source) === true)))
  })
}

const SOURCES = ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6']

/** The networks that a rule lets in; undefined if they are not known. */
function sourcesOf(rule: Place): readonly string[] | undefined {
  const readings = SOURCES.map((name) => rule.get(name).strings())
  if (readings.some(({ kind }) => kind === 'unknown')) return undefined
  return readings.flatMap((reading) => (reading.kind === 'known' ? reading.value : []))
}

function groupsOf(estate: Estate, balancer: TerraformResource): readonly TerraformResource[] {
  const references = Place.of(balancer).get('security_groups').value
  const all = [references, ...(references?.kind === 'list' ? references.items : [])].flatMap(
    (value) => value?.refs ?? [],
  )
  const found = all
    .flatMap((reference) => estate.resolve(reference))
    .filter(({ type }) => type === 'aws_security_group')
  return [...new Set(found)]
}

/** What lets somebody in on a port, inline or as resources. */
function rulesFor(estate: Estate, group: TerraformResource, port: number): readonly Place[] {
  const inline = Place.of(group).get('ingress').items()
  return [...inline, ...rulesOf(estate, group).map((rule) => Place.of(rule))].filter((rule) => covers(rule, port))
}

function covers(rule: Place, port: number): boolean {
  const protocol = (rule.get('protocol').absent ? rule.get('ip_protocol') : rule.get('protocol')).string()
  if (protocol.kind !== 'known' || !rule.certain) return false
  if (protocol.value === '-1' || protocol.value === 'all') return true
  const [from, to] = [rule.get('from_port').number(), rule.get('to_port').number()]
  return (
    /^(?:tcp|6)$/i.test(protocol.value) &&
    from.kind === 'known' &&
    to.kind === 'known' &&
    from.value <= port &&
    port <= to.value
  )
}

function rulesOf(estate: Estate, group: TerraformResource): readonly TerraformResource[] {
  return RULE_TYPES.flatMap((type) => estate.terraform(type, group.root)).filter((rule) => {
    const place = Place.of(rule)
    if (rule.dormant || (rule.type === 'aws_security_group_rule' && !isIngress(place))) return false
    return (place.get('security_group_id').value?.refs ?? []).some((reference) => refersTo(reference, group))
  })
}

function isIngress(rule: Place): boolean {
  const type = rule.get('type').string()
  return type.kind === 'known' && type.value === 'ingress'
}

function openingsOn80(estate: Estate, group: TerraformResource): readonly Opening[] {
  const found: Opening[] = []
  const { source } = group
  if (source?.editable === true && source.document.syntax === 'native') {
    const places = Place.of(group).get('ingress').items()
    const written = findBlocks(source.block, 'ingress')
    // Positions agree only where no dynamic block comes between.
    if (places.length === written.length) {
      for (const [index, place] of places.entries()) {
        const there = written[index]
        if (there !== undefined && isExactly80(place))
          found.push({ document: source.document, block: there, resource: undefined })
      }
    }
  }
  for (const rule of rulesOf(estate, group)) {
    const own = rule.source
    if (own?.editable !== true || own.document.syntax !== 'native' || !isExactly80(Place.of(rule))) continue
    if (!found.some((other) => other.block === own.block))
      found.push({ document: own.document, block: own.block, resource: rule })
  }
  return found
}

function isExactly80(rule: Place): boolean {
  const [from, to] = [rule.get('from_port').number(), rule.get('to_port').number()]
  return from.kind === 'known' && to.kind === 'known' && from.value === 80 && to.value === 80 && rule.certain
}

const META = new Set(['count', 'for_each', 'provider'])

function addBeside(
  { edits, estate }: Session,
  { document, block: from, resource: rule }: Opening,
): EditRefusal | undefined {
  const items: ItemSpec[] = []
  for (const item of from.body.items) {
    if (item.kind === 'block') continue
    items.push(attribute(item.name, valueFor443(document, item)))
    if (META.has(item.name)) items.push({ kind: 'gap' })
  }
  // Below `for_each` and the like, which stand apart.
  const head = items.findLastIndex(({ kind }) => kind === 'gap') + 1
  if (findAttribute(from, 'description') === undefined) items.splice(head, 0, attribute('description', 'HTTPS'))
  if (rule === undefined) {
    edits.addBlockAfter(document, from, block('ingress', items))
    return undefined
  }
  const dir = document.path.includes('/') ? document.path.slice(0, document.path.lastIndexOf('/')) : '.'
  const wanted =
    /http/.test(rule.name) && !/https/.test(rule.name)
      ? rule.name.replace('http', 'https')
      : `${rule.name.replace(/_?80$/, '')}_https`
  edits.addBlockAfter(document, from, resource(rule.type, freeName({ estate, dir }, rule.type, wanted, 'rule'), items))
  return undefined
}

function valueFor443(document: HclDocument, item: Attribute): ReturnType<typeof raw> | number {
  if (item.name === 'from_port' || item.name === 'to_port') return 443
  const value = copiedValue(document, item)
  const text = typeof value === 'object' && 'raw' in value ? value.raw : ''
  // "HTTP from shoppers" is not what comes in on 443.
  return raw(
    item.name === 'description'
      ? text
          .replace(/\bHTTP\b(?!S)/, 'HTTPS')
          .replace(/\bhttp\b/, 'https')
          .replace(/\b80\b/, '443')
      : text,
  )
}
