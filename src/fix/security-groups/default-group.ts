import { attribute, type EditRefusal, findAttribute, raw, resource } from '../../edit/hcl/index.ts'
import type { Complaint } from '../fixer.ts'
import { type FixSession, once } from '../shared/session.ts'
import { freeName, metaArguments, referenceTo, terraformTarget, unreachable } from '../shared/target.ts'

const GROUP = 'aws_default_security_group'
const DIRECTIONS: ReadonlySet<string> = new Set(['ingress', 'egress'])

/** Takes over the default group of a VPC, or empties the one that was taken over with rules. */
export function emptyDefaultGroup(session: FixSession, { at }: Complaint): EditRefusal | undefined {
  const { edits, estate } = session
  const target = terraformTarget(estate, at.resource)
  if (target === undefined) return unreachable(at.resource)
  const { document, block, resource: own } = target
  return once(session, `default group ${document.path} ${block.span.start}`, () => {
    if (own.type !== GROUP) {
      const name = freeName(target, GROUP, own.name, 'default')
      const network = attribute('vpc_id', raw(`${referenceTo(target)}.id`))
      edits.addBlockAfter(document, block, resource(GROUP, name, [...metaArguments(target), network]))
      return undefined
    }
    for (const item of block.body.items) {
      const isRule =
        item.kind === 'block' &&
        (DIRECTIONS.has(item.type) || (item.type === 'dynamic' && DIRECTIONS.has(item.labels[0]?.value ?? '')))
      if (isRule) edits.delete(document, block, item)
    }
    for (const direction of DIRECTIONS) {
      const list = findAttribute(block, direction)
      if (list !== undefined) edits.replace(document, list.value.span, '[]')
    }
    if (document.syntax === 'json' && findAttribute(block, 'dynamic') !== undefined)
      return { refused: 'its rules are made by dynamic blocks in JSON syntax: empty it by hand' }
    return undefined
  })
}
