import { oneOf, reportActions } from '../../../shared/terraform-iam-concerns.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/**
 * Actions that answer with credentials of somebody else. Tokens that are worth no more than the caller
 * (`ecr:GetAuthorizationToken`, `sts:GetSessionToken`, `s3:GetDataAccess` by a grant to the caller) are not among them.
 */
export const CREDENTIAL_ACTIONS = [
  'codepipeline:PollForJobs',
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity',
  'connect:GetFederationToken',
  'dsql:DbConnectAdmin',
  'gamelift:GetComputeAuthToken',
  'gamelift:RequestUploadCredentials',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:ResetServiceSpecificCredential',
  'iam:UpdateLoginProfile',
  'lightsail:GetInstanceAccessDetails',
  'lightsail:GetRelationalDatabaseMasterUserPassword',
  'rds-db:connect',
  'redshift:GetClusterCredentials',
  'redshift:GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:AssumeRoot',
  'sts:GetFederationToken',
]

const CREDENTIALS = oneOf(CREDENTIAL_ACTIONS)

/** Credentials of any user, role or database of the account. */
export const credentialsExposure: PolicyConcern<'credentials'> = {
  severity: 'high',
  severityReason:
    'Whoever steals this identity gets credentials of others with it, and outlives its removal; it takes that identity first.',
  controls: ['AC-3', 'AC-6', 'IA-5'],
  messages: {
    credentials: '{actions} hands out credentials of every user, role or database, not only of those needed.',
  },
  remediation:
    'Name the users, roles or databases whose credentials the job needs; assume a named role rather than making keys.',
  *judge(policy) {
    yield* reportActions(policy, { reach: 'service', wanted: CREDENTIALS, message: 'credentials' })
  },
}
