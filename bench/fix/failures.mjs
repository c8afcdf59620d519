// What a peer reports as failing, by id and by a name for the resource that outlives edits above it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Blocks, plainAddress } from '../accuracy/places.mjs'

/**
 * @typedef {{ id: string, key: string, name: string, file: string }} Failure
 * @typedef {{ failing: Map<string, Failure>, exists: (key: string) => boolean }} Failures
 */

/** @param {'checkov' | 'trivy'} peer @param {any} report @param {string} folder @returns {Failures} */
export function failuresOf(peer, report, folder) {
  const documents = new DocumentNumbers(folder)
  const blocks = new Blocks(folder)
  /** @type {Map<string, Failure>} */
  const failing = new Map()
  const add = (id, kind, file, line, resource) => {
    const name = kind === 'kubernetes' ? resource : plainAddress(resource)
    const key = kind === 'kubernetes' ? documents.key(file, line) : `${name}@${file}`
    failing.set(`${id} ${key}`, { id, key, name, file })
  }
  if (peer === 'checkov') {
    for (const part of Array.isArray(report) ? report : [report]) {
      for (const check of part.results?.failed_checks ?? []) {
        const file = check.file_path.replace(/^\//, '')
        add(check.check_id, part.check_type, file, check.file_line_range[0], check.resource)
      }
    }
  } else {
    for (const result of report.Results ?? []) {
      for (const found of result.Misconfigurations ?? []) {
        if (found.Status !== 'FAIL' || (result.Type !== 'kubernetes' && result.Type !== 'terraform')) continue
        const line = found.CauseMetadata?.StartLine ?? 1
        const resource = blocks.at(result.Target, line) ?? found.CauseMetadata?.Resource ?? ''
        const id = found.ID.startsWith('AVD-') ? found.ID : `AVD-${found.ID}`
        add(id, result.Type, result.Target, line, resource)
      }
    }
  }
  const exists = (key) =>
    key.includes('@') ? blocks.has(plainAddress(key.split('@')[0]), key.split('@')[1]) : documents.has(key)
  return { failing, exists }
}

/**
 * @param {Failures} before @param {Failures} after @param {ReadonlySet<string>} ids
 * @returns {{ gone: Failure[], left: Failure[], fresh: Failure[], created: Failure[] }}
 */
export function changesOf(before, after, ids) {
  const old = [...before.failing].filter(([, { id }]) => ids.has(id))
  const now = [...after.failing].filter(([, { id }]) => ids.has(id))
  const added = now.filter(([key]) => !before.failing.has(key)).map(([, failure]) => failure)
  return {
    gone: old.filter(([key]) => !after.failing.has(key)).map(([, failure]) => failure),
    left: old.filter(([key]) => after.failing.has(key)).map(([, failure]) => failure),
    fresh: added.filter(({ key }) => before.exists(key)),
    created: added.filter(({ key }) => !before.exists(key)),
  }
}

/** YAML documents by their number in the file: lines move when a fix adds some. */
class DocumentNumbers {
  /** @type {Map<string, number[]>} */
  #starts = new Map()

  /** @param {string} folder */
  constructor(folder) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(?:ya?ml|json)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      const starts = [1]
      for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
        if (/^---(\s|$)/.test(text)) starts.push(index + 1)
      }
      this.#starts.set(relative(folder, path), starts)
    }
  }

  /** @param {string} file @param {number} line counted from 1 */
  key(file, line) {
    const starts = this.#starts.get(file) ?? [1]
    return `${file}#${starts.filter((start) => start <= line).length}`
  }

  /** @param {string} key */
  has(key) {
    const [file = '', number = '0'] = key.split('#')
    return Number(number) <= (this.#starts.get(file)?.length ?? 0)
  }
}
