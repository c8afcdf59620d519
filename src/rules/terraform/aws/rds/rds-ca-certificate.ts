import { settingRule } from '../../../shared/terraform-settings.ts'

/** Authorities that RDS offers; rds-ca-2015 ended in 2020 and rds-ca-2019 in August 2024. */
const CURRENT = /^rds-ca-(?:rsa2048|rsa4096|ecc384)-g\d+$/

export default settingRule({
  id: 'rds-ca-certificate',
  title: 'Databases have a certificate of a current authority',
  severity: 'low',
  severityReason:
    'The certificate has expired: clients that verify it cannot connect, and so people switch verification off, ' +
    'which lets somebody in the network stand in for the database.',
  controls: ['SC-8', 'SC-12'],
  sameAs: ['checkov:CKV_AWS_211'],
  resources: ['aws_db_instance'],
  path: 'ca_cert_identifier',
  read: (at) => at.string(),
  holds: (value) => value === undefined || CURRENT.test(value),
  bad: ['rds-ca-2015', 'rds-ca-2019'],
  message: 'The certificate of this database is of an authority that has ended ({value}).',
  remediation:
    'Give clients the current trust bundle of RDS, then set `ca_cert_identifier = "rds-ca-rsa2048-g1"` or remove the ' +
    'line, which takes the default of the account.',
})
