/**
 * How much autonomy a fix may have: E automatic; D automatic with something to read; C a supervisor approves; B a person
 * approves (replacement, downtime, lock-out, rotation, data loss); S a person decides, or no fix is known.
 */
export type Rank = 'E' | 'D' | 'C' | 'B' | 'S'

export const RANKS: readonly Rank[] = ['E', 'D', 'C', 'B', 'S']

export type FixClass = 'automatic' | 'notice' | 'approval' | 'advice'

const CLASS_OF: Readonly<Record<Rank, FixClass>> = {
  E: 'automatic',
  D: 'notice',
  C: 'approval',
  B: 'approval',
  S: 'advice',
}

export function classOfRank(rank: Rank): FixClass {
  return CLASS_OF[rank]
}
