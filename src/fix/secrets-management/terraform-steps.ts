import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { otherPlaces } from './occurrences.ts'
import { rotation } from './runbook.ts'
import { SEARCH } from './steps.ts'
import { secretOf, secureAll } from './terraform.ts'

/** What is left to do for the literals that Terraform's files no longer hold. */
export function terraformSteps(complaints: readonly Complaint[], context: FixContext): readonly NextStep[] {
  if (complaints.length === 0) return []
  const { required } = secureAll(complaints, context)
  const roots = complaints.map(({ at }) => at.resource.root)
  return uniqueSteps([
    ...required.map(({ root, name }): NextStep => ({
      kind: 'value',
      text: `Set TF_VAR_${name} wherever Terraform runs in ${root}: a protected variable of the pipeline, typed by people, never in a file of the repository`,
      command: `read -rs TF_VAR_${name} && export TF_VAR_${name}`,
    })),
    ...planSteps(
      roots,
      'what took the old value changes in place; nothing may be replaced but machines by their user data',
    ),
    ...complaints.flatMap(({ at, ruleId, data }): NextStep[] => {
      const name = String(data['name'] ?? data['attribute'] ?? '')
      const way = rotation(ruleId === 'provider-no-credentials' ? 'AWS_ACCESS_KEY_ID' : name)
      return [{ kind: 'rollout', text: `Rotate ${name} of ${at.resource.address}: ${way}` }]
    }),
    ...complaints.flatMap((complaint) => elsewhere(complaint, context)),
    ...[...new Set(roots)].toSorted().map((root): NextStep => ({
      kind: 'prove',
      text: `No plan or log shows the value: it is marked (sensitive value). The state of ${root} still holds it: see who may read that`,
      command: `terraform -chdir=${shellWord(root)} plan | grep -c 'sensitive value'`,
    })),
    SEARCH,
  ])
}

function elsewhere(complaint: Complaint, { estate }: FixContext): readonly NextStep[] {
  const value = secretOf(complaint)
  const { at, data } = complaint
  const places = value === undefined ? [] : otherPlaces(value, estate, at.location)
  if (places.length === 0) return []
  const name = String(data['name'] ?? data['attribute'] ?? '')
  const text = `The value of ${name} (${at.resource.address}) was also written in ${places.join(', ')}: see that each is gone, and rotate them together`
  return [{ kind: 'read', text }]
}
