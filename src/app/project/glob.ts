import ignore from 'ignore'

/** True for relative paths that one of the globs names from the project root; `*` stops at a `/`, `**` does not. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const rules = ignore().add(globs.map((glob) => `/${glob.replace(/^\.?\//, '')}`))
  return (path) => rules.ignores(path)
}
