// node bench/fix/minimal.mjs [--each N] ESTATE...: how many of the lines that our fixes change the rules need. See ../README.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { diffLines } from 'diff'
import { parse as parseYaml } from 'yaml'
import { importSources } from '../../scripts/sources.mjs'

const { values: options, positionals: estates } = parseArgs({
  allowPositionals: true,
  // Lines tried for one rule; more than that are counted as needed.
  options: { each: { type: 'string', default: '120' } },
})
if (estates.length === 0) {
  process.stderr.write('usage: minimal.mjs [--each N] ESTATE...\n')
  process.exit(2)
}

const { RULES, FIXERS, planFixes, compareAudits, isClean, testPlanInput, auditProject } = await importSources([
  "export { RULES } from './src/rules/index.ts'",
  "export { FIXERS } from './src/fix/index.ts'",
  "export { planFixes } from './src/verify/plan.ts'",
  "export { compareAudits, isClean } from './src/verify/compare.ts'",
  "export { auditProject, testPlanInput } from './src/testing/project.ts'",
])
const ratios = []
for (const path of estates) {
  const estate = resolve(path)
  const files = textsOf(estate)
  const values = valuesOf(estate)
  const project = { files, rules: RULES, fixers: FIXERS, values }
  const input = testPlanInput(project, 'B')
  for (const rule of RULES) {
    if (!input.before.result.findings.some((finding) => finding.ruleId === rule.id)) continue
    const plan = planFixes({ ...input, scope: { fixers: [], rules: [rule.id] } })
    if (plan.applied.length === 0) continue
    const fixed = new Set(plan.applied.map(({ judged: { finding } }) => keyOf(finding)))
    // What a fix may bring along knowingly is no reason to need more of it.
    const known = new Set([...input.before.result.findings, ...plan.after.result.findings].map(keyOf))
    const judged = plan.applied.map((applied) => applied.judged)
    const holds = (texts) => {
      const own = auditProject({ ...project, files: texts, rules: [rule] })
      if (own.result.findings.some((one) => fixed.has(keyOf(one)))) return false
      const all = auditProject({ ...project, files: texts })
      const objections = compareAudits(input.before, all, judged, input.locks)
      return isClean({ ...objections, newFindings: [] }) && all.result.findings.every((one) => known.has(keyOf(one)))
    }
    const { changed, needed } = minimised(files, Object.fromEntries(plan.files), holds)
    if (changed === 0) continue
    ratios.push(changed / Math.max(1, needed))
    process.stdout.write(
      `${basename(estate)} ${rule.id}: ${plan.applied.length} fixes, ${changed} lines changed, ${needed} needed\n`,
    )
  }
}
ratios.sort((a, b) => a - b)
process.stdout.write(
  `\n${ratios.length} rules; median ${ratios[Math.floor(ratios.length / 2)]?.toFixed(2)}, worst ${ratios.at(-1)?.toFixed(2)}\n`,
)

/** Takes changed paragraphs and lines back, one by one, as long as the fix still holds. */
function minimised(before, after, holds) {
  const parts = new Map()
  for (const [path, text] of Object.entries(after)) {
    if (before[path] !== text) parts.set(path, partsOf(before[path] ?? '', text))
  }
  const all = [...parts.values()].flat().filter(({ kind }) => kind !== 'same')
  const changed = all.reduce((sum, part) => sum + part.lines, 0)
  let tries = Number(options.each)
  for (const part of all.toReversed()) {
    if (tries-- <= 0) break
    part.reverted = true
    const texts = { ...after }
    for (const [path, list] of parts) texts[path] = list.map(textOf).join('')
    if (!holds(texts)) part.reverted = false
  }
  const reverted = all.filter((part) => part.reverted).reduce((sum, part) => sum + part.lines, 0)
  return { changed, needed: changed - reverted }
}

function textOf({ kind, old = '', text, reverted }) {
  if (kind === 'same') return text
  return reverted === true ? old : text
}

/** Equal text, lines that were replaced, and added paragraphs. */
function partsOf(before, after) {
  const parts = []
  const changes = diffLines(before, after)
  for (let i = 0; i < changes.length; i++) {
    const change = changes[i]
    const next = changes[i + 1]
    if (!change.added && !change.removed) parts.push({ kind: 'same', text: change.value })
    else if (change.removed && next?.added) {
      const [olds, news] = [linesOf(change.value), linesOf(next.value)]
      for (let at = 0; at < Math.max(olds.length, news.length); at++) {
        parts.push({ kind: 'changed', old: olds[at] ?? '', text: news[at] ?? '', lines: 1 })
      }
      i += 1
    } else if (change.removed)
      parts.push({ kind: 'changed', old: change.value, text: '', lines: linesOf(change.value).length })
    else
      for (const text of linesOf(change.value))
        parts.push({ kind: 'changed', old: '', text, lines: text.trim() === '' ? 0 : 1 })
  }
  return parts
}

function linesOf(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function keyOf({ ruleId, resource, message }) {
  return `${ruleId} ${resource.root} ${resource.address} ${message}`
}

function textsOf(folder) {
  const texts = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || /\/(?:\.git|\.secops|node_modules)\//.test(path)) continue
    if (/\.(?:tf|tfvars|ya?ml|json|ts|js)$|Dockerfile/.test(path))
      texts[relative(folder, path)] = readFileSync(path, 'utf8')
  }
  return texts
}

function valuesOf(estate) {
  const own = new URL(`values/${basename(estate)}.yaml`, import.meta.url)
  const file = existsSync(own) ? fileURLToPath(own) : join(estate, 'secops.yaml')
  return existsSync(file) ? (parseYaml(readFileSync(file, 'utf8')).values ?? {}) : {}
}
