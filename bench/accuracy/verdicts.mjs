// Reads each program's report into verdicts: alias -> resource key -> verdict.
import { outerKey, plainAddress, terraformKey } from './places.mjs'

/**
 * @typedef {'fail' | 'pass' | 'undecided' | 'dormant' | 'suppressed'} Outcome
 * @typedef {{ outcome: Outcome, address: string, file: string, line: number, rule: string, note: string }} Verdict
 */

/** The outcome that stands for a resource when several are said of it, strongest first. */
const STRENGTH = ['fail', 'suppressed', 'dormant', 'undecided', 'pass']

export class Verdicts {
  /** @type {Map<string, Map<string, Verdict>>} */
  #byId = new Map()

  /** @param {string} id @param {string} key @param {Verdict} verdict */
  add(id, key, verdict) {
    const byKey = this.#byId.get(id) ?? new Map()
    this.#byId.set(id, byKey)
    const known = byKey.get(key)
    if (known === undefined || STRENGTH.indexOf(verdict.outcome) < STRENGTH.indexOf(known.outcome)) {
      byKey.set(key, verdict)
    }
  }

  /** @param {string} id */
  of(id) {
    return this.#byId.get(id) ?? new Map()
  }

  /** The same verdicts under keys that name the outermost module only. */
  outer() {
    const brief = new Verdicts()
    for (const [id, byKey] of this.#byId) for (const [key, verdict] of byKey) brief.add(id, outerKey(key), verdict)
    return brief
  }
}

/**
 * @param {any} report
 * @param {import('./places.mjs').Documents} documents
 * @param {import('./places.mjs').Blocks} blocks
 */
export function readOurs(report, documents, blocks) {
  const verdicts = new Verdicts()
  /** @type {Map<string, string[]>} rule -> aliases */
  const aliases = new Map()
  const entries = [
    ...report.passed.map((entry) => ({ ...entry, outcome: 'pass', note: '' })),
    ...report.undecided.map((entry) => ({ ...entry, outcome: 'undecided', note: entry.reason })),
    ...report.findings.map((entry) => ({
      ...entry,
      outcome: entry.status === 'open' ? 'fail' : entry.status,
      note: entry.message,
    })),
  ]
  // A finding may lie elsewhere than its resource (a variable's default, a module call); a pass lies on the resource's own
  // block, and so does any entry whose file has that block.
  const home = new Map()
  for (const { outcome, location, resource } of entries) {
    const id = `${resource.root} ${resource.address}`
    if (outcome === 'pass' || blocks.has(plainAddress(resource.address), location.file)) home.set(id, location.file)
  }
  for (const entry of entries) {
    const { file, range } = entry.location
    const { address, kind, root } = entry.resource
    aliases.set(entry.ruleId, entry.aliases)
    const key =
      kind === 'kubernetes'
        ? documents.key(file, range.start.line)
        : terraformKey(address, home.get(`${root} ${address}`) ?? blocks.onlyFile(plainAddress(address)) ?? file)
    for (const alias of entry.aliases) {
      const verdict = {
        outcome: entry.outcome,
        address,
        file,
        line: range.start.line,
        rule: entry.ruleId,
        note: entry.note,
      }
      verdicts.add(alias, key, verdict)
    }
  }
  return { verdicts, aliases }
}

/**
 * @param {any} report
 * @param {import('./places.mjs').Documents} documents
 */
export function readCheckov(report, documents) {
  const verdicts = new Verdicts()
  for (const part of Array.isArray(report) ? report : [report]) {
    // A project without resources gives a summary only.
    const results = part.results ?? {}
    const lists = [
      ['pass', results.passed_checks ?? []],
      ['fail', results.failed_checks ?? []],
      ['suppressed', results.skipped_checks ?? []],
    ]
    for (const [outcome, list] of lists) {
      for (const check of list) {
        const file = check.file_path.replace(/^\//, '')
        const line = check.file_line_range[0]
        // A module call is named without `module.` before its own name.
        const address = check.check_id.startsWith('CKV_TF_')
          ? check.resource.replace(/[^.]+$/, 'module.$&')
          : check.resource
        const key = part.check_type === 'kubernetes' ? documents.key(file, line) : terraformKey(address, file)
        const verdict = { outcome, address, file, line, rule: check.check_id, note: check.check_name }
        verdicts.add(check.check_id, key, verdict)
      }
    }
  }
  return verdicts
}

/**
 * Trivy names only what fails.
 * @param {any} report
 * @param {import('./places.mjs').Documents} documents
 * @param {import('./places.mjs').Blocks} blocks
 */
export function readTrivy(report, documents, blocks) {
  const verdicts = new Verdicts()
  for (const result of report.Results ?? []) {
    for (const found of result.Misconfigurations ?? []) {
      if (found.Status !== 'FAIL' || (result.Type !== 'kubernetes' && result.Type !== 'terraform')) continue
      const file = result.Target
      const line = found.CauseMetadata?.StartLine ?? 1
      const address = found.CauseMetadata?.Resource ?? ''
      const module = /^module\.[^.]+/.exec(plainAddress(address))?.[0]
      const block = blocks.at(file, line) ?? plainAddress(address)
      const key =
        result.Type === 'kubernetes'
          ? documents.key(file, line)
          : terraformKey(module === undefined ? block : `${module}.${block}`, file)
      const id = found.ID.startsWith('AVD-') ? found.ID : `AVD-${found.ID}`
      verdicts.add(id, key, {
        outcome: 'fail',
        address,
        file,
        line,
        rule: found.ID,
        note: found.Message ?? found.Title,
      })
    }
  }
  return verdicts
}
