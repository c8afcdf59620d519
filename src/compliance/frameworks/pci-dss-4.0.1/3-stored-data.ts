import { because } from '../../framework.ts'
import { byHand, partly } from '../rows.ts'
import { STORED_DATA_UNREADABLE } from '../shared-edges.ts'

const KEPT_WHERE = 'Encryption of the storage is visible; whether account data lies in it is not.'

/** Requirement 3: stored account data. */
export default [
  byHand(
    '3.1.1',
    'Policies and procedures for stored account data are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '3.1.2',
    'Roles and responsibilities for stored account data are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand(
    '3.2.1',
    'Account data is kept only as long as it is needed, then deleted',
    'Retention periods with their reasons, and records of deletion',
  ),
  byHand(
    '3.3.1',
    'Sensitive authentication data is not kept after authorisation',
    'Search of data stores, logs, traces and dumps for it',
  ),
  byHand(
    '3.3.1.1',
    'The full content of a track is not kept after authorisation',
    'Search of data stores, logs, traces and dumps for it',
  ),
  byHand(
    '3.3.1.2',
    'The card verification code is not kept after authorisation',
    'Search of data stores, logs, traces and dumps for it',
  ),
  byHand(
    '3.3.1.3',
    'The PIN and its block are not kept after authorisation',
    'Search of data stores, logs, traces and dumps for it',
  ),
  partly(
    '3.3.2',
    'Sensitive authentication data that is kept before authorisation is strongly encrypted',
    KEPT_WHERE,
    'Where it is kept before authorisation, and how it is encrypted there',
    {
      rules: because(
        'Storage that is encrypted with a managed key keeps what lies in it from whoever has the blocks.',
        'rds-storage-encrypted',
        's3-bucket-kms-encryption',
        'ebs-volume-encrypted',
        'sqs-queue-encrypted',
      ),
    },
  ),
  byHand(
    '3.3.3',
    'Issuers keep sensitive authentication data only for a business need, and secured',
    'The need, and how it is secured; or that this entity does not issue',
  ),
  byHand(
    '3.4.1',
    'Account numbers are masked when shown, but for those who need them',
    'Screens and reports that show numbers, and who may see them in full',
  ),
  byHand(
    '3.4.2',
    'Account numbers cannot be copied over remote access without an approved need',
    'The technical control, and who is exempt',
  ),
  partly(
    '3.5.1',
    'Stored account numbers are unreadable',
    'Disk or volume encryption alone is not enough on most storage (pci-dss-4.0.1:3.5.1.2).',
    'Where account numbers are stored, and which method makes them unreadable there',
    {
      rules: STORED_DATA_UNREADABLE,
      predecessors: ['pci-dss-3.2.1:3.4'],
    },
  ),
  byHand(
    '3.5.1.1',
    'Hashes of account numbers are keyed, with managed keys',
    'The method of hashing, and how its keys are managed',
  ),
  byHand(
    '3.5.1.2',
    'Disk or partition encryption alone protects account numbers on removable media only',
    'What makes numbers unreadable on storage that is not removable',
  ),
  partly(
    '3.5.1.3',
    'Disk encryption is managed apart from accounts of the operating system',
    'That a key service holds the keys is visible; who may use each key is partly.',
    'Who can decrypt, and that an account of the system alone cannot',
    {
      rules: because(
        'A key of the key service is used by its own policy, not by a login.',
        'ebs-volume-encrypted',
        'ebs-default-encryption',
        'instance-volumes-encrypted',
        'efs-encrypted',
        'rds-storage-encrypted',
      ),
    },
  ),
  partly(
    '3.6.1',
    'Procedures protect keys against disclosure and misuse',
    'Policies of keys are visible; procedures are documents.',
    'The procedures, and who may use each key',
    {
      rules: because('The policy of a key decides who may use it.', 'kms-key-policy', 'kms-no-public-policy'),
    },
  ),
  byHand(
    '3.6.1.1',
    'Service providers describe their cryptographic architecture',
    'The description with algorithms, keys, their use and their modules',
  ),
  partly(
    '3.6.1.2',
    'Secret and private keys are stored in an allowed form',
    'Keys of the key service never leave its modules; keys elsewhere are not visible.',
    'Where each key is stored, and in which form',
    {
      rules: [
        ...because(
          'A key of the key service is kept in a hardware module.',
          'secretsmanager-customer-managed-key',
          'ssm-parameter-customer-managed-key',
        ),
        ...because('A key in the code is stored in the clear.', 'provider-no-credentials', 'user-data-no-secrets'),
      ],
    },
  ),
  partly(
    '3.6.1.3',
    'As few people as possible can reach keys in the clear',
    'Policies of keys are visible; key components that people hold are not.',
    'Who holds components of keys',
    {
      rules: because('A policy for everybody lets anybody use the key.', 'kms-no-public-policy', 'kms-key-policy'),
    },
  ),
  byHand('3.6.1.4', 'Keys are kept in as few places as possible', 'List of places where keys are kept'),
  partly(
    '3.7.1',
    'Strong keys are generated',
    'The key service generates strong keys; keys from elsewhere are not visible.',
    'How keys are generated outside of the key service',
    {
      rules: because(
        'A customer-managed key is generated by the key service.',
        's3-bucket-kms-encryption',
        'rds-cluster-customer-managed-key',
        'dynamodb-customer-managed-key',
        'secretsmanager-customer-managed-key',
      ),
    },
  ),
  byHand('3.7.2', 'Keys are distributed securely', 'How keys reach those who need them'),
  byHand('3.7.3', 'Keys are stored securely', 'How keys are stored outside of a key service'),
  partly(
    '3.7.4',
    'Keys change at the end of their lifetime',
    'Rotation in the key service is visible; the lifetime that was decided is not.',
    'Lifetime of each key with its reason, and records of changes',
    {
      rules: because(
        'A key that rotates changes every year without anybody having to think of it.',
        'kms-key-rotation',
      ),
    },
  ),
  partly(
    '3.7.5',
    'Keys are retired or replaced when they are weak, compromised or no longer used',
    'That a key is switched off is visible; why is not.',
    'Procedures, and records of keys that were retired',
    {
      rules: because(
        'A key that is switched off or about to go while it is in use takes its data along.',
        'kms-key-enabled',
      ),
    },
  ),
  byHand(
    '3.7.6',
    'Where people handle keys in the clear, no one of them holds a whole key',
    'Procedures for split knowledge and dual control; or that nobody handles such keys',
  ),
  partly(
    '3.7.7',
    'Keys cannot be replaced without authority',
    'Policies of keys are visible.',
    'Who may create and replace keys',
    {
      rules: because(
        'Who may administer a key by its policy may replace it.',
        'kms-key-policy',
        'kms-no-public-policy',
      ),
    },
  ),
  byHand('3.7.8', 'Key custodians acknowledge their duties', 'The signed acknowledgements'),
  byHand(
    '3.7.9',
    'Service providers that share keys tell their customers how to handle them',
    'The guidance; or that no keys are shared',
  ),
] as const
