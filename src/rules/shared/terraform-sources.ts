import type { Estate } from '../../resources/estate.ts'
import { textOf } from '../../resources/aws/iam-resources.ts'
import { isInternet, prefixLength, widest } from '../../resources/aws/cidrs.ts'
import type { CidrSource } from '../../resources/aws/security-group-rules.ts'
import { asString, Place } from '../../resources/place.ts'
import type { UnknownValue, Value } from '../../resources/value.ts'

/** Who a network rule lets in. */
export type Opening =
  | { readonly kind: 'closed' }
  | { readonly kind: 'internet'; readonly at: Place; readonly cidr: string }
  | { readonly kind: 'unknown'; readonly at: Place; readonly reason: string }

interface Piece {
  readonly at: Place
  readonly value: Value
  readonly family: 4 | 6
  /** For an unknown: whether it stands for a whole list. */
  readonly whole: boolean
}

const NONE: Value = { kind: 'null' }
const CLOSED: Opening = { kind: 'closed' }
const WITNESS = { 4: '0.0.0.0/0', 6: '::/0' } as const
/** Lengths of the lists with which a validation is tried, so that one about the length alone proves nothing. */
const WITNESS_LENGTHS = [1, 2, 4, 8]
/** Attributes that hold one block, where others hold a list. */
const SINGLE = new Set(['cidr_ipv4', 'cidr_ipv6', 'cidr_block', 'ipv6_cidr_block'])
/** Attributes of networks and addresses that exist: never the whole internet. */
const OWN_NETWORK = /(?:^|_)(?:cidr_blocks?|ip|ipv6_addresses)$/

/** Whether blocks of addresses and prefix lists let the internet in. Reads values itself: no unknown counts as met. */
export function openingOf(cidrs: readonly CidrSource[], prefixLists: Place | undefined, estate: Estate): Opening {
  const pieces = cidrs.flatMap(piecesOf)
  const known = pieces.flatMap(({ at, value }) => {
    const cidr = asString(value)
    return cidr === undefined ? [] : [{ at, cidr }]
  })
  const texts = known.map(({ cidr }) => cidr)
  if (isInternet(texts)) {
    const worst = known[widest(texts)]
    if (worst !== undefined) return { kind: 'internet', ...worst }
  }
  const others = pieces
    .filter(({ value }) => value.kind === 'unknown')
    .map((piece) => unknownOpening(piece, texts))
    .concat(prefixLists === undefined ? [] : prefixListOpenings(prefixLists, estate))
  return others.find(({ kind }) => kind === 'internet') ?? others.find(({ kind }) => kind === 'unknown') ?? CLOSED
}

function piecesOf({ place, family }: CidrSource): readonly Piece[] {
  const { value } = place
  if (value === undefined || value.kind === 'null') return []
  if (value.kind !== 'list') return [{ at: place, value, family, whole: !SINGLE.has(String(place.path.at(-1))) }]
  const items = place.items().map((at) => ({ at, value: at.value ?? { kind: 'null' as const }, family, whole: false }))
  return value.rest === undefined
    ? items
    : [...items, { at: place, value: value.rest, family, whole: value.rest.type === 'list' }]
}

function unknownOpening({ at, value, family, whole }: Piece, others: readonly string[]): Opening {
  if (value.kind !== 'unknown') return CLOSED
  const { candidates, reason } = value
  if (candidates !== undefined) {
    const options = candidates.map(textsOf)
    const open = options.map((option) => option !== undefined && isInternet([...others, ...option]))
    if (options.every((option) => option !== undefined)) {
      if (open.every(Boolean))
        return { kind: 'internet', at, cidr: options[0]?.[widest(options[0])] ?? WITNESS[family] }
      return open.some(Boolean) ? { kind: 'unknown', at, reason } : CLOSED
    }
  }
  if (rejectsInternet(value, family, whole) || isNarrow(value) || isOwnNetwork(value)) return CLOSED
  return { kind: 'unknown', at, reason }
}

