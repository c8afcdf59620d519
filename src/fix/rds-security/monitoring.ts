import { addTopBlocks, attribute, folderOf, raw, resource, setOwnAttribute } from '../../edit/hcl/index.ts'
import { type Estate, refersTo } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Reference } from '../../resources/value.ts'
import { freeName, rootAttribute, type TerraformTarget } from '../shared/target.ts'
import type { Remedy, Session } from './session.ts'
import { setNumber } from './settings.ts'

const SERVICE = 'monitoring.rds.amazonaws.com'
const POLICY = 'AmazonRDSEnhancedMonitoringRole'
const SECONDS = 60

/** Operating-system metrics each minute; they need a role that may write them. */
export const enhancedMonitoring: Remedy = {
  judge: (_, { estate }, target) => {
    const there = target.resource.value.entries.has('monitoring_role_arn') || roleOf(estate, target) !== undefined
    const title = 'Send operating-system metrics every minute'
    const cost = 'CloudWatch takes a few dollars a month for each instance, as log data.'
    if (there) return { rank: 'E', title, minutes: 1, reason: cost }
    return {
      rank: 'D',
      title: `${title}, with a role for it`,
      minutes: 5,
      reason: `It adds a role that only RDS can use. ${cost}`,
    }
  },
  apply: (session, { at }) => {
    const { edits, estate, database } = session
    const role = database.get('monitoring_role_arn')
    const refused = at.absent ? setOwnAttribute(edits, estate, at, SECONDS) : setNumber(session, at, SECONDS)
    if (refused !== undefined || !role.absent) return refused
    return setOwnAttribute(edits, estate, role, raw(`aws_iam_role.${roleName(session)}.arn`))
  },
}

/** The role of the module that RDS may take for it: other databases have it, it has the policy for it, or trusts RDS. */
function roleOf(estate: Estate, { resource: own, dir }: TerraformTarget): string | undefined {
  const { root, modulePath } = own
  const users = [
    ...['aws_db_instance', 'aws_rds_cluster_instance'].flatMap((type) =>
      referencesOf(estate, type, root, 'monitoring_role_arn'),
    ),
    ...estate
      .terraform('aws_iam_role_policy_attachment', root)
      .filter((attachment) => sourceText(attachment).includes(POLICY))
      .flatMap((attachment) => Place.of(attachment).get('role').value?.refs ?? []),
  ]
  return estate.terraform('aws_iam_role', root).find((role) => {
    const { source } = role
    if (role.modulePath !== modulePath || source === undefined || role.dormant) return false
    const single = ['count', 'for_each'].every((name) => rootAttribute(source, name) === undefined)
    if (!single || folderOf(source.document.path) !== dir) return false
    return users.some((reference) => refersTo(reference, role)) || sourceText(role).includes(SERVICE)
  })?.name
}

function referencesOf(estate: Estate, type: string, root: string, attribute: string): readonly Reference[] {
  return estate.terraform(type, root).flatMap((one) => Place.of(one).get(attribute).value?.refs ?? [])
}

function sourceText({ source }: TerraformResource): string {
  return source === undefined ? '' : source.document.text.slice(source.block.span.start, source.block.span.end)
}

function roleName({ estate, edits, done, target }: Session): string {
  const there = roleOf(estate, target)
  if (there !== undefined) return there
  const name = freeName(target, 'aws_iam_role', 'rds_monitoring', 'role')
  const key = `monitoring role ${target.dir}`
  if (done.has(key)) return name
  done.add(key)
  const trust = `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect    = "Allow"
    Principal = { Service = "${SERVICE}" }
    Action    = "sts:AssumeRole"
  }]
})`
  addTopBlocks(edits, estate, target.dir, 'iam.tf', [
    resource('aws_iam_role', name, [
      attribute('name_prefix', 'rds-monitoring-'),
      attribute('assume_role_policy', raw(trust)),
    ]),
    resource('aws_iam_role_policy_attachment', name, [
      attribute('role', raw(`aws_iam_role.${name}.name`)),
      attribute('policy_arn', `arn:aws:iam::aws:policy/service-role/${POLICY}`),
    ]),
  ])
  return name
}
