import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { bundledProgram, CHECKOUT } from './bundle.ts'

/** The day that stands for today in the tests. */
export const AS_OF = ['--as-of', '2026-11-21'] as const

/** A hang is a failure, not a wait. */
const TIMEOUT_MS = 45_000

export interface Outcome {
  /** Undefined if a signal ended it, a timeout for one. */
  readonly status: number | undefined
  readonly stdout: string
  readonly stderr: string
}

export interface SecopsOptions {
  readonly cwd?: string
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs the bundled program as a user's shell would, without a terminal. */
export function secops(args: readonly string[], options: SecopsOptions = {}): Outcome {
  const result = spawnSync(process.execPath, [bundledProgram(), ...args], {
    cwd: options.cwd ?? tmpdir(),
    input: options.input ?? '',
    env: environment(options.env),
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 256 * 1024 * 1024,
  })
  return { status: result.status ?? undefined, stdout: result.stdout, stderr: result.stderr }
}

/** The environment without what would change the program's ways: colour, dates, debugging. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env
  return {
    ...(PATH !== undefined && { PATH }),
    ...(HOME !== undefined && { HOME }),
    ...(TMPDIR !== undefined && { TMPDIR }),
    ...(LANG !== undefined && { LANG }),
    ...more,
  }
}

/** Runs the program and reads its JSON; a failure shows what it printed. */
export function secopsJson(args: readonly string[], options: SecopsOptions = {}): unknown {
  const { status, stdout, stderr } = secops([...args, '--format', 'json'], options)
  try {
    const data: unknown = JSON.parse(stdout)
    return data
  } catch {
    throw new Error(`secops ${args.join(' ')} ended with ${status} and printed no JSON:\n${stdout}\n${stderr}`)
  }
}

const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** An empty folder outside any project and git tree, removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'secops-e2e-'))
  folders.push(folder)
  return folder
}

export type Files = Readonly<Record<string, string | Uint8Array>>

/** A project on the disk with the given files, by relative path. */
export function makeProject(files: Files, options: { readonly git?: boolean } = {}): string {
  const root = temporaryFolder()
  writeFiles(root, files)
  if (options.git === true) initGit(root)
  return root
}

export function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

/** A git repository with everything committed. */
export function initGit(root: string): void {
  git(root, 'init', '--quiet', '--initial-branch=main')
  git(root, 'add', '--all', '--force')
  git(root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'start')
}

function git(root: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', root, ...args], {
    encoding: 'utf8',
    env: environment(),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** A copy of examples/securebank that a test may change. */
export function copySecurebank(): string {
  const root = join(temporaryFolder(), 'securebank')
  cpSync(join(CHECKOUT, 'examples/securebank'), root, { recursive: true, filter: (path) => !path.includes('.secops') })
  return root
}

/**
 * Everything below a folder: bytes (latin1, so that each byte counts), modes and links, by relative path.
 * @param skip top folders to leave out
 */
export function snapshot(root: string, skip: readonly string[] = ['.secops', '.git']): Record<string, string> {
  const result: Record<string, string> = {}
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    if (skip.some((name) => path === name || path.startsWith(`${name}/`))) continue
    const stat = lstatSync(join(root, path))
    const mode = (stat.mode & 0o7777).toString(8)
    if (stat.isSymbolicLink()) result[path] = `link ${readlinkSync(join(root, path))}`
    else if (stat.isFile()) result[path] = `${mode} ${readFileSync(join(root, path), 'latin1')}`
    else result[path] = `folder ${mode}`
  }
  return result
}

/** Every file below a folder, relative, sorted; empty if there is no such folder. */
export function filesBelow(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => lstatSync(join(root, path)).isFile())
      .sort()
  } catch {
    return []
  }
}
