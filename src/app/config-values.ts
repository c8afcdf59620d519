import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNode, parse } from 'yaml'
import { atomicWrite } from '../apply/atomic-write.ts'
import { loadConfig } from '../config/load.ts'
import { CONFIG_NAME } from '../config/name.ts'
import { type YamlChange, type YamlData, yamlEdit } from '../edit/yaml/index.ts'
import { parseYaml } from '../parse/yaml/parser.ts'
import { applyEdits } from '../text/edit.ts'
import { readInside } from './project/files.ts'
import { UsageError } from './project/root.ts'

/** A value that a person gave for a key such as `values.logBucket`. */
export interface GivenValue {
  readonly key: string
  readonly value: YamlData
}

/**
 * What an answer means for a key: the first of text, number and list that the configuration takes.
 * @returns the value, or why none fits
 */
export function readAnswer(root: string, key: string, answer: string): { value: YamlData } | { invalid: string } {
  const text = answer.trim()
  const list = text.split(/[\s,]+/).filter((part) => part !== '')
  const candidates: YamlData[] = [text, ...(/^\d+$/.test(text) ? [Number(text)] : []), list]
  let invalid = ''
  for (const value of candidates) {
    const changed = withValues('version: 1\n', [{ key, value }])
    const loaded = loadConfig(CONFIG_NAME, changed, (path) => readInside(root, path))
    if (loaded.ok) return { value }
    invalid ||= loaded.diagnostics[0]?.message ?? 'not valid'
  }
  return { invalid }
}

/**
 * Writes values into the project's `secops.yaml`, every other byte as it was, or makes that file.
 * @throws UsageError if the file cannot take them
 */
export async function writeValues(root: string, given: readonly GivenValue[]): Promise<void> {
  const path = join(root, CONFIG_NAME)
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined
  const after = withValues(before ?? 'version: 1\n', given)
  const loaded = loadConfig(CONFIG_NAME, after, (inside) => readInside(root, inside))
  if (!loaded.ok) throw new UsageError(`${CONFIG_NAME}: ${loaded.diagnostics[0]?.message ?? 'not valid'}`)
  await atomicWrite(path, after, { followLinks: true })
}

/** The values as one object, as `secops.yaml` would hold them. */
export function valuesOf(given: readonly GivenValue[]): Readonly<Record<string, unknown>> {
  const data: unknown = parse(withValues('version: 1\n', given))
  const values: unknown = typeof data === 'object' && data !== null && 'values' in data ? data.values : undefined
  return typeof values === 'object' && values !== null ? { ...values } : {}
}

function withValues(text: string, given: readonly GivenValue[]): string {
  const file = parseYaml(CONFIG_NAME, text)
  const root = file.documents[0]?.tree.contents
  if (!isNode(root)) throw new UsageError(`${CONFIG_NAME} has no mapping to write values to`)
  const changes = given.map(({ key, value }): YamlChange => ({ op: 'set', path: pathOf(key), value }))
  const result = yamlEdit(file, root, changes)
  if ('refused' in result) throw new UsageError(`${CONFIG_NAME} cannot be edited: ${result.refused}`)
  return applyEdits(text, result.edits)
}

/** `values.images.` stands before the name of an image, which has dots of its own. */
function pathOf(key: string): string[] {
  const image = /^(values)\.(images)\.(.+)$/.exec(key)
  return image === null ? key.split('.') : image.slice(1)
}
