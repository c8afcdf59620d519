import { defineRule } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'

export default defineRule({
  id: 's3-no-force-destroy',
  title: 'Destroying an S3 bucket does not delete its objects',
  severity: 'low',
  severityReason:
    'Only somebody who may already run terraform destroy can do harm by it, but then every object goes, versions included, ' +
    'without a question.',
  controls: ['CP-9', 'SI-12'],
  sameAs: [],
  kind: 'terraform',
  resources: ['aws_s3_bucket'],
  messages: { on: 'Removing this bucket from the code deletes all its objects and versions: force_destroy is on.' },
  remediation: 'Remove `force_destroy` or set it to false; empty a bucket by hand on the day it is really to go.',
  *check(bucket) {
    const at = bucket.get('force_destroy')
    yield* requireAttribute({ at, reading: at.bool(), holds: (value) => value !== true, message: 'on' })
  },
})
