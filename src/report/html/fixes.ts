import type { FixResult, HeldFix } from '../../verify/results.ts'
import { count } from '../words.ts'
import { type Content, markup, type Markup } from './markup.ts'
import { dataTable, name, type Section } from './parts.ts'

/** Lines of the diff on the page; the whole one lies with the run. */
const DIFF_LINES = 2_000
const ROWS = 1_000

export function fixesSection(fix: FixResult): Section {
  const applied = fix.applied.slice(0, ROWS)
  const link = diffLinks(fix)
  return {
    id: 'fixes',
    title: fix.dryRun ? 'Fixes that would be made' : 'Fixes',
    content: [
      markup`<p>${count(fix.applied.length, 'finding')} ${fix.dryRun ? 'would be' : fix.applied.length === 1 ? 'was' : 'were'} fixed in ${count(fix.files.length, 'file')}, ${fix.held.length} held for approval, ${fix.refused.length} not fixed.${fix.runId !== '' && markup` Run ${name(fix.runId)}.`}</p>`,
      applied.length > 0 &&
        dataTable(
          applied.length < fix.applied.length ? `The first ${ROWS} findings fixed` : 'Findings fixed',
          [{ title: 'Resource' }, { title: 'Fix' }, { title: 'Rank' }, { title: 'Files' }],
          applied.map((one) => [
            name(one.address),
            markup`${one.title}<br><span class="quiet small">${one.fixer}, <span class="id">${one.ruleId}</span></span>`,
            one.rank,
            one.files.map((file, index) => [index > 0 && markup`<br>`, link(file)]),
          ]),
        ),
      fix.held.length > 0 && markup`<h3>Held for approval</h3>${fix.held.map(heldDetails)}`,
      fix.refused.length > 0 && [
        markup`<h3>Not fixed</h3>`,
        dataTable(
          'Findings that no approval releases',
          [{ title: 'Resource' }, { title: 'Rule' }, { title: 'Why' }],
          fix.refused
            .slice(0, ROWS)
            .map((one) => [
              name(one.address),
              name(one.ruleId),
              markup`${one.reason} <span class="quiet">(${one.code})</span>`,
            ]),
        ),
      ],
    ],
  }
}

/** Names a changed file, with a link to its changes if they are on the page. */
export function diffLinks(fix: FixResult): (file: string) => Markup {
  const shown = new Set(filesOfDiff(fix.diff.split('\n').slice(0, DIFF_LINES)).map(({ path }) => path))
  return (file) => (shown.has(file) ? markup`<a class="id" href="#${diffAnchor(file)}">${file}</a>` : name(file))
}

function heldDetails(held: HeldFix): Markup {
  return markup`<details class="group"><summary><span class="badge warn">${held.rank}</span> <strong>${held.title}</strong> <span class="quiet">${name(held.address)}</span></summary><div class="inside"><p>${held.reason}</p>${held.blastRadius.length > 0 && markup`<p>Touches: ${held.blastRadius.map((one, index) => [index > 0 && ', ', name(one)])}</p>`}${held.needs.map(({ key, question }) => markup`<p>Needs ${name(key)}: ${question}</p>`)}${held.runbook !== '' && markup`<pre>${held.runbook}</pre>`}<p class="small quiet">Release with secops fix --approve ${held.rank}, or --approve <span class="id">${held.fingerprint.slice(0, 8)}</span> for this one alone.</p></div></details>`
}

export function nextStepsSection(fix: FixResult): Section | undefined {
  if (fix.nextSteps.length === 0) return undefined
  return {
    id: 'next',
    title: 'Next steps',
    content: markup`<ol>${fix.nextSteps.map(({ text, command }) => markup`<li>${text}${command !== undefined && markup`<pre>${command}</pre>`}</li>`)}</ol>`,
  }
}

export function diffSection(fix: FixResult): Section | undefined {
  if (fix.diff === '') return undefined
  const all = fix.diff.replace(/\n$/, '').split('\n')
  const more = all.length - DIFF_LINES
  return {
    id: 'diff',
    title: 'Changes',
    content: [
      markup`<p>${count(all.length, 'line')} of unified diff over ${count(fix.files.length, 'file')}.</p>`,
      filesOfDiff(all.slice(0, DIFF_LINES)).map(
        ({ path, lines }) =>
          markup`<details class="group"><summary>${name(path)} <span class="quiet">${count(lines.length, 'line')}</span></summary><div class="inside" id="${diffAnchor(path)}"><pre class="diff">${lines.map(diffLine)}</pre></div></details>`,
      ),
      more > 0 &&
        markup`<p>and ${count(more, 'more line')}: the whole diff lies in <span class="id">.secops/runs/${fix.runId}</span>.</p>`,
    ],
  }
}

/** A unified diff, cut where the next file begins: two headers before a hunk, where changed lines would have context behind them. */
function filesOfDiff(lines: readonly string[]): { path: string; lines: string[] }[] {
  const files: { path: string; lines: string[] }[] = []
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1] ?? ''
    if (line.startsWith('--- ') && next.startsWith('+++ ') && (lines[at + 2] ?? '').startsWith('@@')) {
      const header = next === '+++ /dev/null' ? line : next
      files.push({ path: header.replace(/^(?:---|\+\+\+) [ab]\//, ''), lines: [] })
    }
    if (files.length === 0) files.push({ path: 'changes', lines: [] })
    files.at(-1)?.lines.push(line)
  }
  return files
}

/** The id of a file's changes on the page, inside their details: following a link to it opens them. */
function diffAnchor(path: string): string {
  return `diff-${path.replace(/[^\w-]/g, (char) => `_${char.codePointAt(0)?.toString(16) ?? ''}`)}`
}

function diffLine(line: string): Content {
  const kind = /^(\+\+\+|---|@@)/.test(line) ? 'hunk' : line.startsWith('+') ? 'add' : line.startsWith('-') ? 'del' : ''
  return [kind === '' ? line : markup`<span class="${kind}">${line}</span>`, '\n']
}
