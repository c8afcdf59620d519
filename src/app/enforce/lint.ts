import { applyChanges } from '../../apply/apply-changes.ts'
import { withProject } from '../../apply/project.ts'
import { SecretMask } from '../../engine/secrets.ts'
import { FAULTS } from '../../enforce/lint/fault.ts'
import { lint, lintFixes, type LintResult } from '../../enforce/lint/index.ts'
import { VERSION } from '../../version.ts'
import { loadProject } from '../project/load.ts'
import { UsageError } from '../project/root.ts'

export interface LintRequest {
  readonly paths: readonly string[]
  readonly fix: boolean
  readonly now: Date
}

export interface LintOutcome extends LintResult {
  /** Files that `--fix` changed. */
  readonly changed: readonly string[]
  /** To undo it with. */
  readonly runId: string | undefined
  readonly uriPrefix: string
  readonly text: (file: string) => string | undefined
  /** Hides what is known to be a secret in what is printed: a line of code may hold more than the fault. */
  readonly mask: (text: string) => string
}

/** @throws UsageError for a path that is not there, or paths of several projects */
export async function lintPaths({ paths, fix, now }: LintRequest): Promise<LintOutcome> {
  const projects = paths.map((path) => loadProject({ path: path === './...' ? '.' : path.replace(/\/\.\.\.$/, '') }))
  const [first] = projects
  if (first === undefined) throw new UsageError('enforce lint: name a path')
  const other = projects.findIndex(({ root }) => root !== first.root)
  if (other >= 0) {
    throw new UsageError(`enforce lint: ${paths[0] ?? ''} and ${paths[other] ?? ''} are of different projects`)
  }
  const texts = new Map(
    projects.flatMap(({ files }) => [...files.files].filter(([path]) => /\.(?:ya?ml|json)$/i.test(path))),
  )
  const within = projects.map((project) => project.within)
  const inScope = (file: string): boolean =>
    within.some((folder) => folder === '' || file === folder || file.startsWith(`${folder}/`))
  const asOf = now.toISOString().slice(0, 10)
  const before = lint(texts, inScope, asOf)
  const changes = fix ? lintFixes(before.faults) : []
  let runId: string | undefined
  if (changes.length > 0) {
    const run = await withProject(first.root, async () =>
      applyChanges(first.root, changes, { createdAt: now, toolVersion: VERSION }),
    )
    runId = run.id
    for (const { path, after } of changes) if (after !== undefined) texts.set(path, after)
  }
  const result = changes.length > 0 ? lint(texts, inScope, asOf) : before
  const secrets = SecretMask.of(texts.values(), new Set(Object.keys(FAULTS)))
  const unreadable = projects.flatMap(({ diagnostics }) => diagnostics.filter(({ file }) => inScope(file)))
  return {
    ...result,
    diagnostics: [...unreadable, ...result.diagnostics],
    changed: changes.map(({ path }) => path),
    runId,
    uriPrefix: uriPrefix(first.root, first.gitTop),
    text: (file) => texts.get(file),
    mask: (text) => secrets.mask(text),
  }
}

/** From the git top level to the project root, for SARIF. */
function uriPrefix(root: string, gitTop: string | undefined): string {
  if (gitTop === undefined || gitTop === root || !root.startsWith(`${gitTop}/`)) return ''
  return `${root.slice(gitTop.length + 1)}/`
}
