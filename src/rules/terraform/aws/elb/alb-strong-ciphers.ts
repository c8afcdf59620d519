import { hasStrongCiphers, tlsPolicyRule } from '../../../shared/terraform-tls-policies.ts'

export default tlsPolicyRule({
  id: 'alb-strong-ciphers',
  title: 'Load balancers offer only ciphers with forward secrecy',
  severity: 'low',
  severityReason:
    'Traffic that was recorded can be read later by whoever gets hold of the private key, which the load balancer does not ' +
    'give away.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV2_AWS_74', 'trivy:AWS-0047'],
  accepts: hasStrongCiphers,
  witness: 'ELBSecurityPolicy-TLS-1-2-2017-01',
  message: '{policy} offers ciphers without forward secrecy.',
  remediation:
    'Set `ssl_policy` to `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09`, or to another policy without RSA key exchange.',
})
