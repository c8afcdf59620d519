import {
  attribute,
  findAttribute,
  folderOf,
  GAP,
  type HclValue,
  type ItemSpec,
  raw,
  template,
} from '../../edit/hcl/index.ts'
import type { Attribute, Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { FixRefusal } from '../fixer.ts'

/** A Terraform resource that can be edited, in the file that declares it. */
export interface TerraformTarget {
  readonly estate: Estate
  readonly resource: TerraformResource
  readonly document: HclDocument
  readonly block: Block
  /** Folder of the module that declares it. */
  readonly dir: string
}

/** Undefined if the resource is not declared in the project's own files: see `unreachable`. */
export function terraformTarget(estate: Estate, resource: Resource): TerraformTarget | undefined {
  if (resource.kind !== 'terraform' || resource.source === undefined || !resource.source.editable) return undefined
  const { document, block } = resource.source
  return { estate, resource, document, block, dir: folderOf(document.path) }
}

/** Why a resource is no target. */
export function unreachable(resource: Resource): FixRefusal {
  if (resource.kind === 'terraform' && resource.source === undefined) {
    return { code: 'no-fix', refused: 'the resource was read from a plan: change the code that it was made from' }
  }
  return { code: 'no-fix', refused: 'the resource is declared in a downloaded module or outside of this project' }
}

export function rootAttribute({ block }: Pick<TerraformTarget, 'block'>, name: string): Attribute | undefined {
  return findAttribute(block, name)
}

/** How expressions in its own module refer to the resource, such as `aws_s3_bucket.logs[each.key]`. */
export function referenceTo(target: TerraformTarget): string {
  const base = `${target.resource.type}.${target.resource.name}`
  if (rootAttribute(target, 'for_each') !== undefined) return `${base}[each.key]`
  return rootAttribute(target, 'count') === undefined ? base : `${base}[count.index]`
}

/** The text of the `provider` argument: another alias means another region or account. */
export function providerOf(target: Pick<TerraformTarget, 'document' | 'block'>): string | undefined {
  const attribute = rootAttribute(target, 'provider')
  if (attribute === undefined) return undefined
  const { start, end } = attribute.value.span
  return target.document.text
    .slice(start, end)
    .replaceAll('"', '')
    .replaceAll(/^\$\{|\}$/g, '')
    .trim()
}

/** `count`, `for_each` and `provider` as the resource has them, set apart from what follows. */
export function metaArguments(target: TerraformTarget): readonly ItemSpec[] {
  const items: ItemSpec[] = []
  for (const name of ['provider', 'count', 'for_each']) {
    const there = rootAttribute(target, name)
    if (there !== undefined) items.push(attribute(name, copied(target, name, there.value)))
  }
  return items.length === 0 ? [] : [...items, GAP]
}

function copied({ document, resource }: TerraformTarget, name: string, value: Expression): HclValue {
  const text = document.text.slice(value.span.start, value.span.end)
  if (document.syntax === 'json') {
    const data: unknown = value.kind === 'tuple' || value.kind === 'object' ? undefined : JSON.parse(text)
    if (typeof data === 'number' || typeof data === 'boolean') return data
    if (typeof data === 'string') return template(data)
  } else if (!text.includes('\n')) {
    return raw(text)
  }
  // Instead of a long expression once more: one companion for each instance.
  const all = `${resource.type}.${resource.name}`
  return raw(name === 'count' ? `length(${all})` : all)
}

/**
 * A name that no resource of this type has in the module.
 * @param suffix tells a second one apart: `logs_bucket`
 */
export function freeName(
  { estate, dir }: Pick<TerraformTarget, 'estate' | 'dir'>,
  type: string,
  wanted: string,
  suffix: string,
): string {
  const taken = new Set(
    estate
      .moduleDocuments(dir)
      .flatMap((document) =>
        document.body.items.flatMap((item) =>
          item.kind === 'block' && item.labels[0]?.value === type ? [item.labels[1]?.value ?? ''] : [],
        ),
      ),
  )
  for (let i = 1; ; i++) {
    const name = i === 1 ? wanted : i === 2 ? `${wanted}_${suffix}` : `${wanted}_${suffix}_${i - 1}`
    if (!taken.has(name)) return name
  }
}
