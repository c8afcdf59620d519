import { asString, type Place, type Tri } from '../../resources/place.ts'
import { type PolicyCondition, PolicyElement } from '../../resources/terraform/policy.ts'
import { matchesPattern } from '../../resources/aws/iam-actions.ts'
import { allOf, limits } from './terraform-iam-conditions.ts'
import { type Grant, isDenied, openIn, reaches, unknownActions, unknownIn } from './terraform-iam-grants.ts'

/** Actions that together give more than the policy does. */
export interface EscalationPath {
  readonly actions: readonly string[]
  /** For people, after "the holder". */
  readonly how: string
  /** The service that a role is passed to. */
  readonly service?: string
}

const PASS_ROLE = 'iam:PassRole'

function passing(service: string, how: string, ...actions: readonly string[]): EscalationPath {
  return { actions: [PASS_ROLE, ...actions], how, service: `${service}.amazonaws.com` }
}

/**
 * Published ways from some rights to more. Sources: Rhino Security Labs, "AWS IAM Privilege Escalation - Methods and
 * Mitigation" (2018, extended since); Bishop Fox, "Privilege Escalation in AWS" (2021). The order is that of the report.
 */
export const ESCALATION_PATHS: readonly EscalationPath[] = [
  { actions: ['iam:CreatePolicyVersion'], how: 'rewrites a policy that is attached to them' },
  { actions: ['iam:SetDefaultPolicyVersion'], how: 'brings back an older, wider version of a policy' },
  { actions: ['iam:AttachUserPolicy'], how: 'attaches an administrator policy to their user' },
  { actions: ['iam:AttachGroupPolicy'], how: 'attaches an administrator policy to a group of theirs' },
  { actions: ['iam:AttachRolePolicy'], how: 'attaches an administrator policy to a role of theirs' },
  { actions: ['iam:PutUserPolicy'], how: 'writes an administrator policy into their user' },
  { actions: ['iam:PutGroupPolicy'], how: 'writes an administrator policy into a group of theirs' },
  { actions: ['iam:PutRolePolicy'], how: 'writes an administrator policy into a role of theirs' },
  { actions: ['iam:AddUserToGroup'], how: 'joins a group with more rights' },
  { actions: ['iam:CreateAccessKey'], how: 'makes an access key of a mightier user' },
  { actions: ['iam:CreateLoginProfile'], how: 'sets a console password for a mightier user' },
  { actions: ['iam:UpdateLoginProfile'], how: 'changes the console password of a mightier user' },
  { actions: ['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole'], how: 'lets themselves into any role' },
  passing('ec2', 'starts an instance with a mightier role and reads its credentials', 'ec2:RunInstances'),
  passing('lambda', 'runs code of theirs as a mightier role', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passing(
    'lambda',
    'runs code of theirs as a mightier role',
    'lambda:CreateFunction',
    'lambda:CreateEventSourceMapping',
  ),
  passing('lambda', 'runs code of theirs as a mightier role', 'lambda:CreateFunction', 'lambda:AddPermission'),
  { actions: ['lambda:UpdateFunctionCode'], how: 'replaces the code of a function that has a mightier role' },
  {
    actions: ['lambda:UpdateFunctionConfiguration'],
    how: 'puts a layer of theirs into a function with a mightier role',
  },
  passing('cloudformation', 'has a stack created by a mightier role', 'cloudformation:CreateStack'),
  passing('ecs-tasks', 'runs a container as a mightier role', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('ecs-tasks', 'runs a container as a mightier role', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'),
  passing('codebuild', 'runs a build as a mightier role', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  passing('codebuild', 'runs a build as a mightier role', 'codebuild:UpdateProject', 'codebuild:StartBuild'),
  passing('glue', 'signs in to a development endpoint that has a mightier role', 'glue:CreateDevEndpoint'),
  { actions: ['glue:UpdateDevEndpoint'], how: 'signs in to a development endpoint that has a mightier role' },
  passing('glue', 'runs a job as a mightier role', 'glue:CreateJob', 'glue:StartJobRun'),
  passing('glue', 'runs a job as a mightier role', 'glue:UpdateJob', 'glue:StartJobRun'),
  passing(
    'datapipeline',
    'runs commands as a mightier role',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  passing(
    'sagemaker',
    'opens a notebook that has a mightier role',
    'sagemaker:CreateNotebookInstance',
    'sagemaker:CreatePresignedNotebookInstanceUrl',
  ),
  passing('sagemaker', 'runs a training job as a mightier role', 'sagemaker:CreateTrainingJob'),
  passing('sagemaker', 'runs a processing job as a mightier role', 'sagemaker:CreateProcessingJob'),
  { actions: ['sagemaker:CreatePresignedNotebookInstanceUrl'], how: 'opens a notebook that has a mightier role' },
]

/** A path that a policy opens, or may open. */
export interface OpenPath {
  readonly path: EscalationPath
  readonly verdict: 'yes' | 'unknown'
  /** Where its first action is allowed; or what is not known. */
  readonly at: Place
}

interface Provision {
  readonly verdict: Tri
  readonly at: Place | undefined
}

/** The paths whose every action is allowed on every resource, in one statement or in several of a policy. */
export function openPaths(grants: readonly Grant[]): readonly OpenPath[] {
  const provisions = new Map<string, Provision>()
  const provided = (action: string, service: string | undefined): Provision => {
    const key = action === PASS_ROLE ? `${action} ${service ?? ''}` : action
    const known = provisions.get(key) ?? provisionOf(grants, action, service)
    provisions.set(key, known)
    return known
  }
  return ESCALATION_PATHS.flatMap((path): OpenPath[] => {
    const found = path.actions.map((action) => provided(action, path.service))
    const verdict = allOf(found.map((provision) => provision.verdict))
    const at = verdict === 'yes' ? found[0]?.at : found.find((provision) => provision.verdict === 'unknown')?.at
    return verdict === 'no' || at === undefined ? [] : [{ path, verdict, at }]
  })
}

function provisionOf(grants: readonly Grant[], action: string, service: string | undefined): Provision {
  let best: Provision = { verdict: 'no', at: undefined }
  for (const grant of grants) {
    const provision = provisionIn(grant, action, service)
    if (provision.verdict === 'yes') return provision
    if (best.verdict === 'no') best = provision
  }
  return best
}

function provisionIn(grant: Grant, action: string, service: string | undefined): Provision {
  const none: Provision = { verdict: 'no', at: undefined }
  const { statement, denies } = grant
  if (isDenied(denies, action)) return none
  const { conditions, actions, resources } = statement
  const limited = action === PASS_ROLE ? limits(conditions, isAboutService) : grant.limited
  const fits = action === PASS_ROLE ? mayBePassedTo(conditions, service) : 'yes'
  const reach = reaches(grant, action.slice(0, action.indexOf(':')), 'service')
  if (limited === 'yes' || fits === 'no' || reach === 'no') return none
  const written = allowedAt(grant, action)
  if (written === undefined) {
    const open = unknownActions(actions)
    return open === undefined ? none : { verdict: 'unknown', at: open }
  }
  if (grant.stands === 'unknown') return { verdict: 'unknown', at: openIn(grant) }
  if (limited === 'unknown' || fits === 'unknown') return { verdict: 'unknown', at: statement.place.get('Condition') }
  return reach === 'unknown' ? { verdict: 'unknown', at: unknownIn(resources.place) } : { verdict: 'yes', at: written }
}

/** The text that allows an action, or the NotAction that does not leave it out. */
function allowedAt({ statement: { actions } }: Grant, action: string): Place | undefined {
  if (actions.not) {
    const { values } = actions
    if (values.kind !== 'known') return undefined
    return values.value.some((pattern) => matchesPattern(pattern, action)) ? undefined : actions.place
  }
  return actions.items.find(({ value }) => {
    const text = value === undefined ? undefined : asString(value)
    return text !== undefined && matchesPattern(text, action)
  })
}

function isAboutService({ key, operator }: PolicyCondition): boolean {
  return key.toLowerCase() === 'iam:passedtoservice' && !/Not/i.test(operator)
}

/** Whether the conditions let a role be passed to a service: one that may have any role is worth attacking. */
function mayBePassedTo(conditions: readonly PolicyCondition[] | 'unknown', service: string | undefined): Tri {
  if (conditions === 'unknown') return 'unknown'
  const verdicts = conditions.filter(isAboutService).map(({ place, values }): Tri => {
    if (service === undefined) return 'no'
    const known = new PolicyElement(place, false).known.some((pattern) => matchesPattern(pattern, service))
    return known ? 'yes' : values.kind === 'unknown' ? 'unknown' : 'no'
  })
  return allOf(verdicts)
}
