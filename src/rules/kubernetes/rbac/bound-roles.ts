import { type Estate, oncePerEstate } from '../../../resources/estate.ts'
import { Place, type Tri } from '../../../resources/place.ts'
import type { KubernetesResource } from '../../../resources/resource.ts'
import { notApplicable, type Problem, type RuleDefinition, undecided } from '../../rule.ts'
import { namespaceOf, sameNamespace } from '../../../resources/kubernetes/namespaces.ts'
import { type Grant, RBAC_GROUP, type RoleRule, roleRule } from './policy-rules.ts'

/** A binding that gives a role to a program: a ServiceAccount, a node, or a group that such are in. */
interface ProgramBinding {
  /** `ServiceAccount bank/api` */
  readonly subject: string
  /** The address of the binding. */
  readonly binding: string
  /** True for a ClusterRoleBinding: the right holds in every namespace, and for what is in none. */
  readonly clusterWide: boolean
}

export type BoundRoleRule<M extends string> = Omit<RoleRule<M>, 'checkRole'> & {
  /** The grants that matter, of all rules of the role together. */
  grants(rules: readonly Place[]): readonly (Grant | undefined)[]
  /** The problem that a grant is once bound; undefined if it is none in that reach. */
  report(grant: Grant, bound: ProgramBinding, role: Place): Problem<M> | undefined
}

/** A rule about a right that no program should hold: it looks at the role together with whom the project binds it to. */
export function boundRoleRule<M extends string>(rule: BoundRoleRule<M>): RuleDefinition<M> {
  const { grants, report, ...definition } = rule
  return roleRule<M>({
    ...definition,
    *checkRole(rules, role, { estate }) {
      const given = grants(rules).filter((grant) => grant !== undefined)
      if (given.length === 0) return
      const { certain, possible } = programBindings(role, estate)
      const bound = certain.find(({ clusterWide }) => clusterWide) ?? certain[0]
      if (bound === undefined) {
        const labels = role.get('metadata', 'labels')
        const joins = labels.keys().find((key) => key.startsWith(`${RBAC_GROUP}/aggregate-to-`))
        if (possible !== undefined) yield undecided(role.get('rules'), `${possible.resource.address} may bind it`)
        else if (joins !== undefined) yield undecided(labels.get(joins), 'it becomes part of an aggregated ClusterRole')
        else yield notApplicable('the project binds it to no ServiceAccount and no node')
        return
      }
      for (const grant of given) {
        if (grant.unknown !== undefined) yield undecided(grant.unknown)
        else {
          const problem = report(grant, bound, role)
          if (problem !== undefined) yield problem
        }
      }
    },
  })
}

function programBindings(role: Place, estate: Estate): { certain: ProgramBinding[]; possible: Place | undefined } {
  const certain: ProgramBinding[] = []
  let possible: Place | undefined
  for (const candidate of candidatesFor(role, estate)) {
    if (candidate.type === 'ClusterRoleBinding' && role.resource.type === 'Role') continue
    const binding = Place.of(candidate)
    const verdict = namesRole(binding, role, estate)
    if (verdict === 'no') continue
    const subjects = binding.get('subjects')
    const program = subjects.items().find((subject) => isProgram(subject) === 'yes')
    if (program !== undefined && verdict === 'yes') {
      certain.push({
        subject: describe(program, candidate.namespace),
        binding: candidate.address,
        clusterWide: candidate.type === 'ClusterRoleBinding',
      })
    } else if (subjects.mayHaveMore() || subjects.items().some((subject) => isProgram(subject) !== 'no')) {
      possible ??= binding
    }
  }
  return { certain, possible }
}

/** By the name of the role; under no name those whose role is not known. */
const bindingsByRole = oncePerEstate((estate): ReadonlyMap<string, readonly KubernetesResource[]> => {
  const grouped = new Map<string, KubernetesResource[]>()
  for (const binding of [...estate.kubernetes('ClusterRoleBinding'), ...estate.kubernetes('RoleBinding')]) {
    if (!binding.apiVersion.startsWith(`${RBAC_GROUP}/`)) continue
    const name = Place.of(binding).get('roleRef', 'name').string()
    const key = name.kind === 'known' ? name.value : ''
    const list = grouped.get(key)
    if (list) list.push(binding)
    else grouped.set(key, [binding])
  }
  return grouped
})

/** The bindings that name a role so, and those whose role is not known; all bindings if the role's own name is not. */
function candidatesFor(role: Place, estate: Estate): readonly KubernetesResource[] {
  const byName = bindingsByRole(estate)
  const own = role.get('metadata', 'name').string()
  if (own.kind !== 'known') return [...byName.values()].flat()
  return [...(byName.get(own.value) ?? []), ...(byName.get('') ?? [])]
}

function namesRole(binding: Place, role: Place, estate: Estate): Tri {
  const reference = binding.get('roleRef')
  const kind = reference.get('kind').string()
  const name = reference.get('name').string()
  const own = role.get('metadata', 'name').string()
  if (kind.kind === 'known' && kind.value !== role.resource.type) return 'no'
  if (name.kind === 'known' && own.kind === 'known' && name.value !== own.value) return 'no'
  const near =
    role.resource.type === 'Role' ? sameNamespace(namespaceOf(role, estate), namespaceOf(binding, estate)) : 'yes'
  if (near === 'no') return 'no'
  return kind.kind === 'known' && name.kind === 'known' && own.kind === 'known' ? near : 'unknown'
}

/** Groups that every ServiceAccount, every node, or simply everyone is in. */
const PROGRAM_GROUP = /^system:(?:serviceaccounts(?::.+)?|nodes|authenticated|unauthenticated)$/
const PROGRAM_USER = /^system:(?:node:|serviceaccount:|anonymous$)/

/** True of a subject that a program acts as, and not only people. */
export function isProgram(subject: Place): Tri {
  const kind = subject.get('kind').string()
  if (kind.kind === 'known' && kind.value === 'ServiceAccount') return 'yes'
  const name = subject.get('name').string()
  if (kind.kind !== 'known' || name.kind !== 'known') {
    return kind.kind === 'absent' || name.kind === 'absent' ? 'no' : 'unknown'
  }
  const isOne = kind.value === 'Group' ? PROGRAM_GROUP : PROGRAM_USER
  return isOne.test(name.value) ? 'yes' : 'no'
}

/** `ServiceAccount bank/api`, `Group system:nodes` */
export function describe(subject: Place, bindingNamespace: string): string {
  const text = (key: string): string => {
    const { value } = subject.get(key)
    return value?.kind === 'string' ? value.value : ''
  }
  const namespace = text('namespace') || bindingNamespace
  const prefix = text('kind') === 'ServiceAccount' && namespace !== '' ? `${namespace}/` : ''
  return `${text('kind')} ${prefix}${text('name') || '(name not known)'}`
}
