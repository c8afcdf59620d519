import {
  attribute,
  block as blockSpec,
  type EditRefusal,
  findAttribute,
  findBlocks,
  type HclValue,
  type ItemSpec,
  raw,
  setNested,
  template,
} from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { getRoutes } from '../../resources/images/routes.ts'
import { Place } from '../../resources/place.ts'
import type { Complaint } from '../fixer.ts'
import { setSwitch } from '../shared/callers.ts'
import { once } from '../shared/session.ts'
import { RECOMMENDED_TLS_POLICY, type Remedy, type Session } from './session.ts'

/** A setting that one value mends; blocks that are missing on the way are added. */
export interface Setting {
  readonly rank: 'C' | 'D'
  readonly title: string
  readonly minutes: number
  readonly reason?: string
  readonly value: HclValue
  /** What else a block that is added needs. */
  readonly beside?: readonly ItemSpec[]
}

const OLD_CLIENTS = 'clients that know nothing newer than TLS 1.1 can no longer connect'
const YEAR = 31_536_000
const SEARCH_TLS_POLICY = 'Policy-Min-TLS-1-2-2019-07'

const TLS_POLICY: Setting = {
  rank: 'C',
  title: 'Set the security policy that AWS recommends',
  minutes: 15,
  reason: 'clients older than about 2014 can no longer connect: look at the TLS versions in the access logs first',
  value: RECOMMENDED_TLS_POLICY,
}

export const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['alb-tls-minimum', TLS_POLICY],
  ['alb-strong-ciphers', TLS_POLICY],
  [
    'alb-drop-invalid-headers',
    {
      rank: 'C',
      title: 'Drop invalid header fields',
      minutes: 5,
      reason: 'header names with an underscore are dropped too: check that no client or application uses one',
      value: true,
    },
  ],
  [
    'lb-deletion-protection',
    {
      rank: 'D',
      title: 'Protect the load balancer against deletion (`terraform destroy` needs it off first)',
      minutes: 2,
      value: true,
    },
  ],
  [
    'cloudfront-viewer-https',
    {
      rank: 'C',
      title: 'Redirect viewers to HTTPS',
      minutes: 5,
      reason: 'clients that send POST requests over HTTP, or do not follow redirects, fail from then on',
      value: 'redirect-to-https',
    },
  ],
  [
    'cloudfront-origin-https',
    {
      rank: 'C',
      title: 'Fetch from the origin over HTTPS only',
      minutes: 15,
      reason: 'viewers on HTTP so far proved nothing about the certificate of the origin: check that it answers on 443',
      value: 'https-only',
    },
  ],
  [
    'cloudfront-origin-tls-protocols',
    {
      rank: 'C',
      title: 'Speak TLS 1.2 only with the origin',
      minutes: 10,
      reason: 'an origin that has nothing newer than TLS 1.1 is cut off',
      value: ['TLSv1.2'],
    },
  ],
  [
    'cloudfront-tls-minimum',
    {
      rank: 'C',
      title: 'Require TLS 1.2',
      minutes: 10,
      reason: 'viewers older than about 2014 can no longer connect',
      value: 'TLSv1.2_2021',
    },
  ],
  [
    'cloudfront-hsts',
    {
      rank: 'C',
      title: 'Send Strict-Transport-Security for a year',
      minutes: 10,
      reason: 'browsers refuse HTTP for this name for a year afterwards, whatever is changed back',
      value: YEAR,
      beside: [attribute('override', true)],
    },
  ],
  [
    'apigateway-domain-tls',
    { rank: 'C', title: 'Require TLS 1.2', minutes: 10, reason: OLD_CLIENTS, value: 'TLS_1_2' },
  ],
  [
    'opensearch-enforce-https',
    {
      rank: 'C',
      title: 'Refuse plain HTTP',
      minutes: 10,
      reason: 'clients and agents that use http:// fail from then on',
      value: true,
      beside: [attribute('tls_security_policy', SEARCH_TLS_POLICY)],
    },
  ],
  [
    'opensearch-tls-policy',
    {
      rank: 'C',
      title: 'Require TLS 1.2',
      minutes: 10,
      reason: OLD_CLIENTS,
      value: SEARCH_TLS_POLICY,
      beside: [attribute('enforce_https', true)],
    },
  ],
])

