import { safeByDefault } from '../../../shared/terraform-redshift.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'redshift-not-public',
  title: 'Redshift clusters have no public address',
  severity: 'high',
  severityReason:
    'The warehouse gets an address on the internet, so one open security group is all that is missing; with a closed ' +
    'one nobody can connect, so it is not critical by itself.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_87'],
  resources: ['aws_redshift_cluster'],
  path: 'publicly_accessible',
  wanted: false,
  // Up to version 5 of the provider; later versions are exempt.
  fallback: true,
  message: 'This warehouse is given a public address (`publicly_accessible`).',
  remediation: 'Set `publicly_accessible = false` and reach the cluster from inside the VPC or over a VPN.',
  exempt: safeByDefault('publicly_accessible'),
})
