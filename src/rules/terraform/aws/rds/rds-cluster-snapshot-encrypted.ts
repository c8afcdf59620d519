import { Place } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'rds-cluster-snapshot-encrypted',
  title: 'Database cluster snapshots are encrypted',
  severity: 'high',
  severityReason:
    'A snapshot is one call away from being copied or shared, and an unencrypted one can be read by whoever gets it; ' +
    'it takes access to the account first.',
  controls: ['SC-28', 'CP-9'],
  sameAs: ['checkov:CKV_AWS_146'],
  kind: 'terraform',
  resources: ['aws_db_cluster_snapshot'],
  messages: { plain: 'This snapshot is not encrypted, because its cluster is not.' },
  remediation: 'Encrypt the cluster: a snapshot is as encrypted as what it is taken of.',
  *check(snapshot, { estate }) {
    const own = snapshot.get('storage_encrypted')
    if (!own.absent) {
      yield* requireFlag({ at: own, wanted: true, fallback: false, message: 'plain' })
      return
    }
    const at = snapshot.get('db_cluster_identifier')
    const [cluster] = (at.value?.refs ?? [])
      .flatMap((reference) => estate.resolve(reference))
      .filter(({ type }) => type === 'aws_rds_cluster')
    if (cluster === undefined) {
      yield undecided(at, 'the cluster that it is taken of is not declared here')
      return
    }
    const source = Place.of(cluster)
    const encrypted = source.get('storage_encrypted')
    if (encrypted.absent && !source.get('snapshot_identifier').absent)
      yield undecided(at, 'its cluster is as encrypted as the snapshot that it was restored from')
    else
      for (const outcome of requireFlag({ at: encrypted, wanted: true, fallback: false, message: 'plain' }))
        yield outcome.outcome === undefined ? { ...outcome, at } : outcome
  },
})
