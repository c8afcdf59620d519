import { type Place } from '../../../resources/place.ts'
import { type Problem, type Severity, undecided } from '../../rule.ts'
import { roleRule } from './policy-rules.ts'

type Message = 'everything' | 'allResources' | 'allVerbs' | 'allGroups' | 'allUrls'

const CHECKOV = 'checkov:CKV_K8S_49'
/** Trivy has a check for each kind of star; the last one looks at ClusterRoles only. */
const EVERYTHING = 'trivy:KSV-0044'
const ALL_VERBS = 'trivy:KSV-0045'
const ALL_RESOURCES = 'trivy:KSV-0046'

/** Whole groups of Kubernetes' own API in which every resource or verb together amount to control of the cluster. */
const POWERFUL_GROUPS: ReadonlySet<string> = new Set([
  '',
  '*',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'batch',
  'certificates.k8s.io',
  'extensions',
  'rbac.authorization.k8s.io',
])

export default roleRule<Message>({
  id: 'k8s-rbac-wildcards',
  title: 'Roles name the resources and the verbs that they allow',
  severity: 'high',
  severityReason:
    'A star takes in secrets, exec and whatever a later version or extension adds, so who holds the role can usually make ' +
    'themselves administrator. Critical where everything in the cluster is allowed, low in groups of an application.',
  controls: ['AC-3', 'AC-6'],
  sameAs: [CHECKOV, EVERYTHING, ALL_VERBS, ALL_RESOURCES],
  messages: {
    everything: '{role} allows every verb on every resource of {groups}.',
    allResources: '{role} allows {verbs} on every resource of {groups}.',
    allVerbs: '{role} allows every verb on {resources}.',
    allGroups: '{role} allows {verbs} on {resources} of every API group.',
    allUrls: '{role} allows {verbs} on every URL that is no resource.',
  },
  remediation:
    'List the resources and verbs that the program uses; the audit log of a test cluster shows them. Rights to a few known ' +
    'objects can be narrowed by `resourceNames`.',
  *checkRole(rules, role) {
    for (const [index, rule] of rules.entries()) {
      const lists = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'].map((key) => rule.get(key))
      const problem = wildcardIn(rule, role)
      if (problem !== undefined) {
        yield { ...problem, key: keyOf(problem, index), sameAs: sameAs(problem.message, role.resource.type) }
      } else {
        for (const list of lists) {
          const unknown = list.mayHaveMore() ? list : list.items().find((item) => item.string().kind === 'unknown')
          if (unknown !== undefined) yield undecided(unknown)
        }
      }
    }
  },
})

function wildcardIn(rule: Place, role: Place): Problem<Message> | undefined {
  const [groups, resources, verbs, urls] = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'].map((key) =>
    read(rule.get(key)),
  )
  if (groups === undefined || resources === undefined || verbs === undefined || urls === undefined) return undefined
  const data = {
    role: role.resource.name,
    groups: groups.star ? 'every API group' : groups.texts.map((group) => group || 'the core group').join(', '),
    resources: resources.texts.join(', '),
    verbs: verbs.star ? 'every verb' : verbs.texts.join(', '),
  }
  // Rights over an object's name limit a rule to what exists under that name: nothing can be created or listed.
  const names = rule.get('resourceNames').items().length > 0
  const strong = !names && groups.texts.some((group) => POWERFUL_GROUPS.has(group))
  const inCluster = role.resource.type === 'ClusterRole'
  const rate = (cluster: Severity, namespace: Severity): Severity => (!strong ? 'low' : inCluster ? cluster : namespace)
  if (resources.star && verbs.star) {
    const all = groups.star || groups.texts.includes('')
    return {
      at: resources.star,
      message: 'everything',
      data,
      severity: rate(all ? 'critical' : 'high', all ? 'high' : 'medium'),
    }
  }
  if (resources.star && verbs.texts.length > 0) {
    return { at: resources.star, message: 'allResources', data, severity: rate('high', 'medium') }
  }
  if (verbs.star && resources.texts.length > 0) {
    return { at: verbs.star, message: 'allVerbs', data, severity: rate('medium', 'low') }
  }
  if (groups.star && resources.texts.length > 0) {
    return { at: groups.star, message: 'allGroups', data, severity: 'low' }
  }
  if (urls.star && verbs.texts.length > 0) return { at: urls.star, message: 'allUrls', data, severity: 'low' }
  return undefined
}

function sameAs(message: Message, kind: string): readonly string[] {
  const resources = kind === 'ClusterRole' ? [ALL_RESOURCES] : []
  if (message === 'everything') return [CHECKOV, EVERYTHING, ...resources]
  if (message === 'allResources') return [CHECKOV, ...resources]
  return message === 'allVerbs' ? [CHECKOV, ALL_VERBS] : [CHECKOV]
}

function read(list: Place): { texts: readonly string[]; star: Place | undefined } {
  const texts: string[] = []
  let star: Place | undefined
  for (const item of list.items()) {
    if (item.value?.kind !== 'string') continue
    texts.push(item.value.value)
    if (item.value.value === '*') star ??= item
  }
  return { texts, star }
}

function keyOf({ message, data }: Problem<Message>, index: number): string {
  return `${message}:${String(data?.['groups'] ?? index)}:${String(data?.['resources'] ?? '')}`
}
