import { decide } from '../../../../resources/place.ts'
import { notApplicable, undecided } from '../../../rule.ts'
import { customerKeyRule } from '../../../shared/terraform-kms-keys.ts'

export default customerKeyRule({
  id: 'rds-performance-insights-key',
  title: 'What Performance Insights keeps is encrypted with a key of your own',
  severity: 'low',
  severityReason:
    'It keeps the texts of statements, with whatever data is in them; they are encrypted all the same, with a key ' +
    'that everybody in the account may use.',
  controls: ['SC-12', 'SC-28'],
  sameAs: ['checkov:CKV_AWS_354', 'trivy:AWS-0078'],
  resources: ['aws_db_instance', 'aws_rds_cluster_instance'],
  path: 'performance_insights_kms_key_id',
  message: 'The statements that Performance Insights keeps are encrypted with the key of AWS.',
  remediation:
    'Name a customer-managed key in `performance_insights_kms_key_id` when Performance Insights is switched on: it ' +
    'cannot be changed afterwards.',
  exempt: (instance) => {
    const at = instance.get('performance_insights_enabled')
    const on = decide(at.bool(), (value) => value === true)
    if (on === 'yes') return undefined
    return on === 'no' ? notApplicable('Performance Insights is off') : undecided(at)
  },
})
