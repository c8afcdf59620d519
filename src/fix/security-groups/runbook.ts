import type { RulePlan } from './plan.ts'

const GO_BACK = 'To go back, revert the commit and apply; rules come back within seconds.'

const STEPS: Readonly<Record<RulePlan['kind'] | 'description' | 'default', readonly string[]>> = {
  admins: [
    'Write the networks that administrators come from as `values.adminCidrs` in `secops.yaml`: the VPN, the office, not one laptop at home.',
    'Look for others who connect: VPC flow logs, `ACCEPT` on this port, source addresses of the last weeks.',
    'Have a second way in before applying: Session Manager or EC2 Instance Connect Endpoint.',
    'Approve, read the `terraform plan`, apply, and connect from one of the networks while the old session is still open.',
    GO_BACK,
  ],
  application: [
    'Look for other clients in the flow logs: `ACCEPT` on this port, source addresses of the last weeks.',
    'Give each that must stay a rule for its own networks, or let it in by its group.',
    'Approve, read the `terraform plan`, apply, and let the application read and write once.',
    GO_BACK,
  ],
  balancer: [
    'Look into the access logs of the servers for clients that are not the load balancer.',
    'Point DNS names that lead to the servers themselves at the load balancer.',
    `Approve and apply. ${GO_BACK}`,
  ],
  tier: [
    'List what really connects: VPC flow logs, `ACCEPT`, by port and source, of the last weeks, month ends included.',
    'Write a rule for each that is needed and that this fix does not make: monitoring, deployment, replication, administration.',
    'Approve, read the `terraform plan`, apply in a test environment first, then outside of busy hours.',
    'Watch for time-outs; what is missing now shows in the flow logs as `REJECT`.',
    GO_BACK,
  ],
  egress: [
    'List what leaves: VPC flow logs, `ACCEPT` to addresses outside of the VPC, by port.',
    'Write a rule for each other port that is needed, to the networks that it goes to.',
    'Reach AWS through endpoints where there are any; port 443 stays open.',
    `Approve and apply. ${GO_BACK}`,
  ],
  description: [
    'The group is replaced: AWS cannot change its description. It cannot be deleted while anything has it, so that `terraform apply` waits and fails.',
    'Add `lifecycle { create_before_destroy = true }` and, as names are unique, turn `name` into `name_prefix`; apply when members may change groups.',
    'Rules of other groups that name this one by its id get the new id; rules made by hand do not.',
    'To go back, revert the commit and apply: the group is replaced once more.',
  ],
  default: [
    'Find its members: `aws ec2 describe-network-interfaces --filters Name=group-name,Values=default`.',
    'Give each of them a group of its own, with the rules that it needs, and apply that first.',
    'Approve and apply. Taking the group over removes all of its rules.',
    'To go back, add the rules to the `aws_default_security_group`; `terraform destroy` does not bring them back.',
  ],
}

export function runbookFor(kind: keyof typeof STEPS, reason: string): string {
  return [`**Why it is held.** ${reason}`, '', ...STEPS[kind].map((step, i) => `${i + 1}. ${step}`)].join('\n')
}
