import type { Estate, Observed } from '../resources/estate.ts'
import type { Resource } from '../resources/resource.ts'
import type { Rule } from '../rules/rule.ts'
import type { Judgement } from './check.ts'

/** What a rule said of a resource, and what can be done about each of its problems; undefined if not known any more. */
interface KnownJudgement<Remedy> {
  readonly judgement: Observed<Judgement>
  readonly remedies: readonly (Observed<Remedy> | undefined)[]
}

/** Something that holds while these root modules are what they were. */
interface Kept<T> {
  readonly what: T
  readonly basis: ReadonlyMap<string, unknown>
}

/**
 * Judgements of the last audit of a project. One holds for as long as the resource is the very same object, which it
 * is only while nothing of its root module changes, and the same is true of all else that was looked at.
 */
export class AuditMemory<Remedy> {
  #settings = ''
  #known = new WeakMap<
    Resource,
    Map<Rule, { judgement: Kept<Observed<Judgement>>; remedies: readonly (Kept<Observed<Remedy>> | undefined)[] }>
  >()

  /** @param settings all that judgements depend on besides the estate; what was made with others is forgotten */
  begin(settings: string): void {
    if (settings !== this.#settings) this.#known = new WeakMap()
    this.#settings = settings
  }

  recall(estate: Estate, rule: Rule, resource: Resource): KnownJudgement<Remedy> | undefined {
    const known = this.#known.get(resource)?.get(rule)
    const judgement = stillHolding(estate, known?.judgement)
    if (known === undefined || judgement === undefined) return undefined
    return { judgement, remedies: known.remedies.map((remedy) => stillHolding(estate, remedy)) }
  }

  /** Keeps of a judgement what can be told to hold later. */
  keep(
    estate: Estate,
    rule: Rule,
    resource: Resource,
    { judgement, remedies }: { judgement: Observed<Judgement>; remedies: readonly Observed<Remedy>[] },
  ): void {
    const kept = resource.kind === 'terraform' ? keepable(estate, resource, judgement) : undefined
    if (kept === undefined) return
    const known = { judgement: kept, remedies: remedies.map((remedy) => keepable(estate, resource, remedy)) }
    const byRule = this.#known.get(resource)
    if (byRule === undefined) this.#known.set(resource, new Map([[rule, known]]))
    else byRule.set(rule, known)
  }
}

function keepable<T>(estate: Estate, resource: Resource, observed: Observed<T>): Kept<Observed<T>> | undefined {
  const basis = estate.basisOf(observed.seen, resource.root)
  return basis === undefined ? undefined : { what: observed, basis }
}

function stillHolding<T>(estate: Estate, kept: Kept<T> | undefined): T | undefined {
  if (kept === undefined) return undefined
  for (const [root, identity] of kept.basis) if (estate.identityOf(root) !== identity) return undefined
  return kept.what
}
