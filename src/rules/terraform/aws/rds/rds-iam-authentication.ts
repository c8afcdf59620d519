import { decide } from '../../../../resources/place.ts'
import { notApplicable, undecided } from '../../../rule.ts'
import { engineOf, firstOf, inCluster, isEngine } from '../../../shared/terraform-databases.ts'
import { type Exemption, flagRule } from '../../../shared/terraform-settings.ts'

const hasNone: Exemption = (database) => {
  const lacks = isEngine(database, /^(?:oracle|sqlserver|db2|custom)/)
  if (lacks === 'yes') return notApplicable('the engine has no IAM authentication')
  if (lacks === 'unknown' || engineOf(database).kind === 'absent')
    return undecided(database.get('engine'), 'its engine may have no IAM authentication')
  const mode = database.get('engine_mode').string()
  return decide(mode, (value) => value === 'serverless') === 'yes'
    ? notApplicable('Aurora Serverless v1 has no IAM authentication')
    : undefined
}

export default flagRule({
  id: 'rds-iam-authentication',
  version: '2',
  title: 'Databases let applications sign in with IAM',
  severity: 'low',
  severityReason:
    'Without it every application keeps a password that does not expire and that leaks with its configuration; ' +
    'nothing is open by this alone.',
  controls: ['IA-2', 'IA-5', 'AC-2'],
  sameAs: ['checkov:CKV_AWS_161', 'checkov:CKV_AWS_162', 'trivy:AWS-0176'],
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  path: 'iam_database_authentication_enabled',
  wanted: true,
  message:
    'Applications can sign in to this database with a password only (`iam_database_authentication_enabled` is off).',
  remediation:
    'Set `iam_database_authentication_enabled = true`, then give each application a database user for IAM and take ' +
    'its password away.',
  exempt: firstOf(inCluster('IAM authentication'), hasNone),
})
