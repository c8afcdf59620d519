import { type EditRefusal, findAttribute, HclEdits, notEditable } from '../../edit/hcl/index.ts'
import { asString, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { isEmptyEdit } from '../../text/workspace-edit.ts'
import type { Assessment, BuiltEdit, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { dependents } from '../shared/references.ts'
import { unreachable } from '../shared/target.ts'
import { removeAttributes } from './literal.ts'
import { otherPlaces } from './occurrences.ts'
import { rotation } from './runbook.ts'
import { type SensitiveVariable, SensitiveVariables } from './sensitive.ts'

const PROVIDER = 'provider-no-credentials'
const SCRIPT = 'user-data-no-secrets'
export const TERRAFORM_RULES = ['lambda-no-hardcoded-secrets', PROVIDER, 'rds-no-hardcoded-password', SCRIPT] as const

const TITLES: Readonly<Record<(typeof TERRAFORM_RULES)[number], string>> = {
  'lambda-no-hardcoded-secrets': 'Give the credential to the function from outside, by a sensitive variable',
  'provider-no-credentials': 'Take the credentials out of the provider',
  'rds-no-hardcoded-password': 'Give the password from outside, by a sensitive variable',
  'user-data-no-secrets': 'Give the credential to the script from outside, by a sensitive variable',
}

const WHY =
  'everyone who can read the repository or its history has the value, so it has to be rotated; and Terraform asks for it from now on'

const REASONS: Readonly<Record<(typeof TERRAFORM_RULES)[number], string>> = {
  'lambda-no-hardcoded-secrets': `${WHY}. It stays readable in the function's configuration until the function reads it from Secrets Manager itself`,
  'provider-no-credentials':
    'everyone who can read the repository or its history has the key, so it has to be deactivated; and Terraform needs credentials from its environment instead',
  'rds-no-hardcoded-password': `${WHY}; applying the new value changes the password at once, and what still uses the old one can no longer sign in`,
  'user-data-no-secrets': `${WHY}. The change stops and starts the machine, or replaces it; and who can ask the machine for its user data can still read the value`,
}

export function assessTerraform(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { resource } = complaint.at
  const rule = TERRAFORM_RULES.find((one) => one === complaint.ruleId)
  if (resource.kind !== 'terraform' || rule === undefined || resource.source?.editable !== true)
    return unreachable(resource)
  const { refusals } = secureAll([complaint], context)
  const [refusal] = refusals.values()
  if (refusal !== undefined) return refusal
  return {
    rank: 'B',
    title: TITLES[rule],
    minutes: rule === PROVIDER ? 60 : 20,
    group: `terraform ${resource.root}`,
    reason: REASONS[rule],
    blastRadius: blastRadius(complaint, resource, context),
    runbook: runbook(rule, complaint),
  }
}

function blastRadius(complaint: Complaint, resource: TerraformResource, { estate }: FixContext): readonly string[] {
  const value = secretOf(complaint)
  const places = value === undefined ? [] : otherPlaces(value, estate, complaint.at.location)
  const users = dependents(estate, resource).map(({ address }) => address)
  return [...new Set([...users, ...places.map((place) => `${place} (the same value)`)])]
}

/** Never to be printed. */
export function secretOf({ at }: Complaint): string | undefined {
  const origin = at.value?.origin
  if (origin?.language === 'embedded-json') return origin.document.text.slice(origin.span.start, origin.span.end)
  return at.value === undefined ? undefined : asString(at.value)
}

export function buildTerraform(complaints: readonly Complaint[], context: FixContext): BuiltEdit | FixRefusal {
  const { edits, refusals } = secureAll(complaints, context)
  const edit = edits.finish()
  const [first] = refusals.values()
  if (first !== undefined && isEmptyEdit(edit)) return first
  return { ...edit, leftOut: [...refusals].map(([fingerprint, refusal]) => ({ fingerprint, refusal })) }
}

interface Secured {
  readonly edits: HclEdits
  readonly required: readonly SensitiveVariable[]
  readonly refusals: ReadonlyMap<string, FixRefusal>
}

export function secureAll(complaints: readonly Complaint[], context: FixContext): Secured {
  const edits = new HclEdits()
  const session = { ...context, edits, done: new Set<string>() }
  const variables = new SensitiveVariables(session)
  const refusals = new Map<string, FixRefusal>()
  for (const complaint of complaints) {
    const refusal = secure(complaint, edits, variables)
    if (refusal !== undefined) refusals.set(complaint.fingerprint, { code: 'no-fix', refused: refusal.refused })
  }
  return { edits, required: variables.required, refusals }
}

function secure(complaint: Complaint, edits: HclEdits, variables: SensitiveVariables): EditRefusal | undefined {
  const { at, data, ruleId } = complaint
  const { resource } = at
  if (ruleId === SCRIPT) return secureScript(complaint, variables)
  if (ruleId === PROVIDER && isInProvider(at)) return takeOut(at, edits)
  const value = at.value === undefined ? undefined : asString(at.value)
  if (value === undefined) return { refused: 'the value is one of several: which one cannot be told' }
  const attribute = String(data['name'] ?? data['attribute'] ?? at.path.at(-1))
  return variables.secure(at, `${resource.name}_${attribute}`, value)
}

function secureScript({ at, data }: Complaint, variables: SensitiveVariables): EditRefusal | undefined {
  const name = String(data['name'])
  const unable = notEditable(at)
  if (unable !== undefined) return unable
  const origin = at.value?.origin
  if (origin?.language !== 'embedded-json')
    return { refused: 'the script is kept elsewhere or encoded: let it fetch the credential with the instance profile' }
  if (name === 'private key')
    return { refused: 'a private key has many lines: let the machine fetch it with its instance profile' }
  return variables.interpolate(origin.document, origin.span, `${at.resource.name}_${name}`)
}

function isInProvider({ value, resource, path }: Place): boolean {
  const origin = value?.origin
  if (resource.kind !== 'terraform' || origin?.language !== 'hcl' || resource.source === undefined) return false
  const attribute = findAttribute(resource.source.block, String(path.at(-1)))
  return attribute !== undefined && attribute.value === origin.node
}

/** One half of a key is worth nothing without the other. */
function takeOut(at: Place, edits: HclEdits): EditRefusal | undefined {
  const { resource } = at
  const source = resource.kind === 'terraform' ? resource.source : undefined
  if (source === undefined) return { refused: 'the provider is not written here' }
  const written = ['access_key', 'secret_key', 'token'].flatMap((name) => findAttribute(source.block, name) ?? [])
  removeAttributes(edits, source.document, source.block, written)
  return undefined
}

function runbook(rule: (typeof TERRAFORM_RULES)[number], complaint: Complaint): string {
  const name = String(complaint.data['name'] ?? complaint.data['attribute'] ?? '')
  const first = `Treat the value as leaked: ${rule === PROVIDER ? rotation('AWS_ACCESS_KEY_ID') : rotation(name)}.`
  return [first, ...STEPS[rule]].map((step, i) => `${i + 1}. ${step}`).join('\n')
}

const GIVE =
  'Keep the new value as a protected variable of the pipeline, or read it from Secrets Manager there, and pass it as `TF_VAR_...`; never in a `.tfvars` file of the repository.'

const STEPS: Readonly<Record<(typeof TERRAFORM_RULES)[number], readonly string[]>> = {
  'rds-no-hardcoded-password': [
    GIVE,
    'Stop or prepare what signs in with the old password.',
    'Approve and apply: RDS changes the password, without replacing the database.',
    'Better in the long run: `manage_master_user_password = true`, so that RDS makes, keeps and rotates it.',
    'The Terraform state holds the value: see that the state is encrypted and who may read it.',
  ],
  'lambda-no-hardcoded-secrets': [
    GIVE,
    'Approve and apply, then invoke the function once.',
    'Better in the long run: let the function read the secret with its role (the AWS extension for secrets caches it).',
  ],
  'provider-no-credentials': [
    'Give Terraform credentials from its environment: OIDC in a pipeline, SSO for people, a role for machines.',
    'Approve, and run `terraform plan` there.',
    'Deactivate the old key, and look in CloudTrail for what else used it.',
  ],
  'user-data-no-secrets': [
    GIVE,
    'Read the plan: whether the machine is restarted or replaced depends on `user_data_replace_on_change` and on the resource.',
    'Better in the long run: let the script fetch the secret with the instance profile (`aws secretsmanager get-secret-value`), so that user data holds none.',
  ],
}
