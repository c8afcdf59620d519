import type { HclDocument } from '../../parse/hcl/ast.ts'
import { parseHclJson } from '../../parse/hcl/json.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import type { EstateOptions } from '../estate.ts'
import { asString, Place } from '../place.ts'
import type { TerraformResource } from '../resource.ts'
import type { Value } from '../value.ts'
import { readTerraform, type TerraformReading } from './index.ts'

/** Reads a project given as path -> text; a plain string is `main.tf`. For tests. */
export function read(
  project: string | Readonly<Record<string, string>>,
  options: EstateOptions = {},
): TerraformReading {
  const texts = new Map(Object.entries(typeof project === 'string' ? { 'main.tf': project } : project))
  const isVendored = (path: string) => path.includes('.terraform/')
  const documents = new Map<string, HclDocument>()
  const vendored = new Map<string, HclDocument>()
  for (const [path, text] of texts) {
    if (!/\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(path)) continue
    const document = path.endsWith('.json') ? parseHclJson(path, text) : parseHcl(path, text)
    ;(isVendored(path) ? vendored : documents).set(path, document)
  }
  const files = {
    files: new Map([...texts].filter(([path]) => !isVendored(path))),
    vendored: new Map([...texts].filter(([path]) => isVendored(path))),
  }
  return readTerraform(documents, vendored, files, options)
}

export function resource(reading: TerraformReading, address: string): TerraformResource {
  const found = reading.resources.find((candidate) => candidate.address === address)
  if (found === undefined) {
    throw new Error(`no ${address} among ${reading.resources.map((candidate) => candidate.address).join(', ')}`)
  }
  return found
}

/** The value at a dotted path of a resource; a path step that is a number is an index. */
export function at(reading: TerraformReading, address: string, path: string): Value | undefined {
  const steps = path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
  return Place.of(resource(reading, address)).get(...steps).value
}

/**
 * A value as plain data. What is unknown shows as `{unknown: reason}`, or as `{oneOf: candidates}` where it has any; the
 * unknown rest of a list as a last item `{rest: reason}`, of a map under the key `...`.
 */
export function plain(value: Value | undefined): unknown {
  if (value === undefined) return undefined
  switch (value.kind) {
    case 'null':
      return null
    case 'list':
      return value.rest === undefined
        ? value.items.map(plain)
        : [...value.items.map(plain), { rest: value.rest.reason }]
    case 'map': {
      const entries = Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]))
      return value.rest === undefined ? entries : { ...entries, '...': value.rest.reason }
    }
    case 'unknown':
      return value.candidates === undefined
        ? { unknown: value.reason }
        : { oneOf: value.candidates.map((candidate) => asString(candidate) ?? plain(candidate)) }
    default:
      return value.value
  }
}

/** The text that a value's origin spans: what an edit of the value would replace. */
export function written(value: Value | undefined): string | undefined {
  const origin = value?.origin
  if (origin === undefined || origin.language === 'yaml') return undefined
  const { start, end } = origin.language === 'hcl' ? origin.node.span : origin.span
  return origin.document.text.slice(start, end)
}
