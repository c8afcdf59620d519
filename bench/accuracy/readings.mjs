// The verdicts of a person who read the disagreements, and the score they give.
import { readFileSync } from 'node:fs'

/**
 * @typedef {{ estates: string[], peer: string, ids: string[], resources: string, class: 'ours' | 'theirs' | 'taste', why: string }} Reading
 *   `estates` are those that were read: a fresh one starts unread. `resources` is a pattern for the keys it speaks of; `class` says who is right.
 */

/** @returns {Reading[]} */
export function loadReadings() {
  return JSON.parse(readFileSync(new URL('readings.json', import.meta.url), 'utf8'))
}

/**
 * @param {readonly Reading[]} readings @param {string} estate @param {import('./matrix.mjs').Cell} cell
 * @returns {Reading | undefined}
 */
export function readingOf(readings, estate, cell) {
  return readings.find(
    (reading) =>
      reading.estates.includes(estate) &&
      (reading.peer === cell.peer || reading.peer === '*') &&
      (reading.ids.includes(cell.id) || reading.ids.includes('*')) &&
      new RegExp(reading.resources).test(cell.key),
  )
}

/**
 * Agreement counts as right. A disagreement counts as it was read; one that is a matter of taste, or not read, is left out.
 * @param {readonly { cell: import('./matrix.mjs').Cell, reading: Reading | undefined }[]} judged
 */
export function scoreOf(judged) {
  let truePositives = 0
  let falsePositives = 0
  let falseNegatives = 0
  for (const { cell, reading } of judged) {
    const fails = cell.ours === 'fail'
    if (fails && cell.theirs === 'fail') truePositives += 1
    else if (reading?.class === 'ours' && fails) truePositives += 1
    else if (reading?.class === 'theirs' && fails) falsePositives += 1
    else if (reading?.class === 'theirs') falseNegatives += 1
  }
  const ratio = (part, whole) => (whole === 0 ? 1 : part / whole)
  const precision = ratio(truePositives, truePositives + falsePositives)
  const recall = ratio(truePositives, truePositives + falseNegatives)
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision,
    recall,
    f1: ratio(2 * precision * recall, precision + recall),
  }
}
