import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

type Message = 'old' | 'builtIn'

export default defineRule<Message>({
  id: 'cloudfront-tls-minimum',
  title: 'CloudFront accepts TLS 1.2 and later only',
  severity: 'medium',
  severityReason:
    'TLS 1.0 and 1.1 rest on SHA-1 and on ciphers with known attacks, and a viewer can be talked down to them; using that ' +
    'takes a place in the network and much traffic.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_174', 'trivy:AWS-0013'],
  kind: 'terraform',
  resources: ['aws_cloudfront_distribution'],
  messages: {
    old: 'Viewers may use old versions of TLS: the least version is {version}.',
    builtIn: 'With the certificate of cloudfront.net viewers may use TLS 1.0, whatever the least version is set to.',
  },
  remediation:
    'Use a name and an ACM certificate of your own, `ssl_support_method = "sni-only"` and `minimum_protocol_version = ' +
    '"TLSv1.2_2021"`.',
  *check(distribution) {
    const certificate = distribution.get('viewer_certificate')
    const shared = certificate.get('cloudfront_default_certificate')
    const builtIn = decide(shared.bool(), (value) => value === true)
    if (builtIn === 'yes') {
      yield { at: shared, message: 'builtIn', severity: 'low' }
      return
    }
    const at = certificate.get('minimum_protocol_version')
    const version = at.string()
    const current = refuses(at, 'TLSv1', 'TLSv1.1_2016', null) ? 'yes' : decide(version, isCurrent)
    if (builtIn === 'unknown' || (current === 'yes' && !certificate.get('acm_certificate_arn').certain)) {
      yield undecided(shared, 'which certificate viewers get is not known')
    } else if (current === 'yes') yield pass('it needs TLS 1.2')
    else {
      const data = { version: version.kind === 'known' ? version.value : 'TLSv1, the default' }
      yield* requireAttribute({ at, reading: version, holds: isCurrent, message: 'old', data })
    }
  },
})

function isCurrent(version: string | undefined): boolean {
  return version !== undefined && /^TLSv1\.[23]_/.test(version)
}
