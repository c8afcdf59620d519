import { containerConcern } from './concern.ts'
import type { Draft } from './draft.ts'
import { mountWritable } from './identity.ts'
import type { WorkloadContainer } from './view.ts'

/** What the program of a container is known to write to; `/tmp` always, since most programs expect it. */
function writableFolders(container: WorkloadContainer): readonly string[] {
  const own = container.known?.kind === 'own' ? container.known.image.volumes : []
  const facts = container.facts?.writable ?? []
  const isService = container.known?.kind === 'official' && container.facts?.user !== undefined
  return isService ? facts : [...new Set(['/tmp', ...facts, ...own])]
}

/** Known if the image is a service of the table or one that a Dockerfile of this repository builds. */
function isKnown(container: WorkloadContainer): boolean {
  if (container.known?.kind === 'own') return true
  return container.known?.kind === 'official' && container.facts?.user !== undefined
}

export const readOnlyRoot = containerConcern({
  rules: ['k8s-read-only-root-filesystem'],
  assess(container) {
    const title = `Make the root filesystem of container ${container.name} read-only`
    const folders = writableFolders(container).join(', ')
    const steps = [
      `Look for \`Read-only file system\` in the first pod's log; each folder named there needs an emptyDir.`,
    ]
    if (isKnown(container)) return { rank: 'D', title, minutes: 1, steps }
    const reason = `nothing here shows what the image ${container.image} writes to; only ${folders} would stay writable`
    return { rank: 'C', title, reason, steps }
  },
  change(container, _subject, draft) {
    draft.set(container.place.get('securityContext', 'readOnlyRootFilesystem'), true)
    keepWritable(container, draft)
  },
})

/** Puts an empty folder on everything that the program writes to and that nothing else is mounted on. */
function keepWritable(container: WorkloadContainer, draft: Draft): void {
  for (const path of writableFolders(container)) draft.mountEmptyDir(container, path)
  if (container.facts?.user !== undefined) mountWritable(container, draft)
}

/** After mounts were removed: what they made writable in a container whose root filesystem is read-only. */
export function replaceLostMounts(container: WorkloadContainer, draft: Draft): void {
  const { value } = container.place.get('securityContext', 'readOnlyRootFilesystem')
  if (value?.kind === 'bool' && value.value) keepWritable(container, draft)
}
