import {
  attributeOf,
  type EditRefusal,
  folderOf,
  type HclValue,
  setNested,
  setOwnAttribute,
} from '../../edit/hcl/index.ts'
import { renderValue } from '../../edit/hcl/spec.ts'
import { decide, Place } from '../../resources/place.ts'
import type { FixValues } from '../fixer.ts'
import { setSwitch, variableName } from '../shared/callers.ts'
import type { FixSession } from '../shared/session.ts'
import type { Remedy, Session } from './session.ts'

export const CLOSE = 'eks-private-endpoint'

/** The networks that may reach the API server, if `secops.yaml` names some and they are not the whole internet. */
export function adminCidrs({ adminCidrs: cidrs }: FixValues): readonly string[] | undefined {
  return cidrs === undefined || cidrs.length === 0 || cidrs.some((cidr) => /\/[01]$/.test(cidr)) ? undefined : cidrs
}

/** Nodes find the API server inside the VPC. */
export function openPrivate(session: Session): EditRefusal | undefined {
  return setFlag(session, 'endpoint_private_access', true)
}

/** Without either endpoint nobody would reach the cluster. */
export const closePublic: Remedy = (session) =>
  ensurePrivate(session) ?? setFlag(session, 'endpoint_public_access', false)

/** Named networks only. Nodes that came over the public endpoint come over the private one. */
export const restrictPublic: Remedy = (session) => {
  const { target, values, complaints } = session
  // There is nothing to restrict once it is closed.
  if (complaints.some(({ ruleId, at }) => ruleId === CLOSE && at.resource === target.resource)) return undefined
  const cidrs = adminCidrs(values)
  if (cidrs === undefined) return { refused: 'nothing says which networks may reach the API server' }
  return (
    ensurePrivate(session) ??
    setList(session, Place.of(target.resource).get('vpc_config', 'public_access_cidrs'), cidrs)
  )
}

function ensurePrivate(session: Session): EditRefusal | undefined {
  const within = Place.of(session.target.resource).get('vpc_config', 'endpoint_private_access')
  return decide(within.bool(), (value) => value === true) === 'yes' ? undefined : openPrivate(session)
}

function setFlag(session: Session, name: string, wanted: boolean): EditRefusal | undefined {
  const at = Place.of(session.target.resource).get('vpc_config', name)
  return at.absent ? setNested(session.edits, session.estate, at, wanted) : setSwitch(session, at, wanted)
}

/** Sets a list where it is written: in the block, or behind a variable that nothing else in the module asks. */
export function setList(session: FixSession, at: Place, value: readonly string[]): EditRefusal | undefined {
  const { edits, estate } = session
  const origin = at.value?.origin
  const variable = variableName(attributeOf(at)?.expression)
  const list: HclValue = [...value]
  if (variable !== undefined && origin?.language === 'hcl' && origin.node.kind === 'tuple') {
    if (estate.isOwn(origin.document.path) && isAskedOnce(session, at, variable)) {
      const text = origin.document.syntax === 'json' ? JSON.stringify(value) : renderValue(list)
      edits.replace(origin.document, origin.node.span, text)
      return undefined
    }
  }
  return at.absent ? setNested(edits, estate, at, list) : setOwnAttribute(edits, estate, at, list)
}

function isAskedOnce({ estate }: FixSession, { resource }: Place, variable: string): boolean {
  if (resource.kind !== 'terraform' || resource.source === undefined) return false
  const uses = estate
    .moduleDocuments(folderOf(resource.source.document.path))
    .flatMap(({ text }) => text.match(/\bvar\.[\w-]+/g) ?? [])
  return uses.filter((use) => use === `var.${variable}`).length === 1
}
