import type { Estate } from '../../resources/estate.ts'
import { decide, Place } from '../../resources/place.ts'
import { defineRule, pass, undecided } from '../rule.ts'

export default defineRule({
  id: 'source-hsts',
  title: 'Services tell browsers to stay with HTTPS',
  severity: 'low',
  severityReason:
    'A browser that was here before comes back over HTTP if it is told so, and can be held there; that takes a place in the ' +
    'network and a visit that begins on HTTP.',
  confidence: 'medium',
  controls: ['SC-8', 'SC-23'],
  sameAs: [],
  kind: 'source',
  resources: ['HttpServer'],
  messages: { missing: 'Nothing in this service, nor in front of it, sends Strict-Transport-Security.' },
  remediation:
    'Send `Strict-Transport-Security: max-age=31536000` before the first route, or from the load balancer. Leave ' +
    '`includeSubDomains` and `preload` until every subdomain has HTTPS.',
  *check(server, { estate }) {
    const at = server.get('hsts')
    if (decide(at.bool(), (sent) => sent === true) === 'yes') return
    const edge = edgeWithHsts(estate)
    if (edge !== undefined) yield pass(`${edge} sends it`)
    else if (at.unknown !== undefined) yield undecided(at)
    else yield { at, message: 'missing' }
  },
})

/** Something in front of services that sends the header; which services it stands in front of is not looked into. */
function edgeWithHsts(estate: Estate): string | undefined {
  const ingress = estate.kubernetes('Ingress').find((resource) => {
    const place = Place.of(resource)
    const annotations = place.get('metadata', 'annotations')
    const texts = annotations.keys().map((key) => annotations.get(key).string())
    if (texts.some((text) => text.kind === 'known' && /strict-transport-security/i.test(text.value))) return true
    // The NGINX controller sends it by itself wherever it ends TLS.
    const className = place.get('spec', 'ingressClassName').string()
    return place.get('spec', 'tls').items().length > 0 && className.kind === 'known' && /nginx/.test(className.value)
  })
  if (ingress !== undefined) return ingress.address
  const header = 'routing_http_response_strict_transport_security_header_value'
  const listener = ['aws_lb_listener', 'aws_alb_listener']
    .flatMap((type) => estate.terraform(type))
    .find((resource) => !Place.of(resource).get(header).absent)
  if (listener !== undefined) return listener.address
  const policy = estate
    .terraform('aws_cloudfront_response_headers_policy')
    .find((resource) => !Place.of(resource).get('security_headers_config', 'strict_transport_security').absent)
  if (policy !== undefined) return policy.address
  for (const [path, text] of estate.files) {
    if (/\.conf(?:\.template)?$|(?:^|\/)Caddyfile$|(?:^|\/)httpd[^/]*$|(?:^|\/)traefik[^/]*$/.test(path)) {
      if (/strict-transport-security|stsSeconds/i.test(text)) return path
    }
  }
  return undefined
}
