import type { FixValues } from '../fixer.ts'
import { containerConcern, refuse } from './concern.ts'
import { parseQuantity } from './quantity.ts'
import type { WorkloadContainer } from './view.ts'

type List = 'requests' | 'limits'
type Resource = 'cpu' | 'memory'

/** The figures of the project's documents, for a small service; people measure and change them. */
const DEFAULTS = {
  requests: { cpu: '250m', memory: '256Mi' },
  limits: { cpu: '500m', memory: '512Mi' },
} as const

const SETTINGS: Readonly<Record<string, readonly [List, Resource]>> = {
  'k8s-cpu-requests': ['requests', 'cpu'],
  'k8s-memory-requests': ['requests', 'memory'],
  'k8s-cpu-limits': ['limits', 'cpu'],
  'k8s-memory-limits': ['limits', 'memory'],
}

export const resources = containerConcern({
  rules: Object.keys(SETTINGS),
  assess(container, { values }, { ruleId }) {
    const setting = SETTINGS[ruleId]
    if (setting === undefined) return refuse('no amount is known for this rule')
    const [list, resource] = setting
    const amount = amountFor(container, list, resource, values)
    const title = `Set the ${resource === 'cpu' ? 'CPU' : 'memory'} ${list === 'requests' ? 'request' : 'limit'} of container ${container.name} to ${amount}`
    const steps = [
      'Compare with `kubectl top pod --containers` after a day, and set what fits (`values.resources` for all).',
    ]
    return { rank: 'D', title, steps }
  },
  change(container, { values }, draft, { ruleId }) {
    const setting = SETTINGS[ruleId]
    if (setting === undefined) return
    const [list, resource] = setting
    draft.set(container.place.get('resources', list, resource), amountFor(container, list, resource, values))
  },
})

/** The configured or default amount, moved where Kubernetes would reject it: a request above its limit. */
function amountFor(container: WorkloadContainer, list: List, resource: Resource, values: FixValues): string {
  const wanted = wantedAmount(list, resource, values)
  const counterpart = list === 'requests' ? 'limits' : 'requests'
  const other = written(container, counterpart, resource) ?? wantedAmount(counterpart, resource, values)
  const [own, bound] = [parseQuantity(wanted), parseQuantity(other)]
  if (own === undefined || bound === undefined) return wanted
  return list === 'requests' ? (own > bound ? other : wanted) : own < bound ? other : wanted
}

function wantedAmount(list: List, resource: Resource, values: FixValues): string {
  return values.resources?.[list]?.[resource] ?? DEFAULTS[list][resource]
}

function written(container: WorkloadContainer, list: List, resource: Resource): string | undefined {
  const { value } = container.place.get('resources', list, resource)
  const text = value?.kind === 'string' ? value.value : value?.kind === 'number' ? String(value.value) : undefined
  return text === undefined || (parseQuantity(text) ?? 0) <= 0 ? undefined : text
}
