import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'
import { toPosix, UsageError } from './project/root.ts'

/** A git work tree that commits are made in. Nothing that the repository itself configures is run. */
export interface WorkTree {
  readonly top: string
  /** From the top level to the project root: empty or ending in `/`. */
  readonly prefix: string
  /** `--git-hooks`: the repository's own hooks and filters run, as in a commit by hand. */
  readonly hooks: boolean
}

/**
 * The work tree that a project lies in, if commits can be made there.
 * @throws UsageError without a repository, on a dirty tree, in the middle of a merge, without an identity, or if the
 *   repository's own configuration would run programs
 */
export function openWorkTree(root: string, gitTop: string | undefined, hooks: boolean): WorkTree {
  if (gitTop === undefined) throw new UsageError('--commit: this is no git repository')
  const prefix = toPosix(relative(gitTop, root))
  const tree: WorkTree = { top: gitTop, prefix: prefix === '' ? '' : `${prefix}/`, hooks }
  if (settingsOf(gitTop) === undefined) {
    throw new UsageError(
      '--commit: git cannot read this repository (git 2.26 or later is needed, and a repository of your own)',
    )
  }
  if (!hooks && runsPrograms(gitTop)) {
    throw new UsageError(
      '--commit: the configuration of this repository runs programs (a filter or a signing program); ' +
        'allow it with --git-hooks, or commit by hand',
    )
  }
  const busy = whatGoesOn(tree)
  if (busy !== undefined) throw new UsageError(`--commit: ${busy} is going on; finish it first`)
  const dirty = dirtyPaths(tree)
  if (dirty.length > 0) {
    const more = dirty.length > 1 ? ` and ${dirty.length - 1} more` : ''
    throw new UsageError(
      `--commit: the git tree has uncommitted changes (${dirty[0] ?? ''}${more}); commit or stash them first`,
    )
  }
  if (run(tree, ['var', 'GIT_COMMITTER_IDENT']) === undefined) {
    throw new UsageError('--commit: git does not know who you are; set user.name and user.email')
  }
  return tree
}

/** Whether a folder has uncommitted changes; false where that cannot be told without running the repository's programs. */
export function hasChanges(folder: string): boolean {
  if (runsPrograms(folder)) return false
  const args = ['status', '--porcelain', '--ignore-submodules=all', '--', '.']
  const status = run({ top: folder, hooks: false }, args)
  return status !== undefined && status.trim() !== ''
}

/** True if git would run a program that the repository itself names, for a status or a commit; also if nobody can tell. */
function runsPrograms(folder: string): boolean {
  const settings = settingsOf(folder)
  return (
    settings === undefined ||
    /^(?:local|worktree)\t(?:filter\..*\.(?:clean|process|smudge)|gpg\.(?:.*\.)?program)$/im.test(settings)
  )
}

/** Names of settings with their scopes; undefined without git, or if it refuses to read the repository. */
function settingsOf(folder: string): string | undefined {
  return run({ top: folder, hooks: false }, ['config', '--list', '--show-scope', '--name-only', '--includes'])
}

/** Paths with changes, relative to the top level. What is untracked counts inside the project only. */
export function dirtyPaths({ prefix, ...tree }: WorkTree): readonly string[] {
  const status = run(tree, [
    'status',
    '--porcelain=v1',
    '-z',
    '--ignore-submodules=all',
    '--untracked-files=normal',
    '--no-renames',
  ])
  if (status === undefined) throw new UsageError('--commit: git status failed')
  return status
    .split('\0')
    .filter((line) => line !== '')
    .filter((line) => !line.startsWith('?? ') || line.slice(3).startsWith(prefix) || prefix.startsWith(line.slice(3)))
    .map((line) => line.slice(3))
}

/** The new commit, abbreviated; undefined if git ignores every one of the files. */
export function commitFiles(tree: WorkTree, paths: readonly string[], message: string): string | undefined {
  const ignored = new Set(
    (run(tree, ['check-ignore', '-z', '--stdin'], names(tree, paths)) ?? '').split('\0').filter((path) => path !== ''),
  )
  const wanted = paths.filter((path) => !ignored.has(`${tree.prefix}${path}`))
  if (wanted.length === 0) return undefined
  const list = ['--pathspec-from-file=-', '--pathspec-file-nul']
  must(tree, ['add', ...list], names(tree, wanted))
  // Whatever else may stand in the index by now is not ours.
  const args = [
    'commit',
    '--quiet',
    '--only',
    '--cleanup=verbatim',
    '-m',
    message,
    ...(tree.hooks ? [] : ['--no-verify']),
  ]
  try {
    must(tree, [...args, ...list], names(tree, wanted))
  } catch (error) {
    run(tree, ['reset', '--quiet', ...list], names(tree, wanted))
    throw error
  }
  return must(tree, ['rev-parse', '--short', 'HEAD']).trim()
}

function names({ prefix }: WorkTree, paths: readonly string[]): string {
  return paths.map((path) => `${prefix}${path}\0`).join('')
}

function whatGoesOn(tree: WorkTree): string | undefined {
  const folder = run(tree, ['rev-parse', '--git-dir'])?.trim()
  if (folder === undefined) return undefined
  const absolute = isAbsolute(folder) ? folder : join(tree.top, folder)
  const states: Readonly<Record<string, string>> = {
    MERGE_HEAD: 'a merge',
    CHERRY_PICK_HEAD: 'a cherry-pick',
    REVERT_HEAD: 'a revert',
    'rebase-merge': 'a rebase',
    'rebase-apply': 'a rebase',
    BISECT_LOG: 'a bisection',
  }
  return Object.entries(states).find(([name]) => existsSync(join(absolute, name)))?.[1]
}

/** Neither a hook nor a monitor nor a submodule of the repository gets to run anything. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'submodule.recurse=false']

function run(tree: Pick<WorkTree, 'top' | 'hooks'>, args: readonly string[], input?: string): string | undefined {
  try {
    return must(tree, args, input)
  } catch {
    return undefined
  }
}

/** @throws UsageError with git's own first line */
function must({ top, hooks }: Pick<WorkTree, 'top' | 'hooks'>, args: readonly string[], input = ''): string {
  // Of all commands here, this one takes no such option, and reads its paths literally anyway.
  const literal = args[0] === 'check-ignore' ? [] : ['--literal-pathspecs']
  try {
    return execFileSync('git', ['-C', top, ...literal, ...(hooks ? [] : SAFE), ...args], {
      encoding: 'utf8',
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: 60_000,
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'true' },
    })
  } catch (error) {
    const stderr = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : ''
    throw new UsageError(`git ${args[0] ?? ''} failed: ${stderr.trim().split('\n')[0] ?? ''}`)
  }
}
