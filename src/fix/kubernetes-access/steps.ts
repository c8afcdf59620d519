import { Place } from '../../resources/place.ts'
import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { uniqueSteps } from '../shared/steps.ts'
import { textAt } from '../shared/text-at.ts'
import { ACCOUNT_RULE } from './accounts.ts'
import { NETWORK_RULE } from './network.ts'
import { holders, ROLE_RULES } from './roles.ts'

export function nextSteps(complaints: readonly Complaint[], { estate }: FixContext): readonly NextStep[] {
  return uniqueSteps(
    complaints.flatMap((complaint): readonly NextStep[] => {
      const { resource, parent } = { resource: complaint.at.resource, parent: complaint.at.parent }
      if (resource.kind !== 'kubernetes') return []
      if (complaint.ruleId === NETWORK_RULE) return networkSteps(deployedNamespace(resource, estate) ?? 'default')
      if (ROLE_RULES.includes(complaint.ruleId)) {
        const accounts = holders(resource, estate).filter((holder) => holder.startsWith('ServiceAccount '))
        return accounts.map((account): NextStep => {
          const [namespace = '', name = ''] = account.slice('ServiceAccount '.length).split('/')
          return {
            kind: 'prove',
            text: `${account} may do what ${resource.type} ${resource.name} names and no more`,
            command: `kubectl auth can-i --list --as=system:serviceaccount:${namespace}:${name} -n ${namespace}`,
          }
        })
      }
      if (complaint.ruleId !== ACCOUNT_RULE) return []
      const namespace = parent === undefined ? undefined : textAt(parent.get('namespace'))
      const role = textAt(Place.of(resource).get('roleRef', 'name')) ?? 'the role'
      return [
        {
          kind: 'rollout',
          text: `Name the new ServiceAccount (serviceAccountName) in the pods of ${namespace ?? 'the namespace'} that need ${role}, before the binding is applied`,
        },
        {
          kind: 'prove',
          text: 'The default ServiceAccount has no rights of its own any more',
          command: `kubectl auth can-i --list --as=system:serviceaccount:${namespace ?? 'default'}:default -n ${namespace ?? 'default'}`,
        },
      ]
    }),
  )
}

function networkSteps(namespace: string): readonly NextStep[] {
  return [
    {
      kind: 'read',
      text: `Compare what the new policies of ${namespace} allow with the flows of the network plugin: monitoring, backups, other namespaces, clients from outside. Outgoing traffic is not restricted yet`,
    },
    {
      kind: 'prove',
      text: `A pod that no policy names cannot connect: the request to a Service of ${namespace} times out`,
      command: `kubectl run probe --rm -i --restart=Never --image=busybox:1.37 -- wget -T 5 -qO- http://SERVICE.${namespace}`,
    },
    {
      kind: 'prove',
      text: `The policies of ${namespace} are there`,
      command: `kubectl -n ${namespace} get networkpolicy`,
    },
  ]
}
