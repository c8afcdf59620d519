import {
  addTopBlocks,
  attribute,
  block,
  type BlockSpec,
  type EditRefusal,
  GAP,
  type HclValue,
  type ItemSpec,
  raw,
  resource,
} from '../../edit/hcl/index.ts'
import { decide, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { freeName, providerOf, rootAttribute, type TerraformTarget } from '../shared/target.ts'
import { giveDomain } from './domain.ts'
import type { Session } from './session.ts'

const VALIDATION = 'aws_acm_certificate_validation'

/**
 * The ARN of a certificate that DNS has proven: of one that the module has, or of a new one for `var.domain_name`, with
 * its records where the zone is known. Taken from the validation, so that no listener comes before the proof.
 * @param name of the new resources, if it is free
 */
export function certificateFor(session: Session, name: string): HclValue | EditRefusal {
  const { target, done } = session
  const there = existingCertificate(target)
  if (there !== undefined) return raw(there)
  const provider = providerOf(target)
  const key = `certificate ${target.dir} ${provider ?? ''}`
  const certificate = freeName(target, 'aws_acm_certificate', name, 'certificate')
  const validation = freeName(target, VALIDATION, certificate, 'validation')
  const arn = raw(`${VALIDATION}.${validation}.certificate_arn`)
  const [made] = [...done].filter((entry) => entry.startsWith(`${key} = `))
  if (made !== undefined) return raw(made.slice(key.length + 3))
  const refused = giveDomain(session)
  if (refused !== undefined) return refused
  const meta: readonly ItemSpec[] = provider === undefined ? [] : [attribute('provider', raw(provider)), GAP]
  const zone = zoneFor(session, meta)
  const records = zone === undefined ? undefined : freeName(target, 'aws_route53_record', 'certificate', 'validation')
  const blocks: BlockSpec[] = [
    resource('aws_acm_certificate', certificate, [
      ...meta,
      attribute('domain_name', raw('var.domain_name')),
      attribute('validation_method', 'DNS'),
      block('lifecycle', [attribute('create_before_destroy', true)]),
    ]),
  ]
  if (zone !== undefined && records !== undefined) blocks.push(recordsFor(certificate, records, zone, meta))
  blocks.push(
    resource(VALIDATION, validation, [
      ...meta,
      attribute('certificate_arn', raw(`aws_acm_certificate.${certificate}.arn`)),
      ...(records === undefined
        ? []
        : [attribute('validation_record_fqdns', raw(`[for record in aws_route53_record.${records} : record.fqdn]`))]),
    ]),
  )
  addNear(session, 'acm.tf', blocks)
  done.add(`${key} = ${arn.raw}`)
  return arn
}

/** A certificate of the module, proven or not, that is not one of several and lies in the same region. */
function existingCertificate(target: TerraformTarget): string | undefined {
  const { estate, resource: own } = target
  const mine = (type: string): TerraformResource | undefined =>
    estate.terraform(type, own.root).find((other) => {
      const { source } = other
      return (
        other.modulePath === own.modulePath &&
        !other.dormant &&
        source !== undefined &&
        rootAttribute(source, 'count') === undefined &&
        rootAttribute(source, 'for_each') === undefined &&
        providerOf(source) === providerOf(target)
      )
    })
  const validation = mine(VALIDATION)
  if (validation !== undefined) return `${VALIDATION}.${validation.name}.certificate_arn`
  const certificate = mine('aws_acm_certificate') ?? mine('data.aws_acm_certificate')
  if (certificate === undefined) return undefined
  return `${certificate.type}.${certificate.name}.arn`
}

/** True if the module has a certificate that a listener can take, so that no name has to be known. */
export function hasCertificate(target: TerraformTarget): boolean {
  return existingCertificate(target) !== undefined
}

function recordsFor(certificate: string, name: string, zone: HclValue, meta: readonly ItemSpec[]): BlockSpec {
  return resource('aws_route53_record', name, [
    ...meta,
    attribute(
      'for_each',
      raw(`{
  for option in aws_acm_certificate.${certificate}.domain_validation_options : option.domain_name => {
    name   = option.resource_record_name
    type   = option.resource_record_type
    record = option.resource_record_value
  }
}`),
    ),
    GAP,
    attribute('zone_id', zone),
    attribute('name', raw('each.value.name')),
    attribute('type', raw('each.value.type')),
    attribute('records', raw('[each.value.record]')),
    attribute('ttl', 60),
    attribute('allow_overwrite', true),
  ])
}

/** The id of the public zone that the name lies in: one that the module declares or reads, else that of `secops.yaml`. */
function zoneFor(session: Session, meta: readonly ItemSpec[]): HclValue | undefined {
  const { target, values } = session
  const declared = declaredZone(target, values.hostedZone ?? values.domainName)
  if (declared !== undefined) return raw(declared)
  const { hostedZone } = values
  if (hostedZone === undefined) return undefined
  if (/^Z[A-Z0-9]{5,}$/.test(hostedZone)) return hostedZone
  const name = freeName(target, 'aws_route53_zone', 'public', 'zone')
  addNear(session, 'data.tf', [
    block('data', [...meta, attribute('name', hostedZone.replace(/\.$/, ''))], ['aws_route53_zone', name]),
  ])
  return raw(`data.aws_route53_zone.${name}.zone_id`)
}

/** A reference to the zone of the module that is not private and whose name the domain ends in. */
export function declaredZone(
  { estate, resource: own }: TerraformTarget,
  domain: string | undefined,
): string | undefined {
  const zones = ['aws_route53_zone', 'data.aws_route53_zone'].flatMap((type) => estate.terraform(type, own.root))
  const fitting = zones.filter((zone) => {
    const { source } = zone
    if (zone.modulePath !== own.modulePath || zone.dormant || source === undefined) return false
    if (rootAttribute(source, 'count') !== undefined || rootAttribute(source, 'for_each') !== undefined) return false
    const place = Place.of(zone)
    if (!place.get('vpc').absent || decide(place.get('private_zone').bool(), (flag) => flag !== true) !== 'yes')
      return false
    const name = place.get('name').string()
    return domain === undefined || name.kind !== 'known' || endsIn(domain, name.value.replace(/\.$/, ''))
  })
  const [zone, ...others] = fitting
  return zone === undefined || others.length > 0 ? undefined : `${zone.type}.${zone.name}.zone_id`
}

function endsIn(domain: string, zone: string): boolean {
  return domain === zone || domain.endsWith(`.${zone}`)
}

/** New blocks in a file of their own where the module has a file for each service, else where the listener is. */
export function addNear({ edits, estate, target }: Session, fileName: string, blocks: readonly BlockSpec[]): void {
  const files = estate
    .moduleDocuments(target.dir)
    .filter(({ body }) => body.items.some((item) => item.kind === 'block' && item.type === 'resource'))
  const named = estate
    .moduleDocuments(target.dir)
    .some(({ path }) => path.endsWith(`/${fileName}`) || path === fileName)
  if (files.length > 1 || named || target.document.syntax === 'json') {
    addTopBlocks(edits, estate, target.dir, fileName, blocks)
    return
  }
  for (const each of blocks) edits.addBlockAfter(target.document, target.block, each)
}
