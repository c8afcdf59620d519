import { type YamlChange, yamlEdit } from '../../edit/yaml/index.ts'
import { yamlSuppressions } from '../../engine/suppress/kubernetes.ts'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { suiteSamples } from '../../resources/kubernetes/layout.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { FileChange } from '../../text/diff.ts'
import { applyEdits } from '../../text/edit.ts'
import { CONSTRAINT_GROUP, constraintFaults, pairFaults } from './constraints.ts'
import type { Fault } from './fault.ts'
import { type LintObject, lintObjects } from './objects.ts'
import { Definitions, referenceFaults } from './references.ts'
import { readTemplate, TEMPLATE_GROUP } from './templates.ts'

export interface LintResult {
  /** By file and place. */
  readonly faults: readonly Fault[]
  readonly diagnostics: readonly Diagnostic[]
  /** Files in scope that hold Kubernetes objects, and those objects. */
  readonly files: number
  readonly objects: number
  /** Faults that a comment `secops:ignore ID reason="..."` keeps silent. */
  readonly suppressed: number
}

/**
 * @param texts every YAML and JSON file of the project: what it defines counts, wherever it lies
 * @param inScope the files whose faults are wanted
 * @param asOf `YYYY-MM-DD`; suppressions that ended before it do not count
 */
export function lint(texts: ReadonlyMap<string, string>, inScope: (file: string) => boolean, asOf: string): LintResult {
  const files = [...texts].map(([path, text]) => parseYaml(path, text))
  const samples = suiteSamples(files)
  const objects = files.filter(({ path }) => !samples.has(path)).flatMap((file) => lintObjects(file))
  const definitions = new Definitions(objects)
  const templates = objects
    .filter(({ group, kind }) => group === TEMPLATE_GROUP && kind === 'ConstraintTemplate')
    .map((object) => readTemplate(object))
  const constraints = objects.filter(({ group }) => group === CONSTRAINT_GROUP)
  const faults = [
    ...templates.flatMap((template) => [
      ...template.faults,
      ...pairFaults(
        template,
        constraints.filter(({ kind }) => kind === template.kind),
      ),
    ]),
    ...constraints.flatMap((object) =>
      constraintFaults(
        object,
        templates.find(({ kind }) => kind === object.kind),
      ),
    ),
    ...objects.flatMap((object) => referenceFaults(object, definitions)),
  ]
  const silent = new Map(files.map((file) => [file.path, suppressionsOf(file, asOf)]))
  const wanted = faults.filter(({ file }) => inScope(file)).sort(byPlace)
  const open = wanted.filter((fault) => !isSilent(fault, silent.get(fault.file)))
  const judged = objects.filter(({ file }) => inScope(file.path))
  return {
    faults: open,
    suppressed: wanted.length - open.length,
    diagnostics: files.filter(({ path }) => inScope(path)).flatMap((file) => readProblems(file)),
    files: new Set(judged.map(({ file }) => file.path)).size,
    objects: judged.length,
  }
}

interface Silence {
  readonly rules: readonly string[]
  readonly from: number
  readonly to: number
}

/** Only with a reason, which is what makes it more than a switch. */
function suppressionsOf(file: YamlFile, asOf: string): Silence[] {
  if (!file.text.includes('secops:ignore')) return []
  return yamlSuppressions(file).flatMap(({ rules, covers, fault, dialect, until, reason }): Silence[] => {
    const isOver = until !== undefined && until < asOf
    if (covers.kind !== 'span' || fault !== undefined || dialect !== 'secops' || isOver || reason === undefined)
      return []
    const { start, end } = file.lines.range(covers.span)
    return [{ rules, from: start.line, to: end.line }]
  })
}

function isSilent({ id, range }: Fault, silences: readonly Silence[] = []): boolean {
  const { line } = range.start
  return silences.some(({ rules, from, to }) => rules.includes(id) && from <= line && line <= to)
}

/** Templates of Helm are no YAML before they are rendered, which is nothing to complain of. */
function readProblems(file: YamlFile): readonly Diagnostic[] {
  return file.template ? [] : file.diagnostics
}

function byPlace(a: Fault, b: Fault): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1
  const { start } = a.range
  const other = b.range.start
  return start.line - other.line || start.column - other.column || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}

/** The files with every fix made that can be made; what is refused stays a fault. */
export function lintFixes(faults: readonly Fault[]): FileChange[] {
  const byObject = new Map<LintObject, YamlChange[]>()
  for (const { fix } of faults) {
    if (fix !== undefined) byObject.set(fix.object, [...(byObject.get(fix.object) ?? []), ...fix.changes])
  }
  const byFile = new Map<YamlFile, LintObject[]>()
  for (const object of byObject.keys()) byFile.set(object.file, [...(byFile.get(object.file) ?? []), object])
  return [...byFile].flatMap(([file, objects]): FileChange[] => {
    const edits = objects.flatMap((object) => {
      const result = yamlEdit(file, object.node, byObject.get(object) ?? [])
      return 'edits' in result ? result.edits : []
    })
    return edits.length === 0 ? [] : [{ path: file.path, before: file.text, after: applyEdits(file.text, edits) }]
  })
}
