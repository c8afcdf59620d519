import { decide, type Place } from '../../../../resources/place.ts'
import type { Estate } from '../../../../resources/estate.ts'
import { defineRule, type LocalFix, pass, undecided } from '../../../rule.ts'
import { partialBackend, requiredVersions } from '../../../shared/terraform-backends.ts'
import { setFix } from '../../../shared/terraform-fixes.ts'
import { admitsFrom } from '../../../shared/terraform-versions.ts'

export default defineRule({
  id: 'terraform-state-locking',
  title: 'Terraform state is locked while it is changed',
  severity: 'medium',
  severityReason:
    'Two runs at once overwrite each other, and resources (security settings among them) drop out of the state; it is an ' +
    'accident, not an attack.',
  controls: ['CM-3', 'CM-5', 'SI-7'],
  sameAs: [],
  kind: 'terraform',
  resources: ['terraform.backend.s3'],
  messages: { unlocked: 'Nothing locks the state: this backend has neither `use_lockfile` nor `dynamodb_table`.' },
  remediation:
    'Set `use_lockfile = true` (Terraform 1.11 or later; the role needs to write and delete `<key>.tflock`), or name a ' +
    'DynamoDB table with older versions.',
  *check(backend, { estate }) {
    const at = backend.get('use_lockfile')
    const locks = decide(at.bool(), (value) => value === true)
    const table = backend.get('dynamodb_table').isSet()
    if (locks === 'yes' || table === 'yes') {
      yield pass('the state is locked')
      return
    }
    const partial = at.absent ? partialBackend(backend) : undefined
    if (partial !== undefined) yield partial
    else if (locks === 'unknown') yield undecided(at)
    else if (table === 'unknown') yield undecided(backend.get('dynamodb_table'))
    else yield { at, message: 'unlocked', fix: lockfile(backend, at, estate) }
  },
})

function lockfile(backend: Place, at: Place, estate: Estate): LocalFix {
  const fix = setFix(estate, at, {
    fixer: 'terraform-state',
    rank: 'D',
    title:
      'Lock the state with a file beside it (needs Terraform 1.11 or later; run `terraform init -reconfigure` afterwards)',
    minutes: 10,
    value: true,
  })
  const excluding = requiredVersions(backend, estate).find((constraint) => !admitsFrom(constraint, [1, 11, 0]))
  if (excluding === undefined) return fix
  return {
    ...fix,
    edits: {
      refused: `required_version "${excluding}" shuts out Terraform 1.11, which use_lockfile needs; name a dynamodb_table until then`,
    },
  }
}
