import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { decidesExistence } from '../shared/existence.ts'
import { dependents } from '../shared/references.ts'
import type { TerraformTarget } from '../shared/target.ts'
import { adminCidrs } from './endpoint.ts'
import { runbookFor } from './runbook.ts'

/** Judges one finding, before anything is tried. */
export function assessComplaint(
  target: TerraformTarget,
  complaint: Complaint,
  context: FixContext,
): Assessment | FixRefusal {
  const { resource } = target
  const group = `${resource.root} ${resource.baseAddress}`
  const blastRadius = dependents(context.estate, resource).map((user) => user.address)
  const held = (assessment: Omit<Assessment, 'group' | 'runbook'> & { readonly reason: string }): Assessment => ({
    ...assessment,
    group,
    runbook: runbookFor(complaint, resource, assessment.reason),
  })
  if (decidesExistence(context.estate, complaint.at))
    return { code: 'no-fix', refused: 'the variable behind it also decides whether the resource exists' }
  switch (complaint.ruleId) {
    case 'eks-control-plane-logs':
      return { rank: 'E', title: 'Log all of the control plane', minutes: 2, group }
    case 'eks-private-access':
      return { rank: 'D', title: 'Let nodes reach the API server inside the VPC', minutes: 10, group }
    case 'eks-no-public-cidr':
      return held({
        rank: 'C',
        title: 'Let named networks only reach the public endpoint',
        minutes: 20,
        reason: 'people and pipelines that connect from elsewhere, such as hosted runners, are refused from then on',
        blastRadius,
        needs:
          adminCidrs(context.values) === undefined
            ? [
                {
                  key: 'values.adminCidrs',
                  question: 'From which networks do administrators and pipelines reach the cluster?',
                },
              ]
            : [],
      })
    case 'eks-private-endpoint':
      return held({
        rank: 'B',
        title: 'Close the public endpoint, open the private one',
        minutes: 60,
        reason: 'people and pipelines outside the VPC are cut off from the cluster',
        blastRadius: [...blastRadius, ...providers(context, target)],
      })
    case 'eks-secrets-encryption':
      return held({
        rank: 'B',
        title: 'Encrypt Secrets with a key of your own',
        minutes: 30,
        reason: 'it cannot be taken back, and whoever loses the key loses the cluster',
        blastRadius,
      })
    case 'eks-node-group-ssh':
      return held({
        rank: 'B',
        title: 'Take SSH off the nodes',
        minutes: 45,
        reason: 'the node group is replaced, and all pods on it move',
        blastRadius,
      })
    default:
      return {
        code: 'no-fix',
        refused:
          'a cluster is upgraded one minor version at a time, after removed APIs, add-ons and nodes were looked at',
      }
  }
}

/** Terraform itself may talk to the cluster, and not from within the VPC. */
function providers({ estate }: FixContext, { resource }: TerraformTarget): readonly string[] {
  return ['kubernetes', 'helm', 'kubectl']
    .filter((name) => estate.terraform(`provider.${name}`, resource.root).length > 0)
    .map((name) => `provider ${name} of this module connects to the cluster: run Terraform inside the VPC then`)
}
