import { defineRule, notApplicable, undecided } from '../../rule.ts'

export default defineRule({
  id: 'k8s-constraint-not-enforced',
  title: 'Gatekeeper constraints are enforced',
  severity: 'low',
  severityReason:
    'A policy in trial mode reports and lets everything through. It hides no weakness of its own: what breaks the policy ' +
    'is found by other rules.',
  controls: ['AC-3', 'CM-6'],
  sameAs: [],
  kind: 'kubernetes',
  // A constraint's kind is the name that its template invents.
  resources: ['*'],
  messages: {
    trial: 'Constraint {constraint} only reports (enforcementAction: {action}): what it forbids is admitted.',
  },
  remediation:
    'Look at the violations that the constraint counts in its status, resolve them, then set `enforcementAction: deny` ' +
    '(or remove the line: deny is the default).',
  *check(constraint) {
    const { resource } = constraint
    if (resource.kind !== 'kubernetes' || !resource.apiVersion.startsWith('constraints.gatekeeper.sh/')) {
      return yield notApplicable('it is no Gatekeeper constraint')
    }
    const at = constraint.get('spec', 'enforcementAction')
    const action = at.string()
    if (action.kind === 'unknown') yield undecided(at)
    else if (action.kind === 'known' && (action.value === 'dryrun' || action.value === 'warn')) {
      yield { at, message: 'trial', data: { constraint: resource.name, action: action.value } }
    }
  },
})
