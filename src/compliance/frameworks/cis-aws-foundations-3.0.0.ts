import { because, defineFramework, type RuleEdge } from '../framework.ts'
import { byHand, partly, shown } from './rows.ts'

const ONE_ACCOUNT = 'What the code of this repository declares is visible; what else the account holds is not.'
const NOT_IN_CODE = 'It is a setting or a habit of the account that this repository does not declare.'

function alarm(id: string, about: string) {
  return byHand(
    id,
    `${about} raise an alarm`,
    'The metric filter, the alarm and who receives it, or the control of Security Hub',
    {
      note: 'That a trail reaches a log group is visible; filters and alarms are not judged yet.',
      rules: TRAIL_IN_LOG_GROUP,
    },
  )
}

const TRAIL_IN_LOG_GROUP: readonly RuleEdge[] = because(
  'A filter needs the trail in a log group.',
  'cloudtrail-cloudwatch-logs',
)

const ADMIN_PORTS = because(
  'These are the ports of administration.',
  'security-group-no-public-ssh',
  'security-group-no-public-rdp',
  'security-group-no-public-all-ports',
)

/** The recommendations for the foundation of an account. */
export default defineFramework({
  id: 'cis-aws-foundations-3.0.0',
  title: 'CIS AWS Foundations Benchmark 3.0.0',
  version: '3.0.0',
  requirements: [
    byHand('1.1', 'Contact details of the account are current', 'The contact details', { note: NOT_IN_CODE }),
    byHand('1.2', 'A security contact is registered', 'The contact', { note: NOT_IN_CODE }),
    byHand('1.3', 'Security questions of the account are registered', 'That they are', { note: NOT_IN_CODE }),
    partly('1.4', 'The root user has no access key', ONE_ACCOUNT, 'The credential report', {
      rules: because('A key for root would be made by this resource.', 'iam-no-root-access-key'),
    }),
    byHand('1.5', 'The root user signs in with a second factor', 'The credential report', { note: NOT_IN_CODE }),
    byHand('1.6', "The root user's second factor is hardware", 'The device', { note: NOT_IN_CODE }),
    byHand('1.7', 'The root user is not used for daily work', 'The credential report', { note: NOT_IN_CODE }),
    shown('1.8', 'Passwords have at least fourteen characters', {
      rules: because('The policy of the account sets the length.', 'iam-password-length'),
    }),
    shown('1.9', 'Passwords cannot be used again', {
      rules: because('The policy of the account remembers passwords.', 'iam-password-reuse'),
    }),
    byHand('1.10', 'Users with a console password have a second factor', 'The credential report', {
      note: NOT_IN_CODE,
    }),
    byHand('1.11', 'Access keys are not made together with users that have a password', 'The credential report', {
      note: NOT_IN_CODE,
    }),
    byHand('1.12', 'Credentials that are unused for 45 days are disabled', 'The credential report', {
      note: NOT_IN_CODE,
    }),
    byHand('1.13', 'A user has one active access key at most', 'The credential report', { note: NOT_IN_CODE }),
    byHand('1.14', 'Access keys change every 90 days', 'The credential report', { note: NOT_IN_CODE }),
    shown('1.15', 'Users receive permissions through groups only', {
      rules: because('A policy on a user is a permission outside of every group.', 'iam-no-user-policies'),
    }),
    shown('1.16', 'No policy allows every action on every resource', {
      rules: because(
        'These are such policies.',
        'iam-no-admin-policy',
        'iam-document-no-admin',
        'iam-no-administrator-access',
      ),
    }),
    byHand('1.17', 'A role for support exists', 'The role and who may assume it', { note: NOT_IN_CODE }),
    partly('1.18', 'Machines use roles, not keys', ONE_ACCOUNT, 'How other machines authenticate', {
      rules: because(
        'A key in user data or environment is used instead of a role.',
        'user-data-no-secrets',
        'lambda-no-hardcoded-secrets',
      ),
    }),
    byHand('1.19', 'Expired certificates in IAM are removed', 'The list of certificates', { note: NOT_IN_CODE }),
    byHand('1.20', 'Access Analyzer is on in every region', 'The analyzers', { note: NOT_IN_CODE }),
    partly('1.21', 'People are managed in one place, by federation', ONE_ACCOUNT, 'The identity provider', {
      rules: because('A user of IAM is managed here.', 'iam-no-users'),
    }),
    byHand('1.22', 'Full access to CloudShell is restricted', 'Who has it', { note: NOT_IN_CODE }),
    shown('2.1.1', 'Buckets refuse plain HTTP', {
      rules: because('A policy that denies plain HTTP refuses it.', 's3-tls-only-policy'),
    }),
    byHand(
      '2.1.2',
      'Deletion of bucket versions takes a second factor',
      'The setting, which only the root user can make',
      {
        note: 'Versioning is visible; the second factor cannot be set by Terraform alone.',
        rules: because('Without versions there is nothing to protect.', 's3-bucket-versioning'),
      },
    ),
    byHand('2.1.3', 'Data in buckets is discovered, classified and secured', 'Results of the discovery', {
      note: NOT_IN_CODE,
    }),
    shown('2.1.4', 'Buckets block public access', {
      rules: because(
        'Four settings block public access.',
        's3-public-access-block',
        's3-block-public-acls',
        's3-block-public-policy',
        's3-ignore-public-acls',
        's3-restrict-public-buckets',
      ),
    }),
    partly('2.2.1', 'Volumes are encrypted by default in every region', ONE_ACCOUNT, 'The setting of each region', {
      rules: because(
        'The default and each volume decide.',
        'ebs-default-encryption',
        'ebs-volume-encrypted',
        'instance-volumes-encrypted',
      ),
    }),
    shown('2.3.1', 'Databases are encrypted at rest', {
      rules: because('Storage encryption covers files, snapshots and replicas.', 'rds-storage-encrypted'),
    }),
    shown('2.3.2', 'Databases take minor upgrades by themselves', {
      rules: because('This setting lets them.', 'rds-minor-version-upgrades'),
    }),
    shown('2.3.3', 'Databases have no public address', { rules: because('This setting gives one.', 'rds-not-public') }),
    shown('2.4.1', 'File systems are encrypted', {
      rules: because('Encryption is chosen when one is made.', 'efs-encrypted'),
    }),
    shown('3.1', 'A trail covers every region', {
      rules: because('A trail records one region or all of them.', 'cloudtrail-multi-region', 'cloudtrail-enabled'),
    }),
    shown('3.2', 'Log files of trails are validated', {
      rules: because('Digest files show whether a log was changed.', 'cloudtrail-log-file-validation'),
    }),
    partly('3.3', 'AWS Config is on in every region', ONE_ACCOUNT, 'The recorder of each region', {
      rules: because(
        'A recorder that runs and records everything is what is asked for.',
        'config-recorder-enabled',
        'config-recorder-all-resources',
      ),
    }),
    shown('3.4', 'Access to the bucket of the trail is logged', {
      rules: because('Access logs name who read which object.', 's3-access-logging'),
    }),
    shown('3.5', 'Logs of trails are encrypted with a key of the customer', {
      rules: because('The trail names its key.', 'cloudtrail-kms-encryption'),
    }),
    shown('3.6', "The customer's symmetric keys rotate", {
      rules: because('Rotation is a setting of the key.', 'kms-key-rotation'),
    }),
    shown('3.7', 'Every VPC has a flow log', { rules: because('Flow logs record the network.', 'vpc-flow-logs') }),
    byHand('3.8', 'Writes to objects are logged', 'The data events of the trail', {
      note: 'Data events of trails are not judged yet.',
      rules: because('Without a trail there are no data events.', 'cloudtrail-enabled'),
    }),
    byHand('3.9', 'Reads of objects are logged', 'The data events of the trail', {
      note: 'Data events of trails are not judged yet.',
      rules: because('Without a trail there are no data events.', 'cloudtrail-enabled'),
    }),
    alarm('4.1', 'Calls without authority'),
    alarm('4.2', 'Console sign-ins without a second factor'),
    alarm('4.3', 'Uses of the root user'),
    alarm('4.4', 'Changes of IAM policies'),
    alarm('4.5', 'Changes of trails'),
    alarm('4.6', 'Failed console sign-ins'),
    alarm('4.7', 'Disabling or deletion of keys'),
    alarm('4.8', 'Changes of bucket policies'),
    alarm('4.9', 'Changes of AWS Config'),
    alarm('4.10', 'Changes of security groups'),
    alarm('4.11', 'Changes of network access lists'),
    alarm('4.12', 'Changes of network gateways'),
    alarm('4.13', 'Changes of route tables'),
    alarm('4.14', 'Changes of VPCs'),
    alarm('4.15', 'Changes of the organisation'),
    byHand('4.16', 'Security Hub is on', 'The setting of each region', { note: NOT_IN_CODE }),
    shown('5.1', 'No network access list opens administration to everybody', {
      rules: because(
        'These are the ports of administration.',
        'network-acl-no-public-ssh',
        'network-acl-no-public-rdp',
        'network-acl-no-public-all-ports',
      ),
    }),
    shown('5.2', 'No security group opens administration to every IPv4 address', { rules: ADMIN_PORTS }),
    shown('5.3', 'No security group opens administration to every IPv6 address', { rules: ADMIN_PORTS }),
    shown('5.4', 'The default group of every VPC lets nothing through', {
      rules: because('Adopted and empty, it lets nothing through.', 'vpc-default-security-group'),
    }),
    partly(
      '5.5',
      'Routes of peerings give the least access',
      'Routes are visible; the access that is needed is not.',
      'What each peering is for',
      { rules: because('A route to a whole network gives more than is needed.', 'vpc-peering-route') },
    ),
    shown('5.6', 'Machines answer to the second version of the metadata service only', {
      rules: because(
        'Requiring tokens switches the first version off.',
        'ec2-instance-imdsv2',
        'launch-template-imdsv2',
      ),
    }),
  ],
})
