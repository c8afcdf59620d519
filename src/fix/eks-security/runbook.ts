import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Complaint } from '../fixer.ts'
import { shellWord } from '../shared/steps.ts'

/** The cluster's name as a word of the shell: `"$CLUSTER"` if the code does not say it. */
export function clusterWord(resource: TerraformResource): string {
  const name = Place.of(resource)
    .get(resource.type === 'aws_eks_node_group' ? 'cluster_name' : 'name')
    .string()
  return name.kind === 'known' ? shellWord(name.value) : '"$CLUSTER"'
}

/** What a person does before and after a fix that is held. */
export function runbookFor({ ruleId }: Complaint, resource: TerraformResource, reason: string): string {
  const steps = STEPS.get(ruleId)?.(clusterWord(resource)) ?? []
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

const STEPS: ReadonlyMap<string, (cluster: string) => readonly string[]> = new Map([
  [
    'eks-no-public-cidr',
    (cluster: string) => [
      'List who connects: `sourceIPs` in the audit log of the control plane (switch that on first, it is automatic), over a week at least.',
      'Write the networks of administrators and pipelines as `values.adminCidrs` into `secops.yaml`. Hosted runners of GitHub have no fixed addresses: use runners of your own inside the VPC, or a proxy with one.',
      `Approve and apply; it changes in place. \`kubectl get --raw /readyz\` works from there, and \`aws eks describe-cluster --name ${cluster} --query cluster.resourcesVpcConfig.publicAccessCidrs\` shows them.`,
      'Locked out? The AWS API is not behind this endpoint: revert the commit and apply, or `aws eks update-cluster-config`.',
    ],
  ],
  [
    'eks-private-endpoint',
    (cluster: string) => [
      'Make a way into the VPC first: VPN, Direct Connect, a bastion with Session Manager, runners inside the VPC. Try `kubectl` from there after the private endpoint is on.',
      'See that the VPC has `enable_dns_support` and `enable_dns_hostnames`: without them the name of the endpoint does not resolve inside.',
      'Let the networks that administrators come from reach 443 in the security group of the cluster.',
      `Approve and apply. \`aws eks describe-cluster --name ${cluster} --query cluster.resourcesVpcConfig\` shows false and true.`,
      'Locked out? The AWS API is not behind this endpoint: revert the commit and apply.',
    ],
  ],
  [
    'eks-secrets-encryption',
    (cluster: string) => [
      'Decide on the key: `values.kmsKeyArn`, or the new one that rotates. **Never** delete or disable it while the cluster lives.',
      'Give those who run Terraform kms:CreateGrant and kms:DescribeKey on it.',
      'Approve and apply; it takes up to an hour and changes in place.',
      'Write all Secrets once more, so that they get the key: `kubectl get secrets -A -o json | kubectl annotate --overwrite -f - kms-encryption-timestamp="$(date -Is)"`.',
      `\`aws eks describe-cluster --name ${cluster} --query cluster.encryptionConfig\` shows the key.`,
    ],
  ],
  [
    'eks-node-group-ssh',
    (cluster: string) => [
      'Try Session Manager on a node: the role of the nodes needs `AmazonSSMManagedInstanceCore`.',
      'Make a second node group beside this one and let it become ready, since a node group is destroyed before its successor comes.',
      'Drain the nodes of this one, and see that PodDisruptionBudgets let you.',
      `Approve and apply. \`aws eks describe-nodegroup --cluster-name ${cluster} --nodegroup-name NAME --query nodegroup.resources\` shows no remoteAccessSecurityGroup.`,
    ],
  ],
])
