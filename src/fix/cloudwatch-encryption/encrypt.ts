import {
  attribute,
  attributeOf,
  block,
  documentStyle,
  type EditRefusal,
  GAP,
  type HclValue,
  indentAt,
  raw,
  resource,
  setOwnAttribute,
  setPlace,
  template,
} from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { accountId } from '../shared/account.ts'
import { callerFolder, callOf, passArgument, variableName } from '../shared/callers.ts'
import { keyFor, type KeyPlace } from '../shared/key.ts'
import { orElse } from '../shared/or-else.ts'
import { type FixSession, once } from '../shared/session.ts'
import {
  freeName,
  metaArguments,
  providerOf,
  referenceTo,
  rootAttribute,
  type TerraformTarget,
} from '../shared/target.ts'
import { literalRegion, TRAIL_GROUP } from './log-groups.ts'
import { purposeOf } from './purposes.ts'
import { periodFor, wantedDays } from './retention.ts'

/** Where a resource's key belongs: beside it, or where a module is called that takes its key as an argument. */
interface KeySlot {
  readonly place: KeyPlace
  readonly call: TerraformResource | undefined
  readonly argument: string | undefined
}

function slotOf(session: FixSession, target: TerraformTarget, at: Place): KeySlot {
  const { resource: holder, dir } = target
  const argument = variableName(attributeOf(at)?.expression)
  const call = argument === undefined ? undefined : callOf(session, holder)
  if (call !== undefined) {
    const place = { dir: callerFolder(call), root: call.root, modulePath: call.modulePath, provider: undefined }
    return { place, call, argument }
  }
  const place = {
    dir,
    root: holder.root,
    modulePath: holder.modulePath,
    provider: providerOf(target),
    region: literalRegion(holder),
  }
  return { place, call: undefined, argument: undefined }
}

/** Names a customer-managed key in an attribute, in place; a module that takes it as an argument gets it from its caller. */
export function nameKey(session: FixSession, target: TerraformTarget, at: Place): EditRefusal | undefined {
  const { place, call, argument } = slotOf(session, target, at)
  const owner = call?.source?.block ?? target.block
  return once(session, `key of ${at.pathText} ${target.document.path} ${owner.span.start}`, () => {
    if (!at.certain) return { refused: 'it stands in a dynamic block whose for_each is not known' }
    if (rootAttribute(target, 'region') !== undefined && literalRegion(target.resource) === undefined) {
      return { refused: 'its region is computed, and a key does not reach into another one' }
    }
    if (call !== undefined && argument !== undefined) {
      return passArgument(session, call, argument, keyOf(session, target, place))
    }
    return setOwnAttribute(session.edits, session.estate, at, orElse(at, keyOf(session, target, place)))
  })
}

function keyOf(session: FixSession, { resource: { type } }: TerraformTarget, place: KeyPlace): HclValue {
  return keyFor(session, purposeOf(type, session.estate, place), place)
}

/** Only a parameter of the type SecureString takes a key; of one that is known to be another nothing is asked. */
export function encryptParameter(session: FixSession, target: TerraformTarget, at: Place): EditRefusal | undefined {
  const type = Place.of(target.resource).get('type').string()
  if (type.kind === 'known' && type.value === 'SecureString') return nameKey(session, target, at)
  return { refused: 'whether it is a SecureString, which alone takes a key, is not known' }
}

/** Turns the encryption of a stream on, with a key of its own if none is named. */
export function encryptStream(session: FixSession, target: TerraformTarget): EditRefusal | undefined {
  const stream = Place.of(target.resource)
  const refused = setPlace(session.edits, session.estate, stream.get('encryption_type'), 'KMS', { orReplace: true })
  const key = stream.get('kms_key_id')
  return refused ?? (key.absent ? nameKey(session, target, key) : undefined)
}

/** Adds or completes the encryption block of a table. */
export function encryptTable(session: FixSession, target: TerraformTarget): EditRefusal | undefined {
  const { edits, estate } = session
  const table = Place.of(target.resource)
  const setting = table.get('server_side_encryption')
  if (setting.items().length === 0) {
    if (setting.mayHaveMore()) return { refused: 'its encryption comes from a dynamic block' }
    return once(session, `table ${target.document.path} ${target.block.span.start}`, () => {
      const { place } = slotOf(session, target, setting)
      edits.addBlock(
        target.document,
        target.block,
        block('server_side_encryption', [
          attribute('enabled', true),
          attribute('kms_key_arn', keyOf(session, target, place)),
        ]),
      )
      return undefined
    })
  }
  const enabled = setting.get('enabled').bool()
  const on =
    enabled.kind === 'known' && enabled.value
      ? undefined
      : setPlace(edits, estate, setting.get('enabled'), true, { orReplace: true })
  return on ?? nameKey(session, target, setting.get('kms_key_arn'))
}

