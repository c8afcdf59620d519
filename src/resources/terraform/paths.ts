/** `a/./b/../c` -> `a/c`; the root is `.`. Undefined if the path leaves the root or is absolute. */
export function joinPath(dir: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\0')) return undefined
  const parts: string[] = dir === '.' ? [] : dir.split('/')
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.length === 0 ? '.' : parts.join('/')
}

/** The folder of a file; `.` for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '.' : path.slice(0, slash)
}

/** How `to` is written as seen from the folder `from`: `.`, `modules/a`, `../modules/a`. */
export function relativePath(from: string, to: string): string {
  const a = from === '.' ? [] : from.split('/')
  const b = to === '.' ? [] : to.split('/')
  let common = 0
  while (common < a.length && common < b.length && a[common] === b[common]) common++
  const parts = [...a.slice(common).map(() => '..'), ...b.slice(common)]
  return parts.length === 0 ? '.' : parts.join('/')
}