/** Writes a setting's value where the wrong one is. */
export function applySetting(session: Session, { at, ruleId }: Complaint): EditRefusal | undefined {
  const setting = SETTINGS.get(ruleId)
  if (setting === undefined) return { refused: 'no value is known for it' }
  const {
    edits,
    estate,
    done,
    target: { document, block },
  } = session
  const { value, beside = [] } = setting
  const holder = at.parent
  if (holder?.value === undefined && holder !== undefined && holder.path.length > 0) {
    // Two rules, or two instances, may ask for the same block.
    const key = `${holder.pathText} of ${document.path} ${block.span.start}`
    if (done.has(key)) return undefined
    done.add(key)
    return setNested(edits, estate, at, value, beside)
  }
  if (typeof value === 'boolean' || typeof value === 'string')
    return at.absent ? setNested(edits, estate, at, value) : setSwitch(session, at, value)
  return setNested(edits, estate, at, value, beside)
}

/** Sends the access logs of a load balancer to the log bucket. */
export const logRequests: Remedy = (session, { at }) => {
  const { edits, estate, target } = session
  if (at.parent?.absent === false) return setSwitch(session, at, true)
  const bucket = logBucket(session)
  if (bucket === undefined) return { refused: 'no bucket for access logs is known' }
  const prefix = template(`lb/${target.resource.name.replaceAll('_', '-')}`)
  return once(session, `logs of ${target.document.path} ${target.block.span.start}`, () =>
    setNested(edits, estate, at, true, [attribute('bucket', bucket), attribute('prefix', prefix)]),
  )
}

/** `values.logBucket`: a reference, the bucket of that name if the module declares it, else the name. */
function logBucket({ values, estate, target }: Pick<Session, 'values' | 'estate' | 'target'>): HclValue | undefined {
  const { logBucket: given } = values
  if (given === undefined) return undefined
  if (/^(?:aws_s3_bucket|module|local|var|data)\.[\w.[\]"-]+$/.test(given)) return raw(given)
  const declared = estate.terraform('aws_s3_bucket', target.resource.root).find((bucket) => {
    const name = Place.of(bucket).get('bucket').string()
    return (
      name.kind === 'known' &&
      name.value === given &&
      bucket.modulePath === target.resource.modulePath &&
      bucket.address === bucket.baseAddress &&
      !bucket.dormant
    )
  })
  return declared === undefined ? given : raw(`aws_s3_bucket.${declared.name}.id`)
}

/**
 * The way from the load balancer to its targets. The protocol replaces the target group, which a listener holds on to:
 * so the new one has another name and comes first.
 */
export const encryptTargets: Remedy = ({ edits, estate, target, values, done }, { at }) => {
  const { document, block: from } = target
  if (document.syntax === 'json') return { refused: 'a target group in JSON syntax is not replaced safely' }
  if (done.has(`targets ${from.span.start} of ${document.path}`)) return undefined
  done.add(`targets ${from.span.start} of ${document.path}`)
  const refused = setSwitch({ edits, estate, values, done }, at, 'HTTPS')
  if (refused !== undefined) return refused
  const name = findAttribute(from, 'name')
  if (name !== undefined) {
    const text = document.text.slice(name.value.span.start, name.value.span.end)
    const known = Place.of(target.resource).get('name').string()
    const length = known.kind === 'known' ? known.value.length : undefined
    if (/^"[^"\n]*"$/.test(text) && length !== undefined && length + 4 <= 32)
      edits.replace(document, name.value.span, `${text.slice(0, -1)}-tls"`)
    else {
      edits.delete(document, from, name)
      edits.addItem(document, from, attribute('name_prefix', 'tls-'))
    }
  }
  const [check] = findBlocks(from, 'health_check')
  const protocol = check === undefined ? undefined : findAttribute(check, 'protocol')
  if (
    check !== undefined &&
    (protocol === undefined || /"HTTP"/i.test(document.text.slice(protocol.value.span.start, protocol.value.span.end)))
  )
    edits.setAttribute(document, check, 'protocol', 'HTTPS')
  if (check === undefined) {
    const path = readyPath(estate)
    const asked = path === undefined ? [] : [attribute('path', path)]
    edits.addBlock(document, from, blockSpec('health_check', [...asked, attribute('protocol', 'HTTPS')]))
  }
  const [lifecycle] = findBlocks(from, 'lifecycle')
  if (lifecycle === undefined)
    edits.addBlock(document, from, blockSpec('lifecycle', [attribute('create_before_destroy', true)]))
  else edits.setAttribute(document, lifecycle, 'create_before_destroy', true)
  return undefined
}

/** Where the one service of the project says that it is ready; which target group a service is behind is not known. */
function readyPath(estate: Estate): string | undefined {
  const [server, ...others] = estate.ofType('HttpServer')
  if (server === undefined || others.length > 0) return undefined
  return getRoutes(server.root, estate.files).find(({ path }) => /^\/(?:ready|readyz|readiness)$/.test(path))?.path
}
