import { type EditRefusal, findBlocks } from '../../edit/hcl/index.ts'
import type { Block } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import { decide, Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import { dependents } from '../shared/references.ts'
import type { TerraformTarget } from '../shared/target.ts'

const LISTENERS = ['aws_lb_listener', 'aws_alb_listener']
const RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule']

/** How a listener of plain HTTP comes to HTTPS. */
export type ListenerPlan =
  /** A listener on 443 takes over what it does, and it redirects. */
  | { readonly kind: 'split'; readonly action: Block; readonly rules: readonly TerraformTarget[] }
  /** There is one on 443 already, so that it only has to redirect. */
  | { readonly kind: 'redirect'; readonly action: Block }
  /** It has a port of its own, which no client types: it speaks TLS there. */
  | { readonly kind: 'convert' }

/** What is to be done with a listener, or why it cannot be. */
export function planListener(target: TerraformTarget): ListenerPlan | EditRefusal {
  const { estate, resource, document, block } = target
  const listener = Place.of(resource)
  const port = listener.get('port').number()
  if (port.kind !== 'known') return { refused: 'the port of the listener is not known' }
  if (document.syntax === 'json') return { refused: 'an action in JSON syntax is not turned into a redirect' }
  if (port.value !== 80) return { kind: 'convert' }
  const written = findBlocks(block, 'default_action')
  const [action] = written
  if (action === undefined || written.length > 1 || findBlocks(block, 'dynamic').length > 0)
    return { refused: 'the default action is not written as one block' }
  const rules = rulesOf(estate, resource)
  if ('refused' in rules) return rules
  const there = siblings(estate, resource).find((other) => portOf(other) === 443)
  if (there === undefined) return { kind: 'split', action, rules }
  if (!isEncrypted(there)) return { refused: `${there.address} on port 443 has to speak HTTPS first` }
  if (rules.length > 0)
    return { refused: `its rules have to move to ${there.address} first, which may have such rules already` }
  return { kind: 'redirect', action }
}

/** The other listeners of the same load balancer. */
function siblings(estate: Estate, listener: TerraformResource): readonly TerraformResource[] {
  const own = balancerKeys(listener)
  return LISTENERS.flatMap((type) => estate.terraform(type, listener.root)).filter(
    (other) =>
      other !== listener &&
      !other.dormant &&
      other.baseAddress !== listener.baseAddress &&
      balancerKeys(other).some((key) => own.includes(key)),
  )
}

function balancerKeys(listener: TerraformResource): readonly string[] {
  return (listener.value.entries.get('load_balancer_arn')?.refs ?? []).map(({ address }) => address)
}

/** The address of the load balancer that a listener belongs to; its own if that is not declared here. */
export function balancerAddress(listener: TerraformResource): string {
  return balancerKeys(listener)[0] ?? listener.baseAddress
}

function portOf(listener: TerraformResource): number | undefined {
  const port = Place.of(listener).get('port').number()
  return port.kind === 'known' ? port.value : undefined
}

function isEncrypted(listener: TerraformResource): boolean {
  return decide(Place.of(listener).get('protocol').string(), (name) => /^(?:https|tls)$/i.test(name ?? '')) === 'yes'
}

/** Rules route requests past the default action, so they have to go where the application is served. */
function rulesOf(estate: Estate, listener: TerraformResource): readonly TerraformTarget[] | EditRefusal {
  const found: TerraformTarget[] = []
  for (const user of dependents(estate, listener)) {
    if (user.kind !== 'terraform' || !RULES.includes(user.type)) continue
    const { source } = user
    const same = source !== undefined && source.editable && user.modulePath === listener.modulePath
    if (!same) return { refused: `its rule ${user.address} is in another module` }
    if (source.document.syntax === 'json') return { refused: `its rule ${user.address} is written in JSON syntax` }
    const { document, block } = source
    if (!found.some((other) => other.block === block)) found.push({ estate, resource: user, document, block, dir: '' })
  }
  return found
}

/** The load balancer of a listener, if it is declared here. */
export function balancerOf(estate: Estate, listener: Resource): TerraformResource | undefined {
  const references = listener.value.entries.get('load_balancer_arn')?.refs ?? []
  return references
    .flatMap((reference) => estate.resolve(reference))
    .find(({ type }) => type === 'aws_lb' || type === 'aws_alb')
}
