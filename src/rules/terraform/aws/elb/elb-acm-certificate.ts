import { decide, type Place, type Tri } from '../../../../resources/place.ts'
import { defineRule, notApplicable, undecided } from '../../../rule.ts'
import { isEncrypted } from '../../../shared/terraform-load-balancers.ts'
import { settingsAt } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'elb-acm-certificate',
  title: 'Classic load balancers take their certificates from ACM',
  severity: 'low',
  severityReason:
    'A certificate that was uploaded by hand is not renewed and its private key lies somewhere else as well; nobody gets in ' +
    'by that alone.',
  controls: ['SC-12', 'IA-5'],
  sameAs: ['checkov:CKV_AWS_127'],
  kind: 'terraform',
  resources: ['aws_elb'],
  messages: {
    foreign: 'The certificate of this listener does not come from ACM, so nothing renews it.',
    missing: 'This encrypted listener names no certificate.',
  },
  remediation: 'Request or import the certificate with `aws_acm_certificate` and give its ARN as `ssl_certificate_id`.',
  *check(elb) {
    const { places, open } = settingsAt(elb, 'listener.*.lb_protocol')
    let encrypted = false
    for (const protocol of places) {
      const verdict = decide(protocol.string(), isEncrypted)
      if (verdict === 'no') continue
      encrypted = true
      const at = protocol.parent?.get('ssl_certificate_id') ?? protocol
      const managed = isFromAcm(at)
      if (managed === 'yes') continue
      if (verdict === 'unknown' || managed === 'unknown' || !protocol.certain) {
        yield undecided(managed === 'unknown' ? at : protocol, 'where its certificate comes from is not known')
      } else yield { at, message: at.absent ? 'missing' : 'foreign' }
    }
    for (const place of open) yield undecided(place, 'there may be more listeners than can be read')
    if (!encrypted && open.length === 0) yield notApplicable('none of its listeners ends TLS')
  },
})

function isFromAcm(at: Place): Tri {
  const { value } = at
  if (at.absent) return 'no'
  const types = value?.refs?.map(({ address }) => address) ?? []
  if (types.some((address) => address.includes('aws_acm_certificate'))) return 'yes'
  if (types.some((address) => address.includes('aws_iam_server_certificate'))) return 'no'
  return decide(at.string(), (arn) => arn !== undefined && /^arn:[\w-]+:acm:/.test(arn))
}
