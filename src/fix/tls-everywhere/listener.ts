import {
  attribute,
  block,
  type EditRefusal,
  findAttribute,
  findBlocks,
  GAP,
  type ItemSpec,
  resource as resourceBlock,
} from '../../edit/hcl/index.ts'
import type { Block } from '../../parse/hcl/ast.ts'
import { decide, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { setSwitch } from '../shared/callers.ts'
import { once } from '../shared/session.ts'
import { freeName, metaArguments, type TerraformTarget } from '../shared/target.ts'
import { certificateFor } from './certificate.ts'
import { copiedBlock, copiedValue } from './copy.ts'
import { letHttpsIn } from './ingress.ts'
import { balancerOf, type ListenerPlan, planListener } from './listeners.ts'
import { addOutputs } from './outputs.ts'
import { RECOMMENDED_TLS_POLICY, type Session } from './session.ts'

/** All that it takes for a listener of plain HTTP to end: certificate, HTTPS listener, redirect, way in, outputs. */
export function serveHttps(session: Session): EditRefusal | undefined {
  const { target } = session
  return once(session, `listener ${target.block.span.start} of ${target.document.path}`, () => {
    const plan = planListener(target)
    if ('refused' in plan) return plan
    const unsure = whyUnsure(target, plan)
    if (unsure !== undefined) return unsure
    if (plan.kind === 'redirect') {
      redirect(session, plan.action, false)
      return undefined
    }
    const balancer = balancerOf(session.estate, target.resource)
    const certificate = certificateFor(session, balancer?.name ?? target.resource.name)
    if (typeof certificate === 'object' && 'refused' in certificate) return certificate
    const encryption: readonly ItemSpec[] = [
      attribute('ssl_policy', RECOMMENDED_TLS_POLICY),
      attribute('certificate_arn', certificate),
    ]
    if (plan.kind === 'convert') {
      const refused = setSwitch(session, Place.of(target.resource).get('protocol'), 'HTTPS')
      if (refused !== undefined) return refused
      for (const item of encryption) session.edits.addItem(target.document, target.block, item)
      return undefined
    }
    split(session, plan, encryption)
    if (balancer !== undefined) letHttpsIn(session, balancer)
    addOutputs(session, balancer, certificate)
    return undefined
  })
}

/** A certificate that nothing needs would wait for its DNS record for ever. */
export function whyUnsure({ resource, block }: TerraformTarget, plan: ListenerPlan): EditRefusal | undefined {
  if (plan.kind === 'redirect') return undefined
  const expanded = findAttribute(block, 'count') ?? findAttribute(block, 'for_each')
  if (expanded === undefined || resource.address !== resource.baseAddress) return undefined
  return {
    refused: 'whether this listener exists at all is decided elsewhere, and a certificate for nothing never gets valid',
  }
}

function split(
  session: Session,
  { action, rules }: ListenerPlan & { readonly kind: 'split' },
  encryption: readonly ItemSpec[],
): void {
  const { target, edits } = session
  const { document, block: from, resource } = target
  const name = freeName(target, resource.type, nameOfHttps(resource), 'https')
  const arn = findAttribute(from, 'load_balancer_arn')
  const tags = findAttribute(from, 'tags')
  edits.addBlockAfter(
    document,
    from,
    resourceBlock(resource.type, name, [
      ...metaArguments(target),
      ...(arn === undefined ? [] : [attribute('load_balancer_arn', copiedValue(document, arn))]),
      attribute('port', 443),
      attribute('protocol', 'HTTPS'),
      ...encryption,
      ...(tags === undefined ? [] : [GAP, attribute('tags', copiedValue(document, tags)), GAP]),
      copiedBlock(document, action),
    ]),
  )
  for (const rule of rules) moveRule(session, rule, name)
  redirect(session, action, true)
}

function nameOfHttps({ name }: TerraformResource): string {
  if (/https/i.test(name)) return `${name}_443`
  return /http/.test(name)
    ? name.replace('http', 'https')
    : name.endsWith('80')
      ? name.replace(/80$/, '443')
      : `${name}_https`
}

/** A rule's `listener_arn` names the new listener; the provider replaces the rule for it. */
function moveRule({ edits, target }: Session, rule: TerraformTarget, name: string): void {
  const { type, name: old } = target.resource
  const arn = findAttribute(rule.block, 'listener_arn')
  if (arn === undefined) return
  const text = rule.document.text.slice(arn.value.span.start, arn.value.span.end)
  edits.replace(rule.document, arn.value.span, text.replaceAll(`${type}.${old}`, `${type}.${name}`))
}

/**
 * The default action turned into a redirect.
 * @param copied true if what is said of the old action stands elsewhere now
 */
function redirect({ edits, target: { document } }: Session, action: Block, copied: boolean): void {
  for (const item of action.body.items) {
    const name = item.kind === 'attribute' ? item.name : item.type
    // Written anew, as its neighbours are gone that it was aligned with.
    if (name === 'type') {
      const comment = /^[ \t]*(?:#|\/\/)[^\r\n]*/.exec(document.text.slice(item.span.end))?.[0] ?? ''
      const end = item.span.end + (copied ? comment.length : 0)
      edits.replace(document, { start: item.span.start, end }, 'type = "redirect"')
    } else edits.delete(document, action, item)
  }
  const items = [attribute('port', '443'), attribute('protocol', 'HTTPS'), attribute('status_code', 'HTTP_301')]
  if (findAttribute(action, 'type') === undefined) edits.addItem(document, action, attribute('type', 'redirect'))
  edits.addBlock(document, action, block('redirect', items))
}

/** A classic load balancer: its HTTP listener speaks HTTPS on 443. It cannot redirect. */
export function encryptClassic(session: Session, at: Place): EditRefusal | undefined {
  const { target } = session
  const listener = at.parent
  const written = listener === undefined ? undefined : classicListener(target, listener)
  if (listener === undefined || written === undefined)
    return { refused: 'the listener is not written as a block of its own' }
  const port = listener.get('lb_port').number()
  const onto = port.kind === 'known' && port.value === 80 ? 443 : undefined
  const taken = Place.of(target.resource)
    .get('listener')
    .items()
    .some((other) => decide(other.get('lb_port').number(), (value) => value === 443) !== 'no')
  if (onto !== undefined && taken) return { refused: 'another listener has port 443 already: remove this one' }
  const certificate = certificateFor(session, target.resource.name)
  if (typeof certificate === 'object' && 'refused' in certificate) return certificate
  const { document } = target
  session.edits.setAttribute(document, written, 'lb_protocol', 'https')
  if (onto !== undefined) session.edits.setAttribute(document, written, 'lb_port', onto)
  session.edits.setAttribute(document, written, 'ssl_certificate_id', certificate)
  letHttpsIn(session, target.resource)
  return undefined
}

/** A certificate of ACM for an encrypted listener of a classic load balancer. */
export function certifyClassic(session: Session, at: Place): EditRefusal | undefined {
  const { target } = session
  const written = at.parent === undefined ? undefined : classicListener(target, at.parent)
  if (written === undefined) return { refused: 'the listener is not written as a block of its own' }
  const certificate = certificateFor(session, target.resource.name)
  if (typeof certificate === 'object' && 'refused' in certificate) return certificate
  session.edits.setAttribute(target.document, written, 'ssl_certificate_id', certificate)
  return undefined
}

function classicListener({ document, block: from, resource }: TerraformTarget, listener: Place): Block | undefined {
  const written = findBlocks(from, 'listener')
  const places = Place.of(resource).get('listener').items()
  const index = listener.path.at(-1)
  if (document.syntax === 'json' || written.length !== places.length || typeof index !== 'number') return undefined
  return written[index]
}
