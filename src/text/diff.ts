import { createTwoFilesPatch } from 'diff'

/** A text before and after; `undefined` where the file does not exist. */
export interface FileChange {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** One unified diff that `git apply` and `patch -p1` accept, files in path order. */
export function unifiedDiff(changes: readonly FileChange[]): string {
  return [...changes]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .filter((change) => change.before !== change.after)
    .map((change) =>
      createTwoFilesPatch(
        change.before === undefined ? '/dev/null' : `a/${change.path}`,
        change.after === undefined ? '/dev/null' : `b/${change.path}`,
        change.before ?? '',
        change.after ?? '',
        undefined,
        undefined,
        { context: 3, stripTrailingCr: false },
      ).replace(/^=+\n/, ''),
    )
    .join('')
}
