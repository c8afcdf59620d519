import { Place } from '../../resources/place.ts'
import { type Complaint, defineFixer, type FixContext } from '../fixer.ts'
import { type Attempt, attemptEach, builtFrom, firstRefusal, inOrderOf } from '../shared/attempt.ts'
import { decidesExistence } from '../shared/existence.ts'
import { dependents } from '../shared/references.ts'
import { terraformTarget, unreachable } from '../shared/target.ts'
import { customerKey, encrypted, insightsKey, performanceInsights } from './encryption.ts'
import { exportAuditLog, exportLogs } from './logs.ts'
import { enhancedMonitoring } from './monitoring.ts'
import { managePassword } from './password.ts'
import type { Remedy } from './session.ts'
import { backups, setting, unshare } from './settings.ts'
import { stepsFor } from './steps.ts'
import { demandTls } from './transit.ts'

const NOT_PUBLIC: readonly string[] = [
  'Look who connects from outside: VPC flow logs, or the connections in the database itself.',
  'Give them a way in: a VPN, a bastion with Session Manager, or PrivateLink.',
  'Approve and apply: the name of the database resolves to its private address from then on, which takes minutes.',
  'To go back, revert the commit and apply.',
]

const REPLACED_CACHE: readonly string[] = [
  'Ask what is in the cache that exists nowhere else: sessions, queues. Take a backup if there is any: `aws elasticache create-snapshot`.',
  'Give clients TLS (`rediss://`) and the new address; from engine 7.0.5 on `transit_encryption_mode = "preferred"` lets both in meanwhile.',
  'Read the `terraform plan`: it says whether the group is replaced. Approve, and apply when the application may start cold.',
  'To go back, revert the commit and apply: the cache is empty once more.',
]

/** In the order in which their attributes are written. */
const REMEDIES: ReadonlyMap<string, Remedy> = new Map<string, Remedy>([
  ['rds-storage-encrypted', encrypted('Encrypt the storage')],
  ['rds-cluster-customer-managed-key', customerKey],
  ['rds-global-cluster-encrypted', encrypted('Encrypt the storage of the global cluster', 'the global cluster')],
  ['docdb-encrypted', encrypted('Encrypt the storage')],
  ['neptune-encrypted', encrypted('Encrypt the storage')],
  ['rds-no-hardcoded-password', managePassword],
  [
    'rds-not-public',
    setting(
      {
        rank: 'B',
        title: 'Take the public address away',
        minutes: 30,
        reason: 'Clients that come from the internet are cut off, and the code does not show whether there are any.',
        steps: NOT_PUBLIC,
      },
      false,
    ),
  ],
  ['rds-backup-retention', backups],
  ['rds-deletion-protection', setting({ rank: 'E', title: 'Protect the database from deletion', minutes: 1 }, true)],
  ['rds-copy-tags-to-snapshots', setting({ rank: 'E', title: 'Copy tags to snapshots', minutes: 1 }, true)],
  [
    'rds-minor-version-upgrades',
    setting({ rank: 'E', title: 'Install minor versions in the maintenance window', minutes: 1 }, true),
  ],
  [
    'rds-iam-authentication',
    setting({ rank: 'E', title: 'Allow signing in with IAM, beside passwords', minutes: 1 }, true),
  ],
  ['rds-log-exports', exportLogs],
  ['rds-cluster-audit-logs', exportAuditLog],
  ['rds-performance-insights', performanceInsights],
  ['rds-performance-insights-key', insightsKey],
  ['rds-enhanced-monitoring', enhancedMonitoring],
  [
    'rds-ca-certificate',
    setting(
      {
        rank: 'B',
        title: 'Move to the authority rds-ca-rsa2048-g1',
        minutes: 60,
        reason: 'Clients without the new trust bundle cannot connect, and older engines restart.',
        steps: [
          'Give every client the trust bundle of RDS: `https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem`.',
          'See whether the engine restarts for it: `aws rds describe-db-engine-versions --query "DBEngineVersions[].SupportsCertificateRotationWithoutRestart"`.',
          'Approve, apply in the maintenance window, and connect once with verification (`sslmode=verify-full`).',
          'To go back, name the former authority, as long as it has not ended.',
        ],
      },
      'rds-ca-rsa2048-g1',
    ),
  ],
  [
    'rds-multi-az',
    setting(
      {
        rank: 'C',
        title: 'Keep a standby in another zone',
        minutes: 15,
        reason: 'The instance and its storage cost twice as much, and writes get slower while the standby is made.',
        steps: [
          'Ask whether the database must survive the loss of a zone; a copy for tests need not.',
          'Look at the price: the instance and its storage twice, as the AWS pricing calculator says.',
          'Approve and apply outside of busy hours. Prove it with a failover: `aws rds reboot-db-instance --force-failover`.',
          'To go back, revert the commit and apply; nothing is lost.',
        ],
      },
      true,
    ),
  ],
  [
    'redshift-encrypted',
    setting(
      {
        rank: 'B',
        title: 'Encrypt the warehouse',
        minutes: 120,
        reason: 'Redshift moves all data to new storage, and the cluster can only be read meanwhile.',
        steps: [
          'Plan for hours in which nothing can be written: the time grows with the data.',
          'Take a snapshot: `aws redshift create-cluster-snapshot`.',
          'Approve and apply. Watch `aws redshift describe-resize` until it is done.',
          'To go back, revert the commit and apply: the data moves once more.',
        ],
      },
      true,
    ),
  ],
  [
    'redshift-not-public',
    setting(
      {
        rank: 'B',
        title: 'Take the public address away',
        minutes: 30,
        reason: 'Clients that come from the internet are cut off, and the code does not show whether there are any.',
        steps: NOT_PUBLIC,
      },
      false,
    ),
  ],
  [
    'elasticache-at-rest-encryption',
    setting(
      {
        rank: 'B',
        title: 'Encrypt the cache at rest',
        minutes: 60,
        reason: 'Terraform replaces the replication group: what is in the cache is lost, and its address changes.',
        steps: REPLACED_CACHE,
      },
      true,
    ),
  ],
  [
    'elasticache-transit-encryption',
    setting(
      {
        rank: 'B',
        title: 'Demand TLS from clients of the cache',
        minutes: 60,
        reason: 'Clients without TLS are shut out, and below Redis 7.0.5 Terraform replaces the replication group.',
        steps: REPLACED_CACHE,
      },
      true,
    ),
  ],
  ['rds-encryption-in-transit', demandTls],
  ['rds-snapshot-not-public', unshare],
])

