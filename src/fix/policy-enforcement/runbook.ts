import type { Complaint, NextStep } from '../fixer.ts'
import { shellWord, uniqueSteps } from '../shared/steps.ts'

/** What a person does before and after a fix that is held. */
export function runbookFor({ ruleId, at: { resource } }: Complaint, reason: string): string {
  const name = shellWord(`${resource.type.toLowerCase()}/${resource.name}`)
  const steps =
    ruleId === 'webhook-fails-open'
      ? [
          'See that the webhook has two replicas or more on different nodes, a PodDisruptionBudget and a readiness probe, and that its certificate is renewed in time.',
          'Look at its metrics for a week: requests that took longer than `timeoutSeconds`, or failed, would have been refused.',
          'See that nothing that mends the cluster has to pass it: the exempted namespaces hold the control plane, the webhook itself, and what issues its certificate.',
          'Approve and apply outside of busy hours. Stop the webhook in a test cluster, and see that a Pod is refused in a namespace of yours and created in kube-system.',
          `Stuck? \`kubectl patch ${name} --type json\` with \`failurePolicy: Ignore\`, or delete the configuration: neither passes a webhook.`,
        ]
      : [
          `Read what it counts today: \`kubectl get ${name} -o jsonpath='{.status.totalViolations}'\`, and \`.status.violations\`.`,
          'Mend those, or exclude them with a reason. An object that breaks the policy goes on running, and is refused when its Pod is created anew.',
          'Set it to `warn` for a week if you are not sure: users then see the message, and nothing is refused.',
          'Approve and apply; watch events of ReplicaSets for `denied the request`.',
          'To go back, revert the commit and apply: it ends at once.',
        ]
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

/** What is left to do for the complaints that were settled. */
export function stepsFor(complaints: readonly Complaint[]): readonly NextStep[] {
  return uniqueSteps(
    complaints.flatMap(({ ruleId, at: { resource } }): NextStep[] => {
      const name = shellWord(`${resource.type.toLowerCase()}/${resource.name}`)
      if (ruleId === 'webhook-fails-open') {
        return [
          {
            kind: 'rollout',
            text: `Before ${resource.name} fails closed: two replicas on different nodes, a PodDisruptionBudget, a readiness probe`,
          },
          {
            kind: 'prove',
            text: `${resource.name}: Fail, with the exempted namespaces`,
            command: `kubectl get ${name} -o yaml`,
          },
          {
            kind: 'prove',
            text: 'In a test cluster, with the webhook scaled to 0, a Pod is refused in your namespaces and created in kube-system',
            command: 'kubectl run probe --image=registry.k8s.io/pause:3.10 --dry-run=server',
          },
        ]
      }
      return [
        {
          kind: 'rollout',
          text: `${resource.name}: mend or exclude what it counts before it denies`,
          command: `kubectl get ${name} -o jsonpath='{.status.violations}'`,
        },
        {
          kind: 'prove',
          text: `${resource.name}: a Pod that breaks it is refused`,
          command: `kubectl get ${name} -o jsonpath='{.spec.enforcementAction}'`,
        },
      ]
    }),
  )
}
