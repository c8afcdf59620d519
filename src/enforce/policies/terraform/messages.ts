import { also, type Draft, KEY, off, on, setting } from './entry.ts'

/** Queues, topics, streams, mail. */
export const MESSAGES: readonly Draft[] = [
  setting({
    rules: ['sns-topic-encrypted'],
    types: ['aws_sns_topic'],
    path: 'kms_master_key_id',
    must: { set: true },
    good: KEY,
  }),
  on({
    rules: ['sqs-queue-encrypted'],
    types: ['aws_sqs_queue'],
    path: 'sqs_managed_sse_enabled',
    unless: [{ path: 'kms_master_key_id', is: { set: true } }],
  }),
  setting({
    rules: ['kinesis-stream-encrypted'],
    types: ['aws_kinesis_stream'],
    path: 'encryption_type',
    must: { is: 'KMS' },
    beside: { kms_key_id: '"alias/aws/kinesis"' },
    bad: '"NONE"',
  }),
  setting({
    rules: ['msk-customer-managed-key'],
    types: ['aws_msk_cluster'],
    path: 'encryption_info.encryption_at_rest_kms_key_arn',
    must: { set: true },
    good: KEY,
  }),
  setting({
    rules: ['msk-encryption-in-transit'],
    types: ['aws_msk_cluster'],
    path: 'encryption_info.encryption_in_transit.client_broker',
    must: { is: 'TLS' },
    absent: 'right',
    also: [
      also({
        types: ['aws_msk_cluster'],
        path: 'encryption_info.encryption_in_transit.in_cluster',
        must: { is: true },
        absent: 'right',
      }),
    ],
    bad: '"TLS_PLAINTEXT"',
  }),
  off({ rules: ['mq-broker-not-public'], types: ['aws_mq_broker'], path: 'publicly_accessible' }),
  setting({
    rules: ['ses-require-tls'],
    types: ['aws_ses_configuration_set', 'aws_sesv2_configuration_set'],
    path: 'delivery_options.tls_policy',
    must: { matches: '(?i)^require$', say: 'be Require' },
    good: '"Require"',
    bad: '"Optional"',
  }),
  setting({
    rules: ['transfer-no-ftp'],
    types: ['aws_transfer_server'],
    path: 'protocols',
    must: { hasNone: ['FTP'] },
    absent: 'right',
    good: '["SFTP"]',
    bad: '["SFTP", "FTP"]',
  }),
]
