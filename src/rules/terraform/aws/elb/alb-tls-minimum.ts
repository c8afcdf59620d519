import { needsTls12, tlsPolicyRule } from '../../../shared/terraform-tls-policies.ts'

export default tlsPolicyRule({
  id: 'alb-tls-minimum',
  title: 'Load balancers accept TLS 1.2 and later only',
  severity: 'medium',
  severityReason:
    'TLS 1.0 and 1.1 rest on SHA-1 and on ciphers with known attacks, and a client can be talked down to them; using that ' +
    'takes a place in the network and much traffic.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_103', 'trivy:AWS-0047'],
  accepts: needsTls12,
  witness: 'ELBSecurityPolicy-2016-08',
  message: '{policy} still accepts TLS 1.0 or 1.1.',
  plain: 'This listener takes plain HTTP: no version of TLS protects it.',
  remediation:
    'Set `ssl_policy` to `ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09` or another policy whose least version is TLS 1.2, ' +
    'and serve plain HTTP only to redirect it.',
})
