import { type Outcome, undecided } from '../rule.ts'
import type { IamAction } from '../../resources/aws/iam-actions.ts'
import { type Hit, hitName, hitsOf, listed, type Reach } from './terraform-iam-grants.ts'
import type { IamPolicy } from './terraform-iam-rules.ts'

export interface Search<M extends string> {
  readonly reach: Reach
  readonly wanted: (action: IamAction) => boolean
  /** Gets `{actions}`. */
  readonly message: M
}

/** A problem at every action text that lets something wanted through on every resource. */
export function* reportActions<M extends string>(
  { grants }: IamPolicy,
  { reach, wanted, message }: Search<M>,
): Iterable<Outcome<M>> {
  for (const grant of grants) {
    const { hits, open } = hitsOf(grant, reach, wanted)
    for (const hit of hits) yield { at: hit.at, message, data: { actions: hitName(hit) } }
    if (open !== undefined) yield undecided(open)
  }
}

/** One problem a statement, at its first such action text. */
export function* reportStatements<M extends string>(
  { grants }: IamPolicy,
  { reach, wanted, message }: Search<M>,
): Iterable<Outcome<M>> {
  for (const grant of grants) {
    const { hits, open } = hitsOf(grant, reach, wanted)
    const [first] = hits
    if (first !== undefined) yield { at: first.at, message, data: { actions: namesOf(hits) } }
    if (open !== undefined) yield undecided(open)
  }
}

export function namesOf(hits: readonly Hit[]): string {
  return listed(hits.map(hitName))
}

/** Wanted by name, in any case. */
export function oneOf(names: readonly string[]): (action: IamAction) => boolean {
  const wanted = new Set(names)
  return ({ name }) => wanted.has(name)
}
