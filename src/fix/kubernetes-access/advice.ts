import type { Complaint, FixRefusal } from '../fixer.ts'
import { textAt } from '../shared/text-at.ts'

/** Rules whose findings a person settles, and what that person does. */
const ADVICE: ReadonlyMap<string, (complaint: Complaint) => string> = new Map([
  [
    'k8s-cluster-admin-binding',
    ({ at }: Complaint) =>
      `what ${textAt(at) ?? 'the subject'} needs is not known here: list it in a role of its own, bind that, and delete this binding; its \`roleRef\` cannot be changed in place`,
  ],
  [
    'k8s-default-namespace',
    () =>
      'an object cannot be moved to another namespace: it is made anew there, with its Secrets, ConfigMaps, volumes and the names by which others reach it. Give the project a namespace, deploy everything there, move the traffic, then delete the old objects',
  ],
])

export const ADVICE_RULES: readonly string[] = [...ADVICE.keys()]

export function advise(complaint: Complaint): FixRefusal {
  return { code: 'no-fix', refused: ADVICE.get(complaint.ruleId)?.(complaint) ?? 'a person decides' }
}
