import type { Block, HclDocument } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import type { HclEdits } from './edits.ts'
import { attribute, block, type BlockSpec, type HclValue, type ItemSpec, raw, renderBlock } from './spec.ts'
import { documentStyle } from './style.ts'

/** A variable that is never null, and refused if its value would be as bad as what it replaces. */
export interface VariableSpec {
  readonly name: string
  /** `string`, `list(string)`. */
  readonly type: string
  readonly description: string
  /** Without one the variable must be given. */
  readonly default?: HclValue
  /** Keeps its value out of plans and logs. */
  readonly sensitive?: boolean
  /** An expression that is false for bad values, such as `!contains(var.cidrs, "0.0.0.0/0")`, and what to say then. */
  readonly validation?: { readonly condition: string; readonly message: string }
}

/** `.` for the project root. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.'
}

function pathIn(dir: string, name: string): string {
  return dir === '.' ? name : `${dir}/${name}`
}

/** Declares a variable where the module keeps its variables; one of the name that is there already is left alone. */
export function addVariable(edits: HclEdits, estate: Estate, dir: string, spec: VariableSpec): void {
  const documents = estate.moduleDocuments(dir).filter(({ syntax }) => syntax === 'native')
  if (documents.some((document) => variablesOf(document).some(({ labels }) => labels[0]?.value === spec.name))) return
  const items: ItemSpec[] = [
    attribute('type', raw(spec.type)),
    attribute('description', spec.description),
    ...(spec.default === undefined ? [] : [attribute('default', spec.default)]),
    ...(spec.sensitive === true ? [attribute('sensitive', true)] : []),
    attribute('nullable', false),
  ]
  if (spec.validation !== undefined) {
    const { condition, message } = spec.validation
    items.push(block('validation', [attribute('condition', raw(condition)), attribute('error_message', message)]))
  }
  addTopBlocks(edits, estate, dir, 'variables.tf', [block('variable', items, [spec.name])])
}

/**
 * Adds top-level blocks to the file of that name in a folder, else to the file that holds most blocks of the first one's
 * kind (below the last of them), else to a new file. The place depends on the folder alone, so that two fixes that need
 * the same block make the same edit.
 */
export function addTopBlocks(
  edits: HclEdits,
  estate: Estate,
  dir: string,
  fileName: string,
  specs: readonly BlockSpec[],
): void {
  const path = pathIn(dir, fileName)
  const documents = estate.moduleDocuments(dir)
  const [first] = specs
  const named = documents.find((document) => document.path === path)
  if (first === undefined) return
  if (named !== undefined) {
    for (const spec of specs) edits.append(named, spec)
    return
  }
  const [fullest] = documents
    .map((document) => ({ document, alike: blocksLike(document, first) }))
    .filter(({ alike }) => alike.length > 0)
    .toSorted((a, b) => b.alike.length - a.alike.length)
  const last = fullest?.alike.at(-1)
  if (fullest !== undefined && last !== undefined) {
    for (const spec of specs) edits.addBlockAfter(fullest.document, last, spec)
    return
  }
  const native = documents.find(({ syntax }) => syntax === 'native')
  const style = native === undefined ? { eol: '\n', step: '  ' } : documentStyle(native)
  const texts = specs.map((spec) => renderBlock(spec, '', style).join(style.eol))
  edits.create(path, texts.join(style.eol + style.eol) + style.eol)
}

/** Blocks of the same keyword and, for resources and data sources, of the same type. */
function blocksLike(document: HclDocument, spec: BlockSpec): readonly Block[] {
  return document.body.items.filter(
    (item): item is Block =>
      item.kind === 'block' &&
      item.type === spec.type &&
      (spec.labels.length < 2 || item.labels[0]?.value === spec.labels[0]),
  )
}

function variablesOf(document: HclDocument): readonly Block[] {
  return document.body.items.filter((item): item is Block => item.kind === 'block' && item.type === 'variable')
}
