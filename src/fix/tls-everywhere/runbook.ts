import type { Complaint } from '../fixer.ts'

/** What a person does before and after a fix that is held. */
export function runbookFor({ ruleId, key }: Complaint, reason: string): string {
  const steps = ruleId === 'alb-tls-minimum' && key === 'plain' ? HTTPS : (STEPS.get(ruleId) ?? SETTING)
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

const HTTPS = [
  'See that the zone is delegated: `dig +short NS ZONE` names the servers of the hosted zone. If it does not, the certificate never gets valid and apply hangs.',
  'Look in the access logs for clients of port 80 that send other requests than GET, or do not follow redirects (webhooks, devices, health checks), and give them the https:// address first.',
  'Write `values.domainName`, and `values.hostedZone` if the zone is in Route 53, into `secops.yaml`; approve.',
  'Apply in this order if you want no gap: `terraform apply -target` the certificate validation, then everything else.',
  'Point the name at the load balancer (alias record), and see `curl -I http://NAME` answer 301 and `curl -I https://NAME` 200.',
  'To go back, revert the commit and apply. The certificate may stay.',
]

const SETTING = [
  'Look in the access logs for clients that would be cut off.',
  'Apply it in a test environment first, and read the `terraform plan`: it changes in place.',
  'To go back, revert the commit and apply.',
]

const STEPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['alb-listener-https', HTTPS],
  ['alb-http-redirect', HTTPS],
  [
    'elb-listener-tls',
    [
      ...HTTPS.slice(0, 4),
      'A classic load balancer cannot redirect: tell the users of http:// the new address, or put an application load balancer in its place.',
      'See `curl -I https://NAME` answer; to go back, revert the commit and apply.',
    ],
  ],
  [
    'alb-target-group-https',
    [
      'Give the targets a certificate (a self-signed one will do, the load balancer does not verify it) and let them listen with TLS on their port.',
      'Try it: `curl -k https://TARGET:PORT/` from inside the VPC.',
      'Approve and apply: a second target group is made, the listener moves to it, then the old one goes.',
      'Register the targets with the new group where Terraform does not do it (ECS and the AWS Load Balancer Controller do).',
      'Watch the healthy hosts of the new group before the old one goes; to go back, revert the commit and apply.',
    ],
  ],
  [
    'alb-waf',
    [
      'Approve and apply. Known bad inputs and bad addresses are blocked; the common rules only count.',
      'After two weeks read what they counted, exclude what hits your own users, and change `count` to `none` there.',
      'To go back, remove the association; it ends at once.',
    ],
  ],
  [
    'lb-access-logs',
    [
      'Choose a bucket in the region of the load balancer, with SSE-S3, and write it as `values.logBucket` in `secops.yaml`.',
      'Let `logdelivery.elasticloadbalancing.amazonaws.com` put objects below `lb/` by its bucket policy, and apply that first.',
      'Approve and apply; a test object appears within minutes.',
    ],
  ],
  [
    'source-hsts',
    [
      'See that every page of the name works over HTTPS.',
      'Roll out with `max-age=300` first if you are not sure, then with a year.',
      'To go back, send `max-age=0` over HTTPS for as long as the header was sent: taking it out is not enough.',
    ],
  ],
  [
    'cloudfront-hsts',
    [
      'See that every page of the name works over HTTPS.',
      'To go back, send `max-age=0` over HTTPS for as long as the header was sent: taking it out is not enough.',
    ],
  ],
])