function textsOf(value: Value): readonly string[] | undefined {
  if (value.kind === 'null') return []
  if (value.kind !== 'list') {
    const text = asString(value)
    return text === undefined ? undefined : [text]
  }
  const texts = value.items.map(asString)
  return value.rest === undefined && texts.every((text) => text !== undefined) ? texts : undefined
}

/** True if the variable's own validation refuses the whole internet. */
function rejectsInternet({ rejects }: UnknownValue, family: 4 | 6, whole: boolean): boolean {
  if (rejects === undefined) return false
  const text = (value: string): Value => ({ kind: 'string', value })
  if (!whole) return rejects(text(WITNESS[family]))
  return WITNESS_LENGTHS.every((length) => {
    const rest = Array.from({ length: length - 1 }, (_, i) => text(family === 4 ? `10.0.${i}.0/24` : `fd00:${i}::/64`))
    return rejects({ kind: 'list', items: [text(WITNESS[family]), ...rest] })
  })
}

/** `"${aws_eip.vpn.public_ip}/32"`: whatever the address is, the prefix is known. */
function isNarrow({ parts }: UnknownValue): boolean {
  const last = parts?.at(-1)
  const prefix = typeof last === 'string' ? prefixLength(last) : undefined
  return prefix !== undefined && prefix >= 8
}

/** A plain reference to the range of a network, or to an address. Calls and conditions may let something else through. */
function isOwnNetwork({ origin, refs }: UnknownValue): boolean {
  if (origin?.language !== 'hcl' || refs === undefined || refs.length === 0) return false
  const plain = ['get-attribute', 'index', 'splat'].includes(origin.node.kind)
  return plain && refs.every(({ attribute }) => attribute !== undefined && OWN_NETWORK.test(attribute))
}

function prefixListOpenings(place: Place, estate: Estate): readonly Opening[] {
  const { value } = place
  if (value === undefined || value.kind === 'null') return []
  const places = value.kind === 'list' ? place.items() : [place]
  const openings = places.map((at) => prefixListOpening(at, estate))
  const rest = value.kind === 'list' ? value.rest : undefined
  return rest === undefined ? openings : [...openings, { kind: 'unknown', at: place, reason: rest.reason }]
}

/** The blocks of a prefix list that is declared here; those of AWS's own services are not the internet. */
function prefixListOpening(at: Place, estate: Estate): Opening {
  const lists = at.value?.refs?.flatMap((reference) => estate.resolve(reference)) ?? []
  const openings = lists.map((resource): Opening | undefined => {
    const list = Place.of(resource)
    // `aws_prefix_list` reads lists of AWS's services only, as those of gateway endpoints are.
    if (resource.type === 'data.aws_prefix_list' || resource.type === 'aws_vpc_endpoint') return CLOSED
    if (resource.type.startsWith('data.')) {
      const filters = list
        .get('filter')
        .items()
        .filter((filter) => asString(filter.get('name').value ?? NONE) === 'prefix-list-name')
      const names = [list.get('name'), ...filters.flatMap((filter) => filter.get('values').items())]
      return names.some(({ value }) => textOf(value)?.startsWith('com.amazonaws.') === true) ? CLOSED : undefined
    }
    const entries = list.get('entry')
    if (entries.absent || entries.mayHaveMore()) return undefined
    const opening = openingOf(
      entries.items().map((entry) => ({ place: entry.get('cidr'), family: 4 })),
      undefined,
      estate,
    )
    return opening.kind === 'internet' ? { ...opening, at } : opening.kind === 'unknown' ? undefined : CLOSED
  })
  if (openings.length > 0 && openings.every((opening) => opening !== undefined)) {
    return openings.find(({ kind }) => kind === 'internet') ?? CLOSED
  }
  const id = at.value === undefined ? undefined : asString(at.value)
  return {
    kind: 'unknown',
    at,
    reason: `what ${id === undefined ? 'the prefix list' : `prefix list ${id}`} holds is not in the code`,
  }
}
