import {
  attribute,
  type EditRefusal,
  findAttribute,
  type HclValue,
  type ItemSpec,
  block as nestedBlock,
  raw,
  resource as resourceBlock,
  template,
} from '../../edit/hcl/index.ts'
import type { Attribute, HclDocument } from '../../parse/hcl/ast.ts'
import type { FixSession } from '../shared/session.ts'
import { freeName, metaArguments, terraformTarget } from '../shared/target.ts'
import { lookUp, type Network } from './peers.ts'
import { rangesOf, type RuleView } from './view.ts'

/** The second rule of a group that may talk to its own VPC, in the form of the first. */
export function addInside(session: FixSession, view: RuleView, network: Network): EditRefusal | undefined {
  const { edits, estate } = session
  const { document, container } = view.written
  const description = 'Everything inside the VPC'
  const cidr = network.expression
  lookUp(session, view.resource, network)
  if (view.form === 'block') {
    if (view.resource.source === undefined) return { refused: 'the group is not written out' }
    const inside = nestedBlock('egress', [
      attribute('description', description),
      attribute('from_port', 0),
      attribute('to_port', 0),
      attribute('protocol', '-1'),
      attribute('cidr_blocks', [raw(cidr)]),
    ])
    if (container.kind === 'block' && container.type === 'egress' && document.syntax === 'native')
      edits.addBlockAfter(document, container, inside)
    else edits.addBlock(document, view.resource.source.block, inside)
    return undefined
  }
  const target = terraformTarget(estate, view.resource)
  if (view.form === 'object' || target === undefined || container.kind !== 'block')
    return { refused: 'a second rule cannot be added to a list of objects: write the rules as blocks first' }
  const group = findAttribute(container, 'security_group_id')
  if (group === undefined) return { refused: 'the rule does not say which group it belongs to' }
  const single = view.form === 'single'
  const items: readonly ItemSpec[] = [
    ...metaArguments(target),
    ...(single ? [] : [attribute('type', 'egress')]),
    attribute('security_group_id', copied(document, group)),
    attribute('description', description),
    ...(single
      ? [attribute('cidr_ipv4', raw(cidr)), attribute('ip_protocol', '-1')]
      : [
          attribute('from_port', 0),
          attribute('to_port', 0),
          attribute('protocol', '-1'),
          attribute('cidr_blocks', [raw(cidr)]),
        ]),
  ]
  const name = freeName(target, view.resource.type, `${view.resource.name}_vpc`, 'rule')
  edits.addBlockAfter(document, container, resourceBlock(view.resource.type, name, items))
  return undefined
}

/** A rule of one range stands for the first network of administrators; each other one gets a rule of its own. */
export function addMore(session: FixSession, view: RuleView): EditRefusal | undefined {
  const { edits, estate, values } = session
  const { document, container } = view.written
  const target = terraformTarget(estate, view.resource)
  if (target === undefined || container.kind !== 'block') return { refused: 'the rule is not written out' }
  const [wide] = rangesOf(view).filter((ranges) => ranges.wide)
  const name = String(wide?.place.path.at(-1))
  const more = (values.adminCidrs ?? []).filter((cidr) => cidr.includes(':') === (wide?.family === 6)).slice(1)
  for (const [i, cidr] of more.entries()) {
    const items = container.body.items.flatMap((item): ItemSpec[] => {
      if (item.kind !== 'attribute') return []
      if (item.name === name) return [attribute(name, cidr)]
      if (['count', 'for_each', 'provider'].includes(item.name)) return []
      return [attribute(item.name, copied(document, item))]
    })
    const label = freeName(target, view.resource.type, `${view.resource.name}_${i + 2}`, 'rule')
    edits.addBlockAfter(
      document,
      container,
      resourceBlock(view.resource.type, label, [...metaArguments(target), ...items]),
    )
  }
  return undefined
}

/** What an attribute says, to be said once more. */
function copied({ text, syntax }: HclDocument, { value }: Attribute): HclValue {
  const written = text.slice(value.span.start, value.span.end)
  if (syntax === 'native') return raw(written)
  const data: unknown = JSON.parse(written)
  if (typeof data === 'string') return template(data)
  return typeof data === 'number' || typeof data === 'boolean' ? data : raw(written)
}
