import { Place } from '../../resources/place.ts'
import type { RuleContext, RuleDefinition } from '../rule.ts'
import { undecided } from '../rule.ts'
import { type ContainerRule, containerData, containerRule, type PodView } from './kubernetes-pods.ts'

export type ResourceRule = Omit<ContainerRule<'missing'>, 'checkContainer' | 'roles' | 'messages'> & {
  readonly list: 'requests' | 'limits'
  readonly resource: 'cpu' | 'memory'
}

/**
 * A request or a limit that every container must have. Kubernetes fills a missing request in from the limit, both from
 * a LimitRange of the namespace, and lets a pod set them once for all its containers.
 */
export function resourceRule(rule: ResourceRule): RuleDefinition<'missing'> {
  const { list, resource, ...definition } = rule
  const what = `${resource === 'cpu' ? 'CPU' : 'memory'} ${list === 'requests' ? 'request' : 'limit'}`
  return containerRule({
    ...definition,
    // Kubernetes rejects `resources` on ephemeral containers.
    roles: ['init', 'container'],
    messages: { missing: `Container {container} has no ${what}.` },
    *checkContainer(container, pod, context) {
      const at = container.place.get('resources', list, resource)
      const places = [at, pod.spec.get('resources', list, resource)]
      if (list === 'requests') places.push(container.place.get('resources', 'limits', resource))
      let unknown: Place | undefined
      for (const place of places) {
        const amount = amountAt(place)
        if (amount === 'set') return
        if (amount === 'unknown') unknown ??= place
      }
      if (unknown !== undefined) yield undecided(unknown)
      else if (!hasDefault(pod, context, list, resource))
        yield { at, message: 'missing', data: containerData(container) }
    },
  })
}

/** An amount of zero is none: the scheduler reserves nothing and the kernel limits nothing. */
function amountAt(place: Place): 'set' | 'none' | 'unknown' {
  const set = place.isSet()
  if (set !== 'yes') return set === 'no' ? 'none' : 'unknown'
  const value = place.value
  if (value?.kind === 'number') return value.value > 0 ? 'set' : 'none'
  return value?.kind === 'string' && /^0+(\.0*)?[A-Za-z]*$/.test(value.value) ? 'none' : 'set'
}

function hasDefault(pod: PodView, context: RuleContext, list: 'requests' | 'limits', resource: string): boolean {
  const { resource: object } = pod.object
  if (object.kind !== 'kubernetes' || object.namespace === '') return false
  const keys = list === 'limits' ? ['default'] : ['defaultRequest', 'default']
  return context.estate
    .kubernetes('LimitRange')
    .filter((range) => range.namespace === object.namespace)
    .flatMap((range) => Place.of(range).get('spec', 'limits').items())
    .filter((limit) => {
      const type = limit.get('type').value
      return type?.kind === 'string' && type.value === 'Container'
    })
    .some((limit) => keys.some((key) => !limit.get(key, resource).absent))
}
