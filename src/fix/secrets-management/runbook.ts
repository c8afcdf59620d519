import type { Bundle } from './bundle.ts'
import type { Leak } from './leaks.ts'
import type { Store } from './store.ts'

/** Who issues a credential, told by its name, and how it is replaced there. */
const ISSUERS: readonly (readonly [pattern: RegExp, way: string])[] = [
  [
    /^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$|access_key$|secret_key$/i,
    'make a new access key (`aws iam create-access-key`), and deactivate the old one once nothing uses it (`aws iam update-access-key --status Inactive`). Better: give the workload an IAM role and no key at all',
  ],
  [/STRIPE/i, "roll the key in Stripe's dashboard (Developers, API keys)"],
  [/TWILIO/i, "promote a secondary auth token in Twilio's console"],
  [/GITHUB|GH_TOKEN/i, 'revoke the token in the settings of its GitHub account, and make a new one'],
  [/SLACK/i, 'revoke the token at api.slack.com/apps, and install the app again'],
  [/JWT|SESSION|COOKIE|SIGNING/i, 'make a new random key; all sessions signed with the old one end'],
  [
    /(?:POSTGRES|PG|DB|DATABASE|MYSQL|MARIADB|SQL|RDS).*(?:PASS|PWD)|DATABASE_URL|password$/i,
    'change the password in the database (`ALTER ROLE ... PASSWORD` or `ALTER USER`); for an image that sets it only on first start, the variable alone changes nothing',
  ],
]

export function rotation(name: string): string {
  const way = ISSUERS.find(([pattern]) => pattern.test(name))?.[1]
  return way ?? 'make a new value where it is issued, and revoke the old one there'
}

/** What a person does around a held move, in order. */
export function workloadRunbook(leak: Leak, bundle: Bundle | undefined, store: Store | undefined): string {
  const where = store?.kind === 'aws' ? 'AWS Secrets Manager' : 'the store behind the cluster'
  const remote = bundle?.remoteName ?? 'the secret'
  const steps = [
    `Treat ${leak.name} as leaked: ${rotation(leak.name)}.`,
    'See that External Secrets runs in the cluster: `kubectl get crd externalsecrets.external-secrets.io`. If not, install its Helm chart (`external-secrets/external-secrets`).',
    store?.kind === 'aws'
      ? 'Approve, and apply the Terraform first: it makes the secret (empty), its key and the role.'
      : 'Approve.',
    `Put the **new** value into ${where} as \`${remote}\`, property \`${leak.name}\`, from a file that is deleted afterwards.`,
    'Apply the new manifests, wait until the ExternalSecret is Ready, then roll the workloads out.',
    'Revoke the old value when all pods run with the new one.',
  ]
  return steps.map((step, i) => `${i + 1}. ${step}`).join('\n')
}
