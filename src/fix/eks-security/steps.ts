import type { TerraformResource } from '../../resources/resource.ts'
import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, uniqueSteps } from '../shared/steps.ts'
import { terraformTarget } from '../shared/target.ts'
import { clusterWord } from './runbook.ts'

/** What is left to do for the complaints that were settled. */
export function stepsFor(complaints: readonly Complaint[], { estate }: FixContext): readonly NextStep[] {
  const settled = complaints.flatMap(({ ruleId, at: { resource } }) =>
    resource.kind === 'terraform' && terraformTarget(estate, resource) !== undefined ? [{ ruleId, resource }] : [],
  )
  const steps: NextStep[] = [
    ...planSteps(
      settled.map(({ resource }) => resource.root),
      'clusters change in place, none may be replaced; node groups only if you released that',
    ),
  ]
  return uniqueSteps([...steps, ...settled.flatMap(({ ruleId, resource }) => STEPS.get(ruleId)?.(resource) ?? [])])
}

type Steps = (resource: TerraformResource) => readonly NextStep[]

function proof(resource: TerraformResource, text: string, query: string): NextStep {
  return {
    kind: 'prove',
    text: `${resource.address}: ${text}`,
    command: `aws eks describe-cluster --name ${clusterWord(resource)} --query ${query}`,
  }
}

const DNS: NextStep = {
  kind: 'read',
  text: 'The private endpoint needs `enable_dns_support` and `enable_dns_hostnames` on the VPC of the cluster',
  command: 'aws ec2 describe-vpc-attribute --attribute enableDnsHostnames --vpc-id "$VPC"',
}

const STEPS: ReadonlyMap<string, Steps> = new Map<string, Steps>([
  [
    'eks-control-plane-logs',
    (resource) => [
      proof(resource, 'all five types are enabled', 'cluster.logging'),
      {
        kind: 'read',
        text: 'Logs of the control plane cost 0.50 US dollars a GB taken in (CloudWatch pricing, us-east-1, looked up 2026-11-21), a few GB a month for a small cluster. Declare the log group /aws/eks/NAME/cluster with a retention, import it if EKS made it already',
      },
    ],
  ],
  [
    'eks-private-access',
    (resource) => [DNS, proof(resource, 'endpointPrivateAccess is true', 'cluster.resourcesVpcConfig')],
  ],
  [
    'eks-no-public-cidr',
    (resource) => [
      DNS,
      proof(resource, 'publicAccessCidrs are your networks', 'cluster.resourcesVpcConfig.publicAccessCidrs'),
      {
        kind: 'prove',
        text: 'The API server answers from there, and from nowhere else',
        command: 'kubectl get --raw /readyz',
      },
    ],
  ],
  [
    'eks-private-endpoint',
    (resource) => [
      DNS,
      { kind: 'rollout', text: 'Try kubectl from inside the VPC before the plan is applied' },
      proof(resource, 'endpointPublicAccess is false', 'cluster.resourcesVpcConfig'),
    ],
  ],
  [
    'eks-secrets-encryption',
    (resource) => [
      { kind: 'rollout', text: 'Keep the key for as long as the cluster lives: without it the cluster is lost' },
      {
        kind: 'rollout',
        text: 'Write all Secrets once more after the plan is applied, so that they get the key',
        command:
          'kubectl get secrets -A -o json | kubectl annotate --overwrite -f - kms-encryption-timestamp="$(date -Is)"',
      },
      proof(resource, 'shows the key', 'cluster.encryptionConfig'),
      {
        kind: 'read',
        text: 'A customer-managed KMS key costs about 1 US dollar a month, and its first two yearly rotations 1 more each (AWS price list, 2026)',
      },
    ],
  ],
  [
    'eks-node-group-ssh',
    (resource) => [
      { kind: 'rollout', text: `${resource.address} is replaced: make a second node group and drain this one first` },
    ],
  ],
])
