/** The conventions: rules named `deny`, `violation` and `warn`, with or without a suffix, and `exception`. */
import type { Module } from '../../rego/index.ts'
import { refText } from '../../rego/compiler/tree.ts'

export interface CheckedRule {
  readonly name: string
  readonly kind: 'failure' | 'warning'
  /** How many rules of that name there are: each is a test. */
  readonly count: number
  /** `data.main.deny_root`. */
  readonly query: string
  /** `data.main.exception[_][_] == "root"`; undefined if the package has no exceptions. */
  readonly exceptionQuery: string | undefined
}

const FAILURE = /^(?:deny|violation)(?:_[a-zA-Z0-9]+)*$/
const WARNING = /^warn(?:_[a-zA-Z0-9]+)*$/

/** Packages by name, without `data.`, in the order of their files. */
export function namespacesOf(modules: readonly Module[]): ReadonlyMap<string, readonly Module[]> {
  const namespaces = new Map<string, Module[]>()
  for (const module of modules) {
    const name = refText(module.package).replace(/^data\.?/, '')
    const known = namespaces.get(name)
    if (known === undefined) namespaces.set(name, [module])
    else known.push(module)
  }
  return namespaces
}

/** Names with `*`, `?` and `[...]` stand for all packages that they match. */
export function selectNamespaces(available: readonly string[], wanted: readonly string[]): readonly string[] {
  if (!wanted.some((pattern) => /[*?[]/.test(pattern))) return [...new Set(wanted)]
  const patterns = wanted.map(globPattern)
  return available.filter((name) => patterns.some((pattern) => pattern.test(name)))
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[\^?[^\]]+\]|[*?]|[\\^$.|+(){}[\]]/g, (part) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    return part.length > 1 ? part.replaceAll('\\', '\\\\') : `\\${part}`
  })
  return new RegExp(`^${source}$`, 's')
}

export function checkedRules(modules: readonly Module[]): readonly CheckedRule[] {
  const counts = new Map<string, number>()
  let exceptions = false
  for (const { rules } of modules) {
    for (const { head } of rules) {
      const [first] = head.ref
      if (first?.kind !== 'var') continue
      if (first.name === 'exception') exceptions = true
      if (FAILURE.test(first.name) || WARNING.test(first.name)) {
        counts.set(first.name, (counts.get(first.name) ?? 0) + 1)
      }
    }
  }
  const path = modules[0]?.package ?? []
  return [...counts].map(([name, count]) => {
    const subject = name.replace(/^(?:deny|violation|warn)_?/, '')
    return {
      name,
      count,
      kind: WARNING.test(name) ? 'warning' : 'failure',
      query: refText([...path, name]),
      exceptionQuery: exceptions ? `${refText([...path, 'exception'])}[_][_] == ${JSON.stringify(subject)}` : undefined,
    }
  })
}
