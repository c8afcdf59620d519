/** Gatekeeper's wildcards: `*` at the start, at the end, or at both; anywhere else it stands for itself. */
export function wildcard(pattern: string): (text: string) => boolean {
  const start = pattern.startsWith('*')
  const end = pattern.endsWith('*')
  if (start && end) {
    const part = pattern.slice(1, pattern.length > 1 ? -1 : undefined)
    return (text) => text.includes(part)
  }
  if (start) {
    const part = pattern.slice(1)
    return (text) => text.endsWith(part)
  }
  if (end) {
    const part = pattern.slice(0, -1)
    return (text) => text.startsWith(part)
  }
  return (text) => text === pattern
}

/** Whether every name that a `generateName` can become matches; what it ends in is not known yet. */
export function wildcardOfPrefix(pattern: string): (generateName: string) => boolean {
  if (!pattern.endsWith('*')) return () => false
  return wildcard(pattern)
}

export function isWildcard(pattern: string): boolean {
  return pattern.startsWith('*') || pattern.endsWith('*')
}
