import type { Estate } from '../estate.ts'
import { Place } from '../place.ts'
import type { KubernetesResource } from '../resource.ts'
import { podTemplate, WORKLOAD_KINDS } from './workloads.ts'

/**
 * The RoleBinding or ClusterRoleBinding that gives a ServiceAccount by name rights in the API, if the project has one. An
 * object that names no namespace may be in any, unless only a sure match counts: then it is in `default`.
 */
export function bindingFor(
  estate: Estate,
  account: string,
  namespace: string,
  { sure = false }: { readonly sure?: boolean } = {},
): KubernetesResource | undefined {
  return [...estate.kubernetes('RoleBinding'), ...estate.kubernetes('ClusterRoleBinding')].find((binding) =>
    Place.of(binding)
      .get('subjects')
      .items()
      .some((subject) => {
        if (text(subject.get('kind')) !== 'ServiceAccount' || text(subject.get('name')) !== account) return false
        const subjectNamespace = text(subject.get('namespace')) ?? binding.namespace
        if (sure) return (subjectNamespace || 'default') === (namespace || 'default')
        return subjectNamespace === namespace || subjectNamespace === '' || namespace === ''
      }),
  )
}

/** `serviceAccountName`, its deprecated spelling, or `default`; undefined if it is not known. */
export function serviceAccountName(podSpec: Place): string | undefined {
  for (const key of ['serviceAccountName', 'serviceAccount']) {
    const name = podSpec.get(key).string()
    if (name.kind === 'unknown') return undefined
    if (name.kind === 'known' && name.value !== '') return name.value
  }
  return 'default'
}

export function serviceAccount(estate: Estate, name: string, namespace: string): KubernetesResource | undefined {
  return estate.kubernetes('ServiceAccount').find((account) => account.name === name && account.namespace === namespace)
}

/** Workloads whose pods run as a ServiceAccount. */
export function runningAs(account: string, namespace: string, estate: Estate): readonly KubernetesResource[] {
  return WORKLOAD_KINDS.flatMap((kind) => [...estate.kubernetes(kind)]).filter((workload) => {
    const template = podTemplate(Place.of(workload))
    return (
      template !== undefined &&
      (workload.namespace || 'default') === (namespace || 'default') &&
      serviceAccountName(template.spec) === account
    )
  })
}

function text(place: Place): string | undefined {
  return place.value?.kind === 'string' ? place.value.value : undefined
}