/** Sends the events of a trail to a log group of its own, by a role that may do that and nothing else. */
export function deliverTrail(session: FixSession, target: TerraformTarget): EditRefusal | undefined {
  const { edits, estate, values } = session
  const { document, block: trail, resource: holder, dir } = target
  if (document.syntax === 'json') return { refused: 'a log group and a role cannot be added safely to JSON syntax' }
  if (rootAttribute(target, 'cloud_watch_logs_group_arn') !== undefined) {
    return { refused: 'where its events go is computed' }
  }
  const name = rootAttribute(target, 'name')
  if (name === undefined) return { refused: 'the trail has no name' }
  return once(session, `delivery ${document.path} ${trail.span.start}`, () => {
    const text = document.text.slice(name.value.span.start, name.value.span.end)
    const inside = text.startsWith('"') ? text.slice(1, -1) : `\${${text}}`
    const meta = metaArguments(target)
    const alone = meta.filter((item) => item.kind !== 'attribute' || item.name !== 'provider')
    const index = /\[.*\]$/.exec(referenceTo(target))?.[0] ?? ''
    const named = (type: string): string => freeName({ estate, dir }, type, `trail_${holder.name}`, 'logs')
    const [group, role, policy] = ['aws_cloudwatch_log_group', 'aws_iam_role', 'aws_iam_role_policy'].map(named)
    const place = { dir, root: holder.root, modulePath: holder.modulePath, provider: providerOf(target) }
    const key = keyFor(session, purposeOf('aws_cloudwatch_log_group', estate, place), place)
    const groupArn = `aws_cloudwatch_log_group.${group}${index}.arn`
    const account = accountId(session, dir, providerOf(target))
    edits.addBlockAfter(
      document,
      trail,
      resource('aws_cloudwatch_log_group', group ?? '', [
        ...meta,
        attribute('name', template(`${TRAIL_GROUP}${inside}`)),
        attribute('retention_in_days', periodFor(Math.max(wantedDays(), values.retentionDays ?? 0))),
        attribute('kms_key_id', key),
      ]),
    )
    edits.addBlockAfter(
      document,
      trail,
      resource('aws_iam_role', role ?? '', [
        ...(alone.length > 1 ? alone : []),
        attribute('name_prefix', 'cloudtrail-logs-'),
        GAP,
        attribute(
          'assume_role_policy',
          raw(`jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect    = "Allow"
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Action    = "sts:AssumeRole"
    Condition = { StringEquals = { "aws:SourceAccount" = ${account.slice(2, -1)} } }
  }]
})`),
        ),
      ]),
    )
    edits.addBlockAfter(
      document,
      trail,
      resource('aws_iam_role_policy', policy ?? '', [
        ...(alone.length > 1 ? alone : []),
        attribute('role', raw(`aws_iam_role.${role}${index}.id`)),
        GAP,
        attribute(
          'policy',
          raw(`jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    Resource = "\${${groupArn}}:*"
  }]
})`),
        ),
      ]),
    )
    const at = Place.of(holder)
    // CloudTrail tries the role when it is told of it.
    waitFor(session, target, `aws_iam_role_policy.${policy}`)
    return (
      setOwnAttribute(edits, estate, at.get('cloud_watch_logs_group_arn'), template(`\${${groupArn}}:*`)) ??
      setOwnAttribute(edits, estate, at.get('cloud_watch_logs_role_arn'), raw(`aws_iam_role.${role}${index}.arn`))
    )
  })
}

function waitFor({ edits }: FixSession, { document, block: owner }: TerraformTarget, name: string): void {
  const there = rootAttribute({ block: owner }, 'depends_on')?.value
  if (there?.kind !== 'tuple') {
    edits.setAttribute(document, owner, 'depends_on', raw(`[${name}]`))
    return
  }
  const last = there.items.at(-1)
  if (last === undefined) edits.replace(document, there.span, `[${name}]`)
  else {
    const ownLine = /^\s*,?\s*\n/.test(document.text.slice(last.span.end, there.span.end))
    const { eol } = documentStyle(document)
    edits.insert(
      document,
      last.span.end,
      ownLine ? `,${eol}${indentAt(document, last.span.start)}${name}` : `, ${name}`,
    )
  }
}
