import type { ComplianceResult, RequirementResult } from '../../compliance/comply.ts'
import type { FixResult, FrameworkScores } from '../../verify/results.ts'
import { exposureSentences, scoreWords } from '../compliance-words.ts'
import { count, percent } from '../words.ts'
import { meter, statusChart } from './charts.ts'
import { diffLinks } from './fixes.ts'
import { type Content, markup, type Markup } from './markup.ts'
import { dataTable, name, ruleAnchor, type Section, statusBadge } from './parts.ts'

/** Rows of evidence under one requirement; the rest is counted, and in the JSON. */
const EVIDENCE = 100

/** The three scores of a framework side by side, with where they stood before. */
export function scoreCards(result: ComplianceResult, before: FrameworkScores['before'] | undefined): Markup {
  return markup`<h2>${result.title}</h2>${result.retired !== undefined && markup`<p class="small quiet">This version was retired on ${result.retired}.</p>`}<dl class="scores">${scoreWords(
    result.scores,
  ).map(
    (score) =>
      markup`<div class="score"><dt>${score.name}</dt><dd class="value">${score.value}</dd><dd>${meter(result.scores[score.name], before?.[score.name])}</dd><dd class="small quiet">${score.meaning}${before !== undefined && `; before: ${percent(before[score.name])}`}</dd></div>`,
  )}</dl>`
}

/** @param fix the run's, to lead from a check that passes now to the change that made it so */
export function complianceSection(result: ComplianceResult, fix?: FixResult): Section {
  const changes = changesOf(fix)
  return {
    id: `framework-${result.framework.replaceAll('.', '-')}`,
    title: `Requirements of ${result.title}`,
    content: [
      statusChart(result.requirements),
      markup`<p>Partial is not in place: the weakest resource decides. Open a requirement to see what speaks to it.</p>`,
      dataTable(
        `Requirements, as of ${result.asOf}`,
        [{ title: 'Requirement' }, { title: 'Status' }, { title: 'Subject and reason' }],
        result.requirements.map((requirement) => [
          markup`<span class="id nowrap">${requirement.id}</span>`,
          statusBadge(requirement.status),
          requirementDetails(requirement, changes),
        ]),
      ),
      notCounted(result),
      projection(result),
      markup`<h3>Exposure</h3>${exposureSentences(result.exposure).map((sentence) => markup`<p>${sentence}</p>`)}`,
    ],
  }
}

function requirementDetails(requirement: RequirementResult, changes: Changes): Markup {
  const { attestation } = requirement
  return markup`<details><summary>${requirement.subject}<br><span class="quiet">${requirement.reason}</span></summary>${requirement.note !== undefined && markup`<p>${requirement.note}</p>`}${requirement.evidenceWanted !== undefined && markup`<p>Wanted by an assessor: ${requirement.evidenceWanted}.</p>`}${crossWalk(requirement)}${
    attestation &&
    markup`<p>Attested by ${attestation.owner} on ${attestation.date}, until ${attestation.expires}: ${attestation.statement} Evidence: ${name(attestation.evidence.file)}, SHA-256 ${name(attestation.evidence.sha256)}.</p>`
  }${requirement.exceptions.map(
    (exception) =>
      markup`<p>Exception for ${name(exception.target)}: ${exception.reason} (${exception.owner}, until ${exception.expires})${exception.compensatingControl !== undefined && `. Compensating control: ${exception.compensatingControl}`}</p>`,
  )}${evidenceTable(requirement, changes)}</details>`
}

/** What a run changed for a check: rule and resource, and the words that lead to the change. */
type Changes = ReadonlyMap<string, Content>

function changesOf(fix: FixResult | undefined): Changes {
  if (fix === undefined) return new Map()
  const link = diffLinks(fix)
  return new Map(fix.applied.map((one) => [checkKey(one), one.files.map((file) => markup`<br>fixed in ${link(file)}`)]))
}

function checkKey(check: { readonly ruleId: string; readonly address: string }): string {
  return `${check.ruleId} ${check.address}`
}

function crossWalk(requirement: RequirementResult): Content {
  const list = (label: string, ids: readonly string[]): Content =>
    ids.length > 0 && markup`<p class="small quiet">${label}: ${ids.join(', ')}</p>`
  return [list('Succeeded by', requirement.successors), list('Successor of', requirement.predecessors)]
}

function evidenceTable(requirement: RequirementResult, changes: Changes): Content {
  const { evidence } = requirement
  if (evidence.length === 0) return markup`<p>No evidence from configuration.</p>`
  const rows = evidence
    .slice(0, EVIDENCE)
    .map((one) => [
      one.outcome === 'failed'
        ? markup`<a class="id nowrap" href="#${ruleAnchor(one.ruleId)}">${one.ruleId}</a>`
        : markup`<span class="id nowrap">${one.ruleId}</span>`,
      [one.outcome, one.outcome === 'passed' && changes.get(checkKey(one))],
      [name(one.address), one.file !== '' && markup`<br><span class="id quiet">${one.file}:${one.line}</span>`],
      markup`<span class="id" title="${one.sha256}">${one.sha256.slice(0, 12)}</span>`,
    ])
  const more = evidence.length - rows.length
  return [
    dataTable(
      `${count(evidence.length, 'check')}, failures first`,
      [{ title: 'Rule' }, { title: 'Outcome' }, { title: 'Resource and place' }, { title: 'SHA-256 of the file' }],
      rows,
    ),
    more > 0 && markup`<p class="small">${count(more, 'more check')}: see secops comply --format json.</p>`,
  ]
}

function notCounted(result: ComplianceResult): Content {
  if (result.notCounted.length === 0) return undefined
  return markup`<h3>Statements that do not count</h3><ul>${result.notCounted.map(
    ({ kind, subject, owner, reason }) =>
      markup`<li>${kind} ${name(subject)}${owner !== undefined && ` by ${owner}`}: ${reason}</li>`,
  )}</ul>`
}

function projection(result: ComplianceResult): Content {
  if (result.projection === undefined || result.projection.length === 0) return undefined
  return [
    markup`<h3>After each step of the plan</h3>`,
    dataTable(
      'Scores computed by applying each step in memory and auditing again',
      [
        { title: 'Step', number: true },
        { title: 'Fixer' },
        { title: 'Approval' },
        { title: 'Strict', number: true },
        { title: 'Progress', number: true },
        { title: 'Coverage', number: true },
        { title: 'Minutes', number: true },
        { title: 'Needs' },
      ],
      result.projection.map(({ step, fixer, approve, scores, minutes, needs }) => [
        step,
        name(fixer),
        approve,
        percent(scores.strict),
        percent(scores.progress),
        percent(scores.coverage),
        minutes,
        needs.map(({ key }) => key).join(', '),
      ]),
    ),
  ]
}
