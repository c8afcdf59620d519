import { DISRUPTIONS, VERSIONED_TYPES } from '../resources/aws/schema/disruption.ts'
import { knowsType, nodeAt, PROVIDER_MAJORS, type TypeSchema, typeSchema } from '../resources/aws/schema/reader.ts'
import type { Estate } from '../resources/estate.ts'
import { awsProviderMajors, type LockFiles } from '../resources/terraform/aws-provider.ts'
import { changedPaths, changedResources } from './terraform-changes.ts'

/**
 * Edits of existing resources that replace or disrupt them, as sentences: `aws_db_instance.main: changing
 * storage_encrypted replaces it`. What the schema of a known type does not know counts as replacing, and so does what any
 * possible major of the provider replaces.
 */
export function disruptiveChanges(before: Estate, after: Estate, locks: LockFiles): readonly string[] {
  const found: string[] = []
  for (const change of changedResources(before, after)) {
    const { type, address } = change.after
    if (change.before === undefined || !knowsType(type) || VERSIONED_TYPES.has(type)) continue
    const possible = awsProviderMajors(change.after, after, locks)
    // A provider older than the schema: its first major is the nearest that is known.
    const majors = possible.length === 0 ? PROVIDER_MAJORS.slice(0, 1) : possible
    const said = new Set<string>()
    for (const path of changedPaths(change.before.value, change.after.value)) {
      // What is in a block that was said already needs no sentence of its own.
      if (path.some((_, length) => said.has(path.slice(0, length).join('.')))) continue
      const effect = effectOf(
        type,
        path,
        majors.flatMap((major) => typeSchema(type, major) ?? []),
      )
      if (effect === undefined) continue
      said.add(path.join('.'))
      found.push(`${address}: changing ${path.join('.')} ${effect}`)
    }
  }
  return found
}

/** Arguments of Terraform's own: which of them change what is there, other checks say. */
const META = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'provisioner',
  'connection',
  'timeouts',
])

/** What changing a path does, as the end of "changing it ..."; undefined if it is done in place. */
function effectOf(type: string, path: readonly string[], schemas: readonly TypeSchema[]): string | undefined {
  const [first] = path
  if (first === undefined || META.has(first)) return undefined
  for (const schema of schemas) {
    const verdict = replaces(schema, path)
    if (verdict !== undefined) return verdict
  }
  const name = path.join('.')
  return DISRUPTIONS.find(({ types, paths }) => types.includes(type) && paths.includes(name))?.effect
}

function replaces(schema: TypeSchema, path: readonly string[]): string | undefined {
  for (let length = 1; length <= path.length; length++) {
    const node = nodeAt(schema, path.slice(0, length))
    if (node === undefined) return 'may replace it: the schema does not know it'
    const last = length === path.length || node.children === undefined
    // What is in a block that replaces may itself be changed in place, if the block says so of each of its names.
    if (last && node.replaces !== 'no') return node.replaces === 'yes' ? 'replaces it' : 'may replace it'
    if (last) return undefined
  }
  return undefined
}
