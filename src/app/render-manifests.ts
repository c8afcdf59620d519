import { spawnSync } from 'node:child_process'
import type { Estate, SourceDocument } from '../resources/estate.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import { readLayout } from '../resources/kubernetes/layout.ts'
import { readRendered, type RenderCommand, renderCommands } from '../resources/kubernetes/render.ts'
import type { Diagnostic } from '../text/diagnostic.ts'

/** A chart that takes longer, or prints more, is not rendered. */
const TIMEOUT_MS = 60_000
const MAX_BYTES = 64 * 1024 * 1024

/** What `--render` adds to a project: manifests that exist in memory only. */
export interface RenderedManifests {
  /** Texts by the path that findings name; no such file is on the disk. */
  readonly files: ReadonlyMap<string, string>
  /** Files that the rendered ones stand for. */
  readonly covered: ReadonlySet<string>
  readonly diagnostics: readonly Diagnostic[]
}

/** Runs `helm template` and `kustomize build` for the folders of the project that need them, without a shell. */
export function renderManifests(root: string, estate: Estate): RenderedManifests {
  const yaml = new Map([...estate.documents].filter((entry): entry is [string, YamlFile] => isYaml(entry[1])))
  const files = new Map<string, string>()
  const covered = new Set<string>()
  const diagnostics: Diagnostic[] = []
  for (const command of renderCommands(readLayout(yaml))) {
    const { output, problem } = runTool(root, command)
    if (output === undefined) {
      diagnostics.push({ file: command.folder, code: 'not-rendered', message: problem })
      continue
    }
    for (const { path, text } of readRendered(command, output)) files.set(path, text)
    for (const path of command.covers) covered.add(path)
    covered.add(command.folder)
  }
  return { files, covered, diagnostics }
}

function runTool(root: string, { tool, args }: RenderCommand): { output?: string; problem: string } {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: root,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
    return { problem: `${tool} is not on the path: install it, or audit its output` }
  }
  if (status !== 0) {
    const [reason = ''] = (stderr ?? '').trim().split('\n')
    return { problem: `${tool} could not render it: ${reason === '' ? (error?.message ?? 'no reason given') : reason}` }
  }
  return { output: stdout, problem: '' }
}

function isYaml(document: SourceDocument): document is YamlFile {
  return document.language === 'yaml'
}

/** True if a diagnostic only says that something was not rendered, and by now it was. */
export function isSettledByRendering(diagnostic: Diagnostic, covered: ReadonlySet<string>): boolean {
  if (diagnostic.code !== 'helm-template' && diagnostic.code !== 'kustomize-not-rendered') return false
  const folder = diagnostic.file.includes('/') ? diagnostic.file.slice(0, diagnostic.file.lastIndexOf('/')) : '.'
  return covered.has(diagnostic.file) || covered.has(folder)
}
