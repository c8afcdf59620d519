import { because, type QualifiedId } from '../../framework.ts'
import { byHand, partly, shown } from '../rows.ts'
import { LOG_BACKUPS, LOG_RETENTION, SYSTEM_LOGS } from '../shared-edges.ts'

const TRAIL = ['cloudtrail-enabled', 'cloudtrail-multi-region'] as const
const AUDIT_TRAILS: readonly QualifiedId[] = ['pci-dss-3.2.1:10.1']

/** Requirement 10: logging and monitoring. */
export default [
  byHand(
    '10.1.1',
    'Policies and procedures for logging are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '10.1.2',
    'Roles and responsibilities for logging are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  shown('10.2.1', 'Audit logs are on for every component', {
    rules: [
      ...because('A trail over all regions records the calls to every service.', ...TRAIL),
      ...because('Flow logs record the network.', 'vpc-flow-logs'),
      ...because('Access logs record the objects.', 's3-access-logging'),
      ...SYSTEM_LOGS,
    ],
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.1', 'Logs show who accessed cardholder data', {
    rules: because('Access logs name who read which object.', 's3-access-logging'),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.2', 'Logs show what administrators did', {
    rules: because('A trail records every administrative call with its caller.', ...TRAIL),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.3', 'Logs show who accessed the logs', {
    rules: because('Access logs of the buckets that hold logs name who read them.', 's3-access-logging'),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.4', 'Logs show invalid attempts at access', {
    rules: because('A trail records calls that were denied.', ...TRAIL),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.5', 'Logs show changes to credentials and accounts', {
    rules: because('A trail records every change of an identity.', ...TRAIL),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.6', 'Logs show when logging starts, stops or pauses', {
    rules: because('A trail records the calls that stop or change a trail.', ...TRAIL),
    predecessors: AUDIT_TRAILS,
  }),
  shown('10.2.1.7', 'Logs show when system objects are created or deleted', {
    rules: because('A trail records creation and deletion of every resource.', ...TRAIL),
    predecessors: AUDIT_TRAILS,
  }),
  partly(
    '10.2.2',
    'Logs name user, event, time, outcome, origin and object',
    'Logs of AWS hold all of these; logs of applications are not in the code.',
    'An entry of each kind of application log',
    {
      rules: because(
        'These logs hold user, event, time, outcome, origin and object.',
        ...TRAIL,
        's3-access-logging',
        'lb-access-logs',
        'eks-control-plane-logs',
      ),
    },
  ),
  partly(
    '10.3.1',
    'Only those who need to can read audit logs',
    'Public access to buckets is visible; who needs to read logs is not.',
    'Who may read each log, and why',
    {
      rules: [
        ...because(
          'A bucket of logs that is public is read by everybody.',
          's3-no-public-policy',
          's3-no-public-acl',
          's3-public-access-block',
        ),
        ...because(
          'A key decides who may read what it encrypts.',
          'cloudtrail-kms-encryption',
          'cloudwatch-log-encryption',
        ),
      ],
    },
  ),
  partly(
    '10.3.2',
    'Nobody can alter audit logs',
    'Versions and public access are visible; who may delete inside the account is partly.',
    'Who may alter or delete logs',
    {
      rules: [
        ...because('With versioning, what is overwritten stays.', 's3-bucket-versioning'),
        ...because('What everybody may write, everybody may alter.', 's3-no-public-write-acl'),
        ...because('A bucket that goes with its content takes the logs along.', 's3-no-force-destroy'),
      ],
    },
  ),
  shown('10.3.3', 'Audit logs are promptly backed up where they are hard to alter', {
    rules: LOG_BACKUPS,
    predecessors: ['pci-dss-3.2.1:10.5.3'],
  }),
  partly(
    '10.3.4',
    'A change of audit logs raises an alert',
    'Digest files are visible; the alert is not.',
    'The alert, and a test of it',
    {
      rules: because(
        'Digest files show whether a log was changed after it was delivered.',
        'cloudtrail-log-file-validation',
      ),
    },
  ),
  partly(
    '10.4.1',
    'Logs of security events, card data and critical systems are reviewed every day',
    'That logs reach a place for review is visible; the review is not.',
    'Reviews of the last days',
    {
      rules: because('In a log group the calls can be searched and raise alarms.', 'cloudtrail-cloudwatch-logs'),
    },
  ),
  partly(
    '10.4.1.1',
    'The review is automated',
    'That a service watches the logs is visible; what happens with its findings is not.',
    'The tool, and what happens with its findings',
    {
      rules: because(
        'These services read the logs and report what stands out.',
        'guardduty-enabled',
        'cloudtrail-cloudwatch-logs',
      ),
    },
  ),
  byHand('10.4.2', 'Logs of other systems are reviewed from time to time', 'Reviews of the period'),
  byHand('10.4.2.1', 'How often follows from a risk analysis', 'The risk analysis'),
  byHand('10.4.3', 'What the review finds is followed up', 'Findings and what was done'),
  shown('10.5.1', 'Audit history is kept for twelve months, three of them at hand', {
    rules: LOG_RETENTION,
    predecessors: ['pci-dss-3.2.1:10.7'],
  }),
  byHand('10.6.1', 'Clocks are synchronised', 'The source of time; AWS provides one to its services and machines'),
  byHand('10.6.2', 'Time comes from few, agreed sources', 'The sources of time'),
  byHand('10.6.3', 'Only those who need to can change time settings, and changes are logged', 'Who may change them'),
  byHand('10.7.1', 'Service providers notice failures of critical controls', 'The alerts', {
    superseded: { by: 'pci-dss-4.0.1:10.7.2', since: '2025-03-31' },
  }),
  partly(
    '10.7.2',
    'Failures of critical controls are noticed and reported',
    'That alarms lead somewhere is visible; which failures raise them is partly.',
    'The alerts for each critical control, and a test',
    {
      rules: because('An alarm without an action is noticed by nobody.', 'cloudwatch-alarm-actions'),
    },
  ),
  byHand('10.7.3', 'Failures of critical controls are repaired and looked into', 'Recent failures and what was done'),
] as const
