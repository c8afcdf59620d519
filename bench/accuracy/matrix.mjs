// Lays two programs' verdicts beside each other, id by id.

/**
 * @typedef {import('./verdicts.mjs').Verdict} Verdict
 * @typedef {{ id: string, peer: string, key: string, ours: string, theirs: string, our?: Verdict, their?: Verdict }} Cell
 */

/** @param {Cell} cell */
export function isDisagreement({ ours, theirs }) {
  if (ours === 'fail') return theirs !== 'fail'
  return theirs === 'fail' && ours !== 'suppressed'
}

/**
 * @param {string} id an alias in the spelling that findings carry
 * @param {{ verdicts: import('./verdicts.mjs').Verdicts, aliases: Map<string, readonly string[]> }} ours
 * @param {import('./verdicts.mjs').Verdicts} theirs
 * @param {string} peer
 * @returns {Cell[]} one for each resource that either judged; what only we pass is no evidence and left out
 */
export function cellsOf(id, ours, theirs, peer) {
  const mine = ours.verdicts.of(id)
  const other = theirs.of(id)
  /** @type {Cell[]} */
  const cells = []
  for (const key of [...new Set([...mine.keys(), ...other.keys()])].toSorted()) {
    const our = mine.get(key)
    const their = other.get(key)
    if (their === undefined && our?.outcome !== 'fail') continue
    // A rule of ours that stands for several ids (of resource types, or of ports): told under the id that the peer gave.
    const siblings = (our === undefined ? [] : (ours.aliases.get(our.rule) ?? [])).filter((alias) => alias !== id)
    const outcomes = siblings.map((alias) => theirs.of(alias).get(key)?.outcome)
    if (our?.outcome === 'fail' && their?.outcome !== 'fail' && outcomes.includes('fail')) continue
    if (their === undefined && outcomes.some((outcome) => outcome !== undefined)) continue
    const cell = { id, peer, key, ours: our?.outcome ?? 'silent', theirs: their?.outcome ?? 'silent' }
    cells.push({ ...cell, ...(our && { our }), ...(their && { their }) })
  }
  return cells
}

const COLUMNS = [
  ['both fail', (cell) => cell.ours === 'fail' && cell.theirs === 'fail'],
  ['both pass', (cell) => cell.ours === 'pass' && cell.theirs === 'pass'],
  ['only we (they pass)', (cell) => cell.ours === 'fail' && cell.theirs === 'pass'],
  ['only we (they silent)', (cell) => cell.ours === 'fail' && ['silent', 'suppressed'].includes(cell.theirs)],
  ['only they (we pass)', (cell) => cell.ours === 'pass' && cell.theirs === 'fail'],
  ['only they (we silent)', (cell) => cell.ours === 'silent' && cell.theirs === 'fail'],
  ['we undecided (they fail)', (cell) => cell.ours === 'undecided' && cell.theirs === 'fail'],
  ['we undecided (they pass)', (cell) => cell.ours === 'undecided' && cell.theirs === 'pass'],
  ['dormant or suppressed', (cell) => ['dormant', 'suppressed'].includes(cell.ours)],
]

export const HEADINGS = COLUMNS.map(([heading]) => heading)

/** @param {readonly Cell[]} cells @returns {number[]} a count for each heading */
export function countsOf(cells) {
  return COLUMNS.map(([, holds]) => cells.filter(holds).length)
}

/** @param {readonly string[]} head @param {readonly (readonly (string | number)[])[]} rows */
export function markdownTable(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}
