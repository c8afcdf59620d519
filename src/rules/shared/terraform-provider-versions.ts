import { findAttribute, folderOf, literalText } from '../../edit/hcl/index.ts'
import type { Attribute } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place, Tri } from '../../resources/place.ts'
import { admitsFrom } from './terraform-versions.ts'

/** Whether the AWS provider that a resource is made with has this major version or a later one, by its constraint. */
export function awsProviderFrom(resource: Place, estate: Estate, major: number): Tri {
  const constraints = awsConstraints(resource, estate)
  if (constraints.some((constraint) => !admitsFrom(constraint, [major, 0, 0]))) return 'no'
  return constraints.some((constraint) => startsAt(constraint, major)) ? 'yes' : 'unknown'
}

function awsConstraints({ resource }: Place, estate: Estate): readonly string[] {
  if (resource.kind !== 'terraform' || resource.source === undefined) return []
  const folders = new Set([folderOf(resource.source.document.path), resource.root])
  return [...folders]
    .flatMap((folder) => estate.moduleDocuments(folder))
    .flatMap(({ body }) => body.items)
    .flatMap((item) => (item.kind === 'block' && item.type === 'terraform' ? item.body.items : []))
    .flatMap((item) => (item.kind === 'block' && item.type === 'required_providers' ? [item] : []))
    .flatMap((item) => findAttribute(item, 'aws') ?? [])
    .flatMap((attribute) => versionOf(attribute) ?? [])
}

function versionOf({ value }: Attribute): string | undefined {
  if (value.kind !== 'object') return literalText(value)
  const version = value.items.find(({ key, keyName }) => keyName === 'version' || literalText(key) === 'version')
  return version === undefined ? undefined : literalText(version.value)
}

/** True if some part of a constraint shuts out everything below the version. */
function startsAt(constraint: string, major: number): boolean {
  return constraint.split(',').some((part) => {
    const match = /^\s*(?:=|>=|>|~>)?\s*v?(\d+)/.exec(part)
    return match !== null && Number(match[1]) >= major
  })
}
