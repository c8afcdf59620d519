import { because } from '../../framework.ts'
import { byHand, partly, shown } from '../rows.ts'
import { CREDENTIALS_UNREADABLE, NO_WILDCARD_ACCESS } from '../shared-edges.ts'

const PERSONS = 'Who a person is, and what the identity provider asks of them, is not in the code.'

/** Requirements 7 (need to know) and 8 (identification and authentication). */
export default [
  byHand(
    '7.1.1',
    'Policies and procedures for access are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '7.1.2',
    'Roles and responsibilities for access are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  partly(
    '7.2.1',
    'A model of access by business need is defined',
    'Policies show who may; only the organisation knows who needs to.',
    'The access model, and what each role needs',
    { rules: NO_WILDCARD_ACCESS, predecessors: ['pci-dss-3.2.1:7.1'] },
  ),
  partly(
    '7.2.2',
    'People have the least privilege that their job needs',
    'Policies show privilege; only the organisation knows which of it a job needs.',
    'Assignments of privilege to people, and their approval',
    {
      rules: because(
        'An administrator policy gives whoever holds it everything.',
        'iam-no-admin-policy',
        'iam-document-no-admin',
        'iam-no-administrator-access',
        'iam-no-full-iam-access',
        'iam-no-privilege-escalation',
        'iam-document-no-privilege-escalation',
      ),
      predecessors: ['pci-dss-3.2.1:7.1.2'],
    },
  ),
  byHand('7.2.3', 'Privileges are approved', 'Approvals of the period'),
  byHand('7.2.4', 'Accounts and privileges of people are reviewed every six months', 'The last two reviews'),
  partly(
    '7.2.5',
    'Application and system accounts have the least privilege that they need',
    'Policies show privilege; only the owner of an application knows which of it is needed.',
    'List of application and system accounts, what each needs, and their approval',
    {
      rules: [
        ...because(
          'A role with an administrator policy gives the application everything.',
          'iam-no-admin-policy',
          'iam-document-no-admin',
        ),
        ...because('A mounted token gives a workload an identity it may not need.', 'k8s-service-account-token'),
        ...because(
          'These rights of a service account let it take every other right.',
          'k8s-rbac-escalate',
          'k8s-rbac-bind',
          'k8s-rbac-impersonate',
          'k8s-cluster-admin-binding',
        ),
      ],
      predecessors: ['pci-dss-3.2.1:7.1.2'],
    },
  ),
  byHand(
    '7.2.5.1',
    'Access of application and system accounts is reviewed',
    'The last review, and the risk analysis that sets its interval',
  ),
  partly(
    '7.2.6',
    'Repositories of cardholder data are queried only through applications or by the few who must',
    'Public ways to data are visible; who may query a database is not.',
    'Who may query, and through what',
    {
      rules: because(
        'A policy for everybody is a query for everybody.',
        's3-no-public-policy',
        's3-no-public-acl',
        'rds-snapshot-not-public',
      ),
    },
  ),
  partly(
    '7.3.1',
    'An access control system restricts access by need',
    'Policies in the code are visible; systems outside of it are not.',
    'The access control systems, and which components each covers',
    {
      rules: because(
        'A call that asks for no identity is under no access control.',
        'apigateway-method-authorization',
        'lambda-url-authentication',
        'k8s-api-server-anonymous-auth',
      ),
    },
  ),
  partly(
    '7.3.2',
    'Permissions follow from job and function',
    'Wildcards in policies are visible; jobs are not.',
    'Roles, and the jobs that have them',
    {
      rules: because(
        'A permission on everything follows from no job.',
        'iam-no-wildcard-resources',
        'iam-document-no-wildcard-resources',
        'k8s-rbac-wildcards',
      ),
    },
  ),
  partly(
    '7.3.3',
    'What is not allowed is denied',
    'Policies of AWS and Kubernetes deny by default; what they allow to everybody is visible.',
    'Default setting of each access control system',
    {
      rules: because(
        'A statement that allows everybody turns the default around.',
        'iam-role-no-public-trust',
        'iam-document-no-public-principal',
        's3-no-public-policy',
        'sqs-no-public-policy',
        'sns-no-public-policy',
        'ecr-no-public-policy',
        'lambda-no-public-permission',
      ),
    },
  ),
  byHand(
    '8.1.1',
    'Policies and procedures for identification are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '8.1.2',
    'Roles and responsibilities for identification are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand('8.2.1', 'Everybody has an account of their own', 'List of accounts, and how they are assigned', {
    note: PERSONS,
    rules: because('People who come through the identity provider have accounts of their own there.', 'iam-no-users'),
  }),
  partly(
    '8.2.2',
    'Shared accounts are exceptions that are approved and can be traced',
    'The key of the root account is visible; other shared accounts are not.',
    'List of shared accounts with need and approval',
    {
      rules: because('The root account belongs to nobody in particular.', 'iam-no-root-access-key'),
    },
  ),
  byHand(
    '8.2.3',
    'Service providers use a credential of their own for each customer',
    'How remote access to customers is authenticated; or that there is none',
  ),
  byHand('8.2.4', 'Creation, change and deletion of accounts is approved', 'Approvals of the period'),
  byHand('8.2.5', 'Access of people who leave ends at once', 'Leavers of the period, and when their access ended'),
  byHand('8.2.6', 'Accounts that are not used for ninety days go', 'Report of last use, and what was done'),
  byHand(
    '8.2.7',
    'Access of third parties is on only while it is needed, and watched',
    'Third parties, their times of access, and how it is watched',
  ),
  byHand('8.2.8', 'Sessions that are idle for fifteen minutes ask again', 'The setting of each system'),
  byHand('8.3.1', 'Access takes at least one authentication factor', 'Factors of each system'),
  shown('8.3.2', 'Authentication factors are unreadable when stored and sent', {
    rules: CREDENTIALS_UNREADABLE,
    predecessors: ['pci-dss-3.2.1:8.2.1'],
  }),
  byHand('8.3.3', 'Identity is proven before a factor is changed', 'The procedure'),
  byHand('8.3.4', 'Accounts lock after ten failed attempts, for half an hour at least', 'The setting of each system'),
  byHand('8.3.5', 'Passwords that were set for somebody are used once', 'The setting of each system'),
  partly(
    '8.3.6',
    'Passwords have at least twelve characters, letters and digits',
    'The password policy of IAM is visible; those of other systems are not.',
    'The setting of each other system',
    {
      rules: because(
        'The password policy of the account holds for everybody who signs in to it.',
        'iam-password-length',
        'iam-password-number',
        'iam-password-lowercase',
        'iam-password-uppercase',
      ),
    },
  ),
  partly(
    '8.3.7',
    'The last four passwords cannot be used again',
    'The password policy of IAM is visible; those of other systems are not.',
    'The setting of each other system',
    {
      rules: because('The password policy of the account remembers the last ones.', 'iam-password-reuse'),
    },
  ),
  byHand('8.3.8', 'People are told how to choose and keep their factors', 'The guidance, and who received it'),
  partly(
    '8.3.9',
    'Passwords that are the only factor change every ninety days, or access is judged by risk',
    'The password policy of IAM is visible; those of other systems are not.',
    'Where a password is the only factor, and what is done there',
    {
      rules: because('The password policy of the account ends passwords by their age.', 'iam-password-expiry'),
    },
  ),
  byHand(
    '8.3.10',
    'Service providers tell customers how to change their passwords',
    'The guidance; or that no customers sign in',
  ),
  byHand(
    '8.3.10.1',
    'Passwords of customers that are the only factor change every ninety days, or access is judged by risk',
    'The setting; or that no customers sign in',
  ),
  byHand('8.3.11', 'Tokens, cards and certificates belong to one person', 'How they are assigned'),
  byHand('8.4.1', 'Administration takes more than one factor', 'The setting of the identity provider', {
    note: PERSONS,
  }),
  byHand('8.4.2', 'All access to cardholder data takes more than one factor', 'The setting of the identity provider', {
    note: PERSONS,
  }),
  byHand('8.4.3', 'Remote access takes more than one factor', 'The setting of the remote access', { note: PERSONS }),
  byHand(
    '8.5.1',
    'Several factors cannot be replayed or bypassed, and all must succeed',
    'Settings of the system, and exceptions with their approval',
  ),
  byHand(
    '8.6.1',
    'Accounts of systems that people could sign in with are used so only by exception',
    'Exceptions with need, time and approval',
  ),
  partly(
    '8.6.2',
    'Passwords of applications and systems are not written into code or configuration',
    'This repository is searched; others are not.',
    'That the code of every application was searched',
    { rules: CREDENTIALS_UNREADABLE },
  ),
  byHand(
    '8.6.3',
    'Passwords of applications and systems are protected, changed and strong',
    'The interval of changes with its risk analysis, and strength of these passwords',
    {
      note: 'Rotation by the secrets manager is one way to change them; which passwords need it, and how often, follows from a risk analysis.',
      rules: because(
        'Rotation changes a secret without anybody having to think of it.',
        'secretsmanager-rotation',
        'secretsmanager-rotation-period',
      ),
    },
  ),
] as const