export default defineFixer({
  name: 'rds-security',
  title: 'Databases: encryption, backups, passwords, public addresses, logs, monitoring, TLS',
  covers: [...REMEDIES.keys()],

  assess(complaint, context) {
    const { at, ruleId } = complaint
    const target = terraformTarget(context.estate, at.resource)
    const remedy = REMEDIES.get(ruleId)
    if (target === undefined) return unreachable(at.resource)
    if (remedy === undefined) return { code: 'no-fix', refused: `the fixer has no plan for ${ruleId}` }
    if (decidesExistence(context.estate, at))
      return { code: 'no-fix', refused: 'the variable behind it also decides whether the database exists' }
    const judged = remedy.judge(complaint, context, target)
    if ('refused' in judged) return judged
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    const refusal = firstRefusal(attempt([complaint], context))
    if (refusal !== undefined) return refusal
    const { steps, ...assessment } = judged
    const held = judged.rank === 'B' || judged.rank === 'C'
    const users =
      judged.blastRadius ?? (held ? dependents(context.estate, target.resource).map(({ address }) => address) : [])
    const { document, block } = target
    return {
      ...assessment,
      group: document.syntax === 'json' ? document.path : `${document.path}#${block.span.start}`,
      ...(users.length > 0 && { blastRadius: users }),
      ...(held && { runbook: runbook(judged.reason ?? '', steps ?? []) }),
    }
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function runbook(reason: string, steps: readonly string[]): string {
  return [`**Why it is held.** ${reason}`, '', ...steps.map((step, i) => `${i + 1}. ${step}`)].join('\n')
}

function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  return attemptEach(inOrderOf(REMEDIES.keys(), complaints), context, (session, complaint) => {
    const { resource } = complaint.at
    const target = terraformTarget(context.estate, resource)
    if (target === undefined) return unreachable(resource)
    return REMEDIES.get(complaint.ruleId)?.apply({ ...session, target, database: Place.of(resource) }, complaint)
  })
}
