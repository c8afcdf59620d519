import type { NextStep } from '../fix/fixer.ts'
import type { FixPlan } from '../verify/plan.ts'
import type { Session } from './session.ts'

/**
 * What a person does after a run, in order: values to give, what to read, what to roll out first, and the commands that
 * prove each fix. The fixers speak first, then come the steps that any change needs.
 */
export function nextStepsOf(session: Session, plan: FixPlan): NextStep[] {
  const context = { estate: plan.before.estate, values: session.project.config.values }
  const steps: NextStep[] = []
  const fixers = new Set(
    plan.applied.flatMap(({ judged: { remedy } }) => (remedy.kind === 'fixer' ? [remedy.fixer] : [])),
  )
  for (const fixer of fixers) {
    const complaints = plan.applied
      .filter(
        ({ judged: { remedy }, curedBy }) => remedy.kind === 'fixer' && remedy.fixer === fixer && curedBy === undefined,
      )
      .map(({ judged }) => judged.complaint)
    if (complaints.length > 0) steps.push(...fixer.nextSteps(complaints, context))
  }
  const commands = new Set(steps.map(({ command }) => command?.replace(' -chdir=.', '')))
  steps.push(...missingValues(plan), ...planSteps(plan).filter(({ command }) => !commands.has(command)))
  const order: readonly NextStep['kind'][] = ['value', 'read', 'rollout', 'prove']
  const seen = new Set<string>()
  return order
    .flatMap((kind) => steps.filter((step) => step.kind === kind))
    .filter((step) => {
      const key = `${step.text}\u0000${step.command ?? ''}`
      return seen.has(key) ? false : seen.add(key)
    })
}

/** Each missing value once, with the key of secops.yaml that gives it. */
function missingValues(plan: FixPlan): NextStep[] {
  const needs = plan.held.flatMap(({ remedy }) => (remedy.kind === 'fixer' ? (remedy.assessment.needs ?? []) : []))
  return [...new Map(needs.map((need) => [need.key, need])).values()].map(({ key, question }) => ({
    kind: 'value',
    text: `${question} Set ${key} in secops.yaml.`,
  }))
}

/** Terraform is planned per root module; manifests are compared with the cluster in one go. */
function planSteps(plan: FixPlan): NextStep[] {
  const changed = new Set(plan.changes.map(({ path }) => path))
  if (changed.size === 0) return []
  const roots = new Set<string>()
  const manifests = new Set<string>()
  for (const { judged } of plan.applied) {
    const { resource, location } = judged.finding
    if (resource.kind === 'terraform') roots.add(resource.root)
    else if (resource.kind === 'kubernetes' && changed.has(location.file)) manifests.add(location.file)
  }
  return [
    ...[...roots].sort().map((root): NextStep => ({
      kind: 'prove',
      text: `See that Terraform plans these changes and no others in ${root === '.' ? 'the root module' : root}.`,
      command: `terraform ${root === '.' ? '' : `-chdir=${root} `}plan`,
    })),
    ...(manifests.size === 0
      ? []
      : [
          {
            kind: 'rollout' as const,
            text: 'Compare the changed manifests with the cluster before applying them.',
            command: `kubectl diff ${[...manifests]
              .sort()
              .map((file) => `-f ${file}`)
              .join(' ')}`,
          },
        ]),
  ]
}
