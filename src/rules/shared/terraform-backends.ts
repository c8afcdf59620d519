import { findAttribute, folderOf, literalText } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import { type Undecided, undecided } from '../rule.ts'

/** A backend that leaves out what it needs gets the rest from `-backend-config`, which is not in the code. */
export function partialBackend(backend: Place): Undecided | undefined {
  const missing = ['bucket', 'key'].find((name) => backend.get(name).absent)
  return missing === undefined
    ? undefined
    : undecided(
        backend,
        `the backend names no ${missing}: the rest of it comes from -backend-config, which is not in the code`,
      )
}

/** The `required_version` constraints of the module that declares the backend. */
export function requiredVersions(backend: Place, estate: Estate): readonly string[] {
  const { resource } = backend
  if (resource.kind !== 'terraform' || resource.source === undefined) return []
  const documents = estate.moduleDocuments(folderOf(resource.source.document.path))
  return documents.flatMap((document) =>
    document.body.items.flatMap((item) => {
      const attribute =
        item.kind === 'block' && item.type === 'terraform' ? findAttribute(item, 'required_version') : undefined
      return attribute === undefined ? [] : (literalText(attribute.value) ?? [])
    }),
  )
}
