import { decide, type Place, type Tri } from '../../../../resources/place.ts'
import { defineRule, notApplicable, type NotApplicable, undecided, type Undecided } from '../../../rule.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

/** Where a copy comes from; a copy is encrypted if and only if its source is. */
const SOURCES = ['replicate_source_db', 'replication_source_identifier', 'snapshot_identifier']

export default defineRule({
  id: 'rds-storage-encrypted',
  title: 'Database storage is encrypted',
  severity: 'high',
  severityReason:
    'Whoever gets at a snapshot, a shared copy or the storage itself reads every row; it takes access to the account first, ' +
    'so it is not critical.',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_16', 'trivy:AWS-0080', 'checkov:CKV_AWS_96', 'trivy:AWS-0079'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  messages: {
    off: 'The storage of this database is not encrypted (`storage_encrypted = false`).',
    unset: 'The storage of this database is not encrypted: `storage_encrypted` is not set, and the default is false.',
  },
  remediation:
    'Encrypt a copy of the last snapshot, restore from it with `storage_encrypted = true`, and move over: an existing ' +
    'database cannot be encrypted in place.',
  *check(database) {
    const at = database.get('storage_encrypted')
    const exempt = at.absent ? inherited(database) : undefined
    if (exempt !== undefined) yield exempt
    else {
      yield* requireFlag({ at, wanted: true, fallback: false, message: at.absent ? 'unset' : 'off' })
    }
  },
})

/** For a database that does not say whether it is encrypted: what else decides it. */
function inherited(database: Place): NotApplicable | Undecided | undefined {
  if (database.resource.type === 'aws_db_instance' && isAny(database, 'engine', /^aurora/) === 'yes') {
    return notApplicable('the storage of an Aurora instance is that of its cluster')
  }
  if (isAny(database, 'engine_mode', /^serverless$/) === 'yes')
    return notApplicable('Aurora Serverless v1 is always encrypted')
  for (const name of SOURCES) {
    const source = database.get(name)
    if (source.isSet() === 'no') continue
    // A copy into another region names the key that it is encrypted with.
    if (name === 'replicate_source_db' && database.get('kms_key_id').isSet() === 'yes') {
      return notApplicable('a replica with a key of its own is encrypted with it')
    }
    const declared = source.value?.refs?.find(({ address }) =>
      /(?:^|\.)aws_(?:db_instance|rds_cluster)\./.test(address),
    )
    return declared === undefined
      ? undecided(source, `it is encrypted if and only if what ${name} names is`)
      : notApplicable(`it is encrypted if and only if ${declared.address} is`)
  }
  return undefined
}

function isAny(database: Place, name: string, pattern: RegExp): Tri {
  return decide(database.get(name).string(), (value) => value !== undefined && pattern.test(value))
}
