import { defineRule, undecided } from '../../../rule.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'eks-node-group-ssh',
  title: 'Nodes of EKS are not reached by SSH from the internet',
  severity: 'high',
  severityReason:
    'EKS opens port 22 of every node to 0.0.0.0/0, and behind it are the credentials of all pods on the node; it ' +
    'takes the private key or a hole in SSH, and a node with a public address.',
  controls: ['AC-17', 'AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_100'],
  kind: 'terraform',
  resources: ['aws_eks_node_group'],
  messages: { open: 'SSH on these nodes is open to everybody: a key is named, and no `source_security_group_ids`.' },
  remediation:
    'Take `remote_access` out and use Session Manager, or name the security groups that may connect. Either replaces ' +
    'the node group.',
  *check(group) {
    const access = group.get('remote_access')
    for (const block of access.items()) {
      const key = block.get('ec2_ssh_key')
      const groups = isThere(block.get('source_security_group_ids'))
      const keyed = isThere(key)
      if (keyed === 'no' || groups === 'yes') continue
      if (keyed === 'unknown' || groups === 'unknown' || !block.certain)
        yield undecided(keyed === 'unknown' ? key : block, 'whether SSH is let in, and from where, is not known')
      else yield { at: key, message: 'open' }
    }
    if (access.items().length === 0 && access.mayHaveMore()) yield undecided(access)
  },
})
