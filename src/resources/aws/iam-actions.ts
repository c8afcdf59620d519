import { brotliDecompressSync } from 'node:zlib'
import { PACKED_ACTION_RESOURCES } from './iam-action-resources-packed.ts'
import { PACKED_ACTIONS } from './iam-actions-packed.ts'

type AccessLevel = 'list' | 'read' | 'write' | 'permissions' | 'tagging'

/** One action of AWS, as the Service Authorization Reference has it. */
export interface IamAction {
  /** `s3:GetObject` */
  readonly name: string
  readonly service: string
  readonly level: AccessLevel
  /** False if a policy can only say `"*"` for its resource. */
  readonly takesResource: boolean
}

const LEVELS: Readonly<Record<string, AccessLevel>> = {
  L: 'list',
  R: 'read',
  W: 'write',
  P: 'permissions',
  T: 'tagging',
}

/** Texts of the services by prefix; unpacked when a rule asks for the first time. */
let services: ReadonlyMap<string, string> | undefined
const actionsOfService = new Map<string, readonly IamAction[]>()
const namesOfPattern = new Map<string, ReadonlySet<string>>()
const actionsOfPattern = new Map<string, readonly IamAction[]>()

/** The actions that a text of a policy means, in any case: `s3:Get*`, `*`, `ec2:RunInstances`. Empty if AWS has none. */
export function matchingActions(pattern: string): readonly IamAction[] {
  const key = pattern.toLowerCase()
  const known = actionsOfPattern.get(key)
  if (known !== undefined) return known
  const colon = key.indexOf(':')
  const service = colon < 0 ? key : key.slice(0, colon)
  const prefixes = isWildcard(service)
    ? [...packedServices().keys()].filter((prefix) => matchesPattern(service, prefix))
    : [service]
  const actions = prefixes.flatMap(serviceActions)
  const found = /^\*$|:\*$/.test(key) ? actions : actions.filter(({ name }) => matchesPattern(key, name))
  actionsOfPattern.set(key, found)
  return found
}

/**
 * Whether a text with `*` and `?` of a policy means this one; without regard to case, as for actions. Written out, since
 * a regular expression of many stars takes for ever on a text that does not fit.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let star = -1
  let resume = 0
  let i = 0
  while (i < given.length) {
    if (wanted[at] === '*') {
      star = at++
      resume = i
    } else if (wanted[at] === '?' || (at < wanted.length && wanted[at] === given[i])) {
      at++
      i++
    } else if (star >= 0) {
      at = star + 1
      i = ++resume
    } else return false
  }
  while (wanted[at] === '*') at++
  return at === wanted.length
}

/** The names of the actions that a text of a policy means; for whoever asks about many actions. */
export function matchingNames(pattern: string): ReadonlySet<string> {
  const key = pattern.toLowerCase()
  const known = namesOfPattern.get(key)
  if (known !== undefined) return known
  const names = new Set(matchingActions(key).map(({ name }) => name))
  namesOfPattern.set(key, names)
  return names
}

export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern)
}

function packedServices(): ReadonlyMap<string, string> {
  services ??= unpacked(PACKED_ACTIONS)
  return services
}

function serviceActions(service: string): readonly IamAction[] {
  const known = actionsOfService.get(service)
  if (known !== undefined) return known
  const [, ...lines] = (packedServices().get(service) ?? '').split('\n')
  const actions = lines.flatMap((line) => {
    const [head = '', ...names] = line.split(' ')
    const level = LEVELS[head.charAt(0)] ?? 'write'
    const takesResource = !head.endsWith('*')
    return names.map((name) => ({ name: `${service}:${name}`, service, level, takesResource }))
  })
  actionsOfService.set(service, actions)
  return actions
}

/** A type of resource that an action names. */
export interface NamedType {
  /** As the Service Authorization Reference calls it, within the action's service: `object`. */
  readonly type: string
  /** True if every request names one. */
  readonly required: boolean
}

let resourceTexts: ReadonlyMap<string, string> | undefined
const typesOfService = new Map<string, ReadonlyMap<string, readonly NamedType[]>>()

/** The types of resource that an action names; empty for services whose resources no fixer names. */
export function namedTypes({ name, service }: IamAction): readonly NamedType[] {
  const types = typesOfService.get(service) ?? readTypes(service)
  typesOfService.set(service, types)
  return types.get(name) ?? []
}

function readTypes(service: string): ReadonlyMap<string, readonly NamedType[]> {
  resourceTexts ??= unpacked(PACKED_ACTION_RESOURCES)
  const [, ...lines] = (resourceTexts.get(service) ?? '').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [list = '', names = ''] = line.split('\t')
      const types = list.split(',').map((type) => ({ type: type.replace('!', ''), required: type.endsWith('!') }))
      return names.split(' ').map((name) => [`${service}:${name}`, types] as const)
    }),
  )
}

function unpacked(packed: string): ReadonlyMap<string, string> {
  return new Map(
    brotliDecompressSync(Buffer.from(packed, 'base64'))
      .toString('utf8')
      .split('\n\n')
      .map((text) => [text.slice(0, text.indexOf('\n')), text]),
  )
}
