// One spelling for a resource, whoever names it.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** @param {string} address @returns {string} a Terraform address without instance keys and without the prefix `data.` or `provider.` */
export function plainAddress(address) {
  let plain = ''
  let depth = 0
  let quoted = false
  for (const character of address) {
    if (character === '"') quoted = !quoted
    if (character === '[' && !quoted) depth += 1
    if (depth === 0) plain += character
    if (character === ']' && !quoted) depth -= 1
  }
  return plain.replace(/(^|\.)(?:data|provider)\./, '$1')
}

/** @param {string} address @param {string} file the file of the resource's own block */
export function terraformKey(address, file) {
  return `${plainAddress(address)}@${dirname(file)}`
}

/**
 * Trivy names the outermost module only.
 * @param {string} key of {@link terraformKey}, or a Kubernetes one, which stays as it is
 */
export function outerKey(key) {
  const [address = '', folder] = key.split('@')
  if (folder === undefined) return key
  const parts = address.split('.')
  const outer = parts[0] === 'module' ? parts.slice(0, 2) : []
  return `${[...outer, ...parts.slice(-2)].join('.')}@${folder}`
}

/** Kubernetes resources are told apart by the YAML document that a line lies in: no two tools name them alike. */
export class Documents {
  #estate
  /** @type {Map<string, number[]>} */
  #starts = new Map()

  /** @param {string} estate */
  constructor(estate) {
    this.#estate = estate
  }

  /** @param {string} file @param {number} line counted from 1 */
  key(file, line) {
    const starts = this.#startsOf(file)
    let start = 1
    for (const candidate of starts) if (candidate <= line) start = candidate
    return `${file}:${start}`
  }

  /** @param {string} file */
  #startsOf(file) {
    const known = this.#starts.get(file)
    if (known !== undefined) return known
    const starts = [1]
    const lines = readFileSync(join(this.#estate, file), 'utf8').split('\n')
    for (const [index, text] of lines.entries()) if (/^---(\s|$)/.test(text)) starts.push(index + 1)
    this.#starts.set(file, starts)
    return starts
  }
}

/** Which files of an estate have a block of a given type and name. */
export class Blocks {
  /** @type {Map<string, Set<string>>} `aws_s3_bucket.logs` -> files */
  #files = new Map()
  /** @type {Map<string, { line: number, address: string }[]>} file -> its blocks in order */
  #blocks = new Map()

  /** @param {string} estate */
  constructor(estate) {
    for (const entry of readdirSync(estate, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.tf')) continue
      const path = join(entry.parentPath, entry.name)
      const file = relative(estate, path)
      /** @type {{ line: number, address: string }[]} */
      const blocks = []
      for (const [index, text] of readFileSync(path, 'utf8').split('\n').entries()) {
        const [, type, name] = /^(?:resource|data)\s+"([^"]+)"\s+"([^"]+)"/.exec(text) ?? []
        if (type === undefined) continue
        const address = `${type}.${name}`
        blocks.push({ line: index + 1, address })
        this.#files.set(address, (this.#files.get(address) ?? new Set()).add(file))
      }
      this.#blocks.set(file, blocks)
    }
  }

  /** @param {string} file @param {number} line @returns {string | undefined} `type.name` of the block that the line lies in */
  at(file, line) {
    return this.#blocks.get(file)?.findLast((block) => block.line <= line)?.address
  }

  /** @param {string} address plain, with or without modules @param {string} file */
  has(address, file) {
    return this.#of(address)?.has(file) ?? false
  }

  /** @param {string} address @returns {string | undefined} the file, if it is the only one in the estate with such a block */
  onlyFile(address) {
    const files = this.#of(address)
    return files?.size === 1 ? [...files][0] : undefined
  }

  /** @param {string} address */
  #of(address) {
    return this.#files.get(address.split('.').slice(-2).join('.'))
  }
}
