import { publicIngressRule } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-unrestricted-egress',
  title: 'No egress rule opens every port of the internet',
  severity: 'medium',
  severityReason:
    'Whoever has taken over a host can call home, send data out and mine on any port and protocol; it takes that host first.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_382', 'trivy:AWS-0104'],
  direction: 'egress',
  guarded: [{ name: 'every port', low: 1, high: 65_535, protocols: ['tcp', 'udp'] }],
  message: 'Hosts behind this group can reach {ports} of the whole internet ({cidr}).',
  remediation:
    'Allow what is needed: 443 to the internet, DNS and databases inside the VPC. Reach AWS through endpoints and their ' +
    'prefix lists.',
})
