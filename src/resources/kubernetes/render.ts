import { posix } from 'node:path'
import type { KubernetesLayout } from './layout.ts'

/** A program to run so that a Helm chart or an overlay can be audited as the cluster would get it. */
export interface RenderCommand {
  readonly tool: 'helm' | 'kustomize'
  /** The chart or overlay, relative to the project root, which is where the program runs. */
  readonly folder: string
  readonly args: readonly string[]
  /** Files that need not be audited themselves once this has run. */
  readonly covers: readonly string[]
}

/** One file of rendered manifests. It exists only in memory: it can be audited, not edited. */
export interface RenderedFile {
  /** `chart/templates/web.rendered.yaml`; no such file is on disk. */
  readonly path: string
  /** What it was made from: the template, or the kustomization's folder. */
  readonly source: string
  readonly text: string
}

/**
 * The commands that `--render` runs, for charts that no other chart contains and overlays that no other overlay builds
 * on. Standard output is a YAML stream for `readRendered`. Neither command reaches a cluster or runs plugins.
 */
export function renderCommands(layout: KubernetesLayout): readonly RenderCommand[] {
  const bases = new Set(layout.kustomizations.flatMap((kustomization) => kustomization.bases))
  const charts = layout.charts
    .filter((chart) => chart.parent === undefined && chart.templates.length > 0)
    .map(({ folder, templates }): RenderCommand => {
      const nested = layout.charts.filter((chart) =>
        chart.folder.startsWith(`${folder === '.' ? '' : `${folder}/`}charts/`),
      )
      const covers = [...templates, ...nested.flatMap((chart) => chart.templates)].sort()
      // The release name shows up in object names only; `--` keeps a folder like `-x` from being an option.
      return {
        tool: 'helm',
        folder,
        args: ['template', '--skip-tests', '--', 'release', `./${folder}`],
        covers,
      }
    })
  const overlays = layout.kustomizations
    .filter(({ folder, transforms, remote }) => transforms && !remote && !bases.has(folder))
    .map(({ folder }): RenderCommand => ({
      tool: 'kustomize',
      folder,
      args: ['build', `./${folder}`],
      covers: [],
    }))
  return [...charts, ...overlays]
}

/** Files out of a command's standard output: for Helm one per template (by its `# Source:` comments), else one. */
export function readRendered(command: RenderCommand, output: string): readonly RenderedFile[] {
  if (command.tool === 'kustomize') {
    const path = posix.join(command.folder, 'kustomization.rendered.yaml')
    return output.trim() === '' ? [] : [{ path, source: command.folder, text: output }]
  }
  const texts = new Map<string, string>()
  for (const document of output.split(/^---(?=[ \t\r\n]|$)/m)) {
    // The path begins with the chart's name, which need not be its folder's.
    const inChart = /^# Source: [^/\n]+\/(.+?)\r?$/m.exec(document)?.[1]
    if (inChart === undefined) continue
    const source = posix.normalize(posix.join(command.folder, inChart))
    texts.set(source, `${texts.get(source) ?? ''}---${document}`)
  }
  return [...texts]
    .map(([source, text]) => ({
      path: source.replace(/(?:\.ya?ml)?$/, '.rendered.yaml'),
      source,
      text,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
