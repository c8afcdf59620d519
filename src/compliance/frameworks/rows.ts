import type { ControlEdge, QualifiedId, Requirement, RuleEdge } from '../framework.ts'

/** Short forms for the rows of a framework's table. */

type Row<Kind extends 'A' | 'P' | 'M'> = Requirement & { readonly kind: Kind }
type AttestedRow<Kind extends 'P' | 'M'> = Row<Kind> & { readonly note: string; readonly evidenceWanted: string }

interface More {
  readonly rules?: readonly RuleEdge[]
  readonly controls?: readonly ControlEdge[]
  readonly predecessors?: readonly QualifiedId[]
  readonly superseded?: NonNullable<Requirement['superseded']>
}

/** Configuration alone can show it. */
export function shown(id: string, subject: string, more: More): Row<'A'> {
  return { id, subject, kind: 'A', ...more, rules: more.rules ?? [] }
}

/** Configuration can show a part of it. */
export function partly(
  id: string,
  subject: string,
  note: string,
  evidenceWanted: string,
  more: More,
): AttestedRow<'P'> {
  return { id, subject, kind: 'P', note, evidenceWanted, ...more, rules: more.rules ?? [] }
}

/** A person has to state it; rules, if there are any, only support the statement. */
export function byHand(
  id: string,
  subject: string,
  evidenceWanted: string,
  more: More & { readonly note?: string } = {},
): AttestedRow<'M'> {
  const { note = 'Configuration says nothing about it.', ...rest } = more
  return { id, subject, kind: 'M', note, evidenceWanted, ...rest, rules: rest.rules ?? [] }
}
