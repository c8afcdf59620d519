import { brotliDecompressSync } from 'node:zlib'
import { PACKED_ACTIONS } from './iam-actions.ts'

export type AccessLevel = 'list' | 'read' | 'write' | 'permissions' | 'tagging'

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
const actionsOfPattern = new Map<string, readonly IamAction[]>()
const expressions = new Map<string, RegExp>()

/** The actions that a text of a policy means, in any case: `s3:Get*`, `*`, `ec2:RunInstances`. Empty if AWS has none. */
export function matchingActions(pattern: string): readonly IamAction[] {
  const key = pattern.toLowerCase()
  const known = actionsOfPattern.get(key)
  if (known !== undefined) return known
  const colon = key.indexOf(':')
  const service = colon < 0 ? key : key.slice(0, colon)
  const prefixes = [...packedServices().keys()].filter((prefix) => matchesPattern(service, prefix))
  const found = prefixes.flatMap(serviceActions).filter(({ name }) => matchesPattern(key, name))
  actionsOfPattern.set(key, found)
  return found
}

/** Whether a text with `*` and `?` of a policy means this one; without regard to case, as for actions. */
export function matchesPattern(pattern: string, text: string): boolean {
  let expression = expressions.get(pattern)
  if (expression === undefined) {
    const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replaceAll('?', '.')
    expression = new RegExp(`^${escaped}$`, 'is')
    expressions.set(pattern, expression)
  }
  return expression.test(text)
}

export function isWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern)
}

function packedServices(): ReadonlyMap<string, string> {
  services ??= new Map(
    brotliDecompressSync(Buffer.from(PACKED_ACTIONS, 'base64'))
      .toString('utf8')
      .split('\n\n')
      .map((text) => [text.slice(0, text.indexOf('\n')), text]),
  )
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
