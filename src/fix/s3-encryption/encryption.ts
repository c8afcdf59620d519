import {
  attribute,
  attributeOf,
  block,
  containerOf,
  type EditRefusal,
  type HclValue,
  setOwnAttribute,
  setPlace,
} from '../../edit/hcl/index.ts'
import { ENCRYPTION } from '../../resources/aws/s3-bucket.ts'
import type { Place } from '../../resources/place.ts'
import { callerFolder, callOf, passArgument, variableName } from '../shared/callers.ts'
import { addCompanion, addInline, existing } from './companions.ts'
import { keyFor, type KeyPurpose } from '../shared/key.ts'
import { hasOldProvider } from '../shared/provider-version.ts'
import { oncePerBlock, type Session } from './session.ts'
import { providerOf } from '../shared/target.ts'

/** One key serves all buckets of a module. */
const BUCKETS: KeyPurpose = {
  name: 's3',
  description: 'Objects in S3 buckets',
  pattern: /(?:^|[^a-z0-9])(?:s3|buckets?|storage|objects?)(?:$|[^a-z0-9])/i,
}

/** Encrypts new objects with a KMS key, in the form that the bucket already uses. */
export function encrypt(session: Session): EditRefusal | undefined {
  const [setting] = existing(session.target, ENCRYPTION)
  if (setting !== undefined) return edit(session, setting)
  return oncePerBlock(session, 'encryption', () => {
    const { target } = session
    const rule = ruleSpec(keyOf(session))
    if (hasOldProvider(target.estate, target.dir))
      addInline(session, block('server_side_encryption_configuration', [rule]))
    else addCompanion(session, ENCRYPTION.type, [rule])
    return undefined
  })
}

function keyOf(session: Session): HclValue {
  const { dir, bucket } = session.target
  const { root, modulePath } = bucket
  return keyFor(session, BUCKETS, { dir, root, modulePath, provider: providerOf(session.target) })
}

function ruleSpec(key: HclValue): ReturnType<typeof block> {
  return block('rule', [
    attribute('bucket_key_enabled', true),
    block('apply_server_side_encryption_by_default', [
      attribute('sse_algorithm', 'aws:kms'),
      attribute('kms_master_key_id', key),
    ]),
  ])
}

function edit(session: Session, setting: Place): EditRefusal | undefined {
  const { edits, target } = session
  const { estate } = target
  const rule = setting.get('rule')
  const byDefault = rule.get('apply_server_side_encryption_by_default')
  if (byDefault.absent) return { refused: 'its encryption rule does not say what it does by default' }
  const algorithm = byDefault.get('sse_algorithm')
  const keyId = byDefault.get('kms_master_key_id')
  const passed = passKey(session, keyId, algorithm)
  if (passed !== 'no') return passed === 'done' ? undefined : passed
  const refused = setPlace(edits, estate, algorithm, 'aws:kms', { orReplace: true })
  if (refused !== undefined) return refused
  if (keyId.absent) {
    const key = keyOf(session)
    const noKey = setOwnAttribute(edits, estate, keyId, key)
    if (noKey !== undefined) return noKey
  }
  const bucketKey = rule.get('bucket_key_enabled')
  const enabled = bucketKey.bool()
  if (enabled.kind === 'known' && enabled.value) return undefined
  // Only a matter of cost: where it cannot be edited it stays as it is.
  if (containerOf(rule) !== undefined) setPlace(edits, estate, bucketKey, true, { orReplace: true })
  return undefined
}

/** A module that takes its key as a variable gets it from the caller, who may have one for several buckets. */
function passKey(session: Session, keyId: Place, algorithm: Place): 'no' | 'done' | EditRefusal {
  const variable = variableName(attributeOf(keyId)?.expression)
  const call = callOf(session, keyId.resource)
  if (variable === undefined || call === undefined || !keyId.absent) return 'no'
  const decided = attributeOf(algorithm)
  const text = decided?.document.text.slice(decided.value.start, decided.value.end) ?? ''
  if (!text.includes(`var.${variable}`)) return 'no'
  const key = keyFor(session, BUCKETS, {
    dir: callerFolder(call),
    root: call.root,
    modulePath: call.modulePath,
    provider: undefined,
  })
  return passArgument(session, call, variable, key) ?? 'done'
}
