import type { YamlChange } from '../../edit/yaml/index.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'

const NAMESPACE_NAME = 'kubernetes.io/metadata.name'
/** What the cluster itself needs to write in order to mend anything; leases of nodes among them. */
const CONTROL_PLANE = ['kube-system', 'kube-node-lease']
const TIMEOUT_SECONDS = 5
/** Longer than this every request of the cluster waits while the webhook is away. */
const LONGEST_SECONDS = 10

/** The webhook that a complaint's `failurePolicy` belongs to. */
export function webhookAt(at: Place): Place | undefined {
  const index = at.path[1]
  return typeof index === 'number' ? Place.of(at.resource).get('webhooks', index) : undefined
}

/** The namespaces that a webhook that fails closed must not reach: the control plane's, and the one it runs in. */
export function exempted(webhook: Place): readonly string[] {
  const own = webhook.get('clientConfig', 'service', 'namespace').string()
  return own.kind === 'known' && !CONTROL_PLANE.includes(own.value) ? [...CONTROL_PLANE, own.value] : CONTROL_PLANE
}

/** `Fail`, with its exemptions and a timeout. */
export function failClosed(webhook: Place, { apiVersion }: KubernetesResource): readonly YamlChange[] {
  const changes: YamlChange[] = [{ op: 'set', path: [...webhook.path, 'failurePolicy'], value: 'Fail' }]
  const timeout = webhook.get('timeoutSeconds').number()
  const tooLong = timeout.kind === 'known' && timeout.value > LONGEST_SECONDS
  // The default is 10 seconds, and was 30 in v1beta1.
  if (timeout.kind === 'absent' || tooLong || (apiVersion.endsWith('v1beta1') && timeout.kind !== 'known'))
    changes.push({ op: 'set', path: [...webhook.path, 'timeoutSeconds'], value: TIMEOUT_SECONDS })
  return [...changes, ...exemptions(webhook)]
}

function exemptions(webhook: Place): readonly YamlChange[] {
  const selector = webhook.get('namespaceSelector')
  const expressions = selector.get('matchExpressions')
  const wanted = exempted(webhook)
  const there = expressions
    .items()
    .findIndex((item) => is(item.get('key'), NAMESPACE_NAME) && is(item.get('operator'), 'NotIn'))
  if (there >= 0) {
    const values = expressions.get(there, 'values')
    const listed = values.strings()
    const missing = listed.kind === 'known' ? wanted.filter((name) => !listed.value.includes(name)) : wanted
    const all = listed.kind === 'known' ? [...listed.value, ...missing] : missing
    return missing.length === 0 ? [] : [{ op: 'set', path: values.path, value: all }]
  }
  const expression = { key: NAMESPACE_NAME, operator: 'NotIn', values: [...wanted] }
  if (expressions.items().length > 0)
    return [{ op: 'set', path: [...expressions.path, expressions.items().length], value: expression }]
  return [{ op: 'set', path: expressions.path, value: [expression] }]
}

function is(at: Place, wanted: string): boolean {
  const text = at.string()
  return text.kind === 'known' && text.value === wanted
}
