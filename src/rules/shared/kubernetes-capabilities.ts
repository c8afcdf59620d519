import type { Container } from '../../resources/kubernetes/workloads.ts'
import type { Place } from '../../resources/place.ts'

/**
 * A capability of one of a container's lists: upper case, and where it is written. The prefix `CAP_` does not belong there,
 * and containerd writes another before it: what is dropped so stays. What is added so is read as it was meant.
 */
interface ListedCapability {
  readonly name: string
  readonly at: Place
}

export interface CapabilityList {
  readonly at: Place
  readonly capabilities: readonly ListedCapability[]
  /** Set if the list, or an item of it, is not known. */
  readonly unknown: Place | undefined
}

export function capabilityList(container: Container, list: 'add' | 'drop'): CapabilityList {
  const at = container.place.get('securityContext', 'capabilities', list)
  const capabilities: ListedCapability[] = []
  let unknown = at.mayHaveMore() ? at : undefined
  for (const item of at.items()) {
    const name = item.string()
    if (name.kind === 'known') {
      const upper = name.value.toUpperCase()
      capabilities.push({ name: list === 'add' ? upper.replace(/^CAP_/, '') : upper, at: item })
    } else if (name.kind === 'unknown') unknown ??= item
  }
  return { at, capabilities, unknown }
}
