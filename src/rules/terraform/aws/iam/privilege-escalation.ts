import type { Place } from '../../../../resources/place.ts'
import { undecided } from '../../../rule.ts'
import { type EscalationPath, openPaths } from '../../../shared/terraform-iam-escalation.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/** Actions by which the holder of a policy gets more than it gives. */
export const privilegeEscalation: PolicyConcern<'path'> = {
  severity: 'high',
  severityReason:
    'One stolen identity of this kind is an administrator a few calls later, though no policy says so; it takes that ' +
    'identity first.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  messages: { path: 'With {path} the holder {how}{more}.' },
  remediation:
    'Limit the action to named users, roles or functions, pass only named roles and only to one service ' +
    '(iam:PassedToService), or require a permissions boundary (iam:PermissionsBoundary).',
  *judge({ grants }) {
    const byPlace = new Map<string, { at: Place; paths: EscalationPath[] }>()
    const found = openPaths(grants)
    for (const { path, verdict, at } of found) {
      if (verdict === 'unknown') continue
      const entry = byPlace.get(at.pathText) ?? { at, paths: [] }
      entry.paths.push(path)
      byPlace.set(at.pathText, entry)
    }
    for (const { at, paths } of byPlace.values()) {
      const [first] = paths
      if (first === undefined) continue
      const more =
        paths.length === 1
          ? ''
          : `; there ${paths.length === 2 ? 'is one more way' : `are ${paths.length - 1} more ways`}`
      yield { at, message: 'path', data: { path: first.actions.join(' and '), how: first.how, more } }
    }
    const open = found.find(({ verdict }) => verdict === 'unknown')
    if (byPlace.size === 0 && open !== undefined) yield undecided(open.at)
  },
}
