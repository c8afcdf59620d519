/** Which reviews a constraint is for: `spec.match`, as Gatekeeper reads it. */
import { listAt, member, memberAt, textAt, textsAt } from './json.ts'
import type { KubernetesObject } from './objects.ts'
import { labelSelector } from './selector.ts'
import { isWildcard, wildcard, wildcardOfPrefix } from './wildcard.ts'

export type Source = 'Original' | 'Generated'

/** One object, old or new, with its namespace. */
export interface Matchable {
  readonly object: KubernetesObject
  readonly namespace: KubernetesObject | undefined
  readonly source: Source
}

/** Throws an `Error` where Gatekeeper reports one instead of a verdict. */
type Test = (target: Matchable) => boolean

export class Matcher {
  readonly #tests: readonly Test[]
  /** `group/kind` and `group/*` and so on, if only these can match. */
  readonly kinds: readonly string[] | undefined
  /** If only objects in these namespaces, these Namespaces, and cluster-scoped objects can match. */
  readonly namespaces: readonly string[] | undefined

  constructor(match: unknown) {
    const kinds = kindPairs(match)
    this.kinds = kinds
    const namespaces = textsAt(match, 'namespaces')
    this.namespaces = namespaces.length > 0 && !namespaces.some(isWildcard) ? namespaces : undefined
    this.#tests = [
      ...(kinds === undefined ? [] : [kindTest(kinds)]),
      ...(member(match, 'source') === undefined ? [] : [sourceTest(textAt(match, 'source'))]),
      ...scopeTest(textAt(match, 'scope')),
      ...namespaceTests(match),
      ...labelTests(match),
      ...nameTest(textAt(match, 'name')),
    ]
  }

  /** Throws an `Error` where it cannot be told. */
  matches(target: Matchable): boolean {
    return this.#tests.every((test) => test(target))
  }
}

function kindPairs(match: unknown): readonly string[] | undefined {
  const entries = listAt(match, 'kinds')
  if (entries.length === 0) return undefined
  const pairs = new Set<string>()
  for (const entry of entries) {
    const groups = textsAt(entry, 'apiGroups')
    const kinds = textsAt(entry, 'kinds')
    for (const group of groups.length === 0 ? ['*'] : groups) {
      for (const kind of kinds.length === 0 ? ['*'] : kinds) pairs.add(`${group}/${kind}`)
    }
  }
  return pairs.has('*/*') ? undefined : [...pairs]
}

/** The entries of an index of kinds under which an object may be found. */
export function kindKeys({ group, kind }: { readonly group: string; readonly kind: string }): readonly string[] {
  return [`${group}/${kind}`, `${group}/*`, `*/${kind}`]
}

function kindTest(pairs: readonly string[]): Test {
  const wanted = new Set(pairs)
  return ({ object }) => kindKeys(object).some((key) => wanted.has(key))
}

function sourceTest(wanted: string): Test {
  if (wanted !== 'All' && wanted !== 'Original' && wanted !== 'Generated') {
    throw new Error(`invalid source field "${wanted}": must be one of All, Original, Generated`)
  }
  return ({ source }) => wanted === 'All' || source === wanted
}

function scopeTest(scope: string): Test[] {
  const hasNamespace: Test = ({ object, namespace }) => object.namespace !== '' || namespace !== undefined
  if (scope === 'Cluster') return [(target) => target.object.isNamespace || !hasNamespace(target)]
  // Anything else, a misspelt scope too, means all of them.
  if (scope === 'Namespaced') return [(target) => !target.object.isNamespace && hasNamespace(target)]
  return []
}

/** A Namespace goes by its own name; undefined for everything else that is in no namespace. */
function namespaceName({ object, namespace }: Matchable): string | undefined {
  if (object.isNamespace) return object.name
  const name = namespace?.name ?? object.namespace
  return name === '' ? undefined : name
}

function namespaceTests(match: unknown): Test[] {
  const wanted = textsAt(match, 'namespaces').map(wildcard)
  const excluded = textsAt(match, 'excludedNamespaces').map(wildcard)
  const tests: Test[] = []
  if (excluded.length > 0) {
    tests.push((target) => {
      const name = namespaceName(target)
      return name === undefined || !excluded.some((matches) => matches(name))
    })
  }
  if (wanted.length > 0) {
    tests.push((target) => {
      const name = namespaceName(target)
      return name === undefined || wanted.some((matches) => matches(name))
    })
  }
  return tests
}

function labelTests(match: unknown): Test[] {
  const tests: Test[] = []
  if (memberAt(match, 'labelSelector') !== undefined) {
    const selects = labelSelector(member(match, 'labelSelector'))
    tests.push(({ object }) => selects(object.labels))
  }
  if (memberAt(match, 'namespaceSelector') !== undefined) {
    const selects = labelSelector(member(match, 'namespaceSelector'))
    tests.push(({ object, namespace }) => {
      if (object.isNamespace) return selects(object.labels)
      if (namespace !== undefined) return selects(namespace.labels)
      if (object.namespace === '') return true
      throw new Error(
        `namespace selector for namespace-scoped object but missing Namespace: ${object.namespace} is not among the objects`,
      )
    })
  }
  return tests
}

function nameTest(pattern: string): Test[] {
  if (pattern === '') return []
  const matches = wildcard(pattern)
  const matchesPrefix = wildcardOfPrefix(pattern)
  return [({ object }) => matches(object.name) || matchesPrefix(object.generateName)]
}
