import { addTopBlocks, attribute, GAP, HclEdits, type ItemSpec, raw, resource } from '../../edit/hcl/index.ts'
import { renderValue } from '../../edit/hcl/spec.ts'
import { refersTo } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { FixContext } from '../fixer.ts'
import { keyFor } from '../shared/key.ts'
import type { FixSession } from '../shared/session.ts'
import { freeName, providerOf, terraformTarget } from '../shared/target.ts'
import type { Bundle } from './bundle.ts'
import { roleName } from './external-secret.ts'
import { type AwsStore, isEksModule } from './store.ts'

const SECRET = 'aws_secretsmanager_secret'
const PROVIDER = 'aws_iam_openid_connect_provider'
/**
 * The root certificate (Starfield Services Root Certificate Authority - G2) that EKS's issuers chain to. IAM trusts it by
 * itself, but the provider before 5.81 wants the argument.
 */
const THUMBPRINT = '9e99a48a9960b14926bb7f3b02e22da2b0ab7280'

/** The secret, its key, and the role by which the bundle's ServiceAccount reads this one secret. No value is written. */
export function cloudSide(bundles: readonly Bundle[], store: AwsStore, context: FixContext): WorkspaceEdit {
  const { dir, cluster } = store
  const session: FixSession = { ...context, edits: new HclEdits(), done: new Set() }
  const fresh = bundles.filter(({ remoteName }) => !isDeclared(context, store, remoteName))
  if (fresh.length === 0) return session.edits.finish()
  const target = terraformTarget(context.estate, cluster)
  const provider = target === undefined || isEksModule(cluster) ? undefined : providerOf(target)
  const meta: readonly ItemSpec[] = provider === undefined ? [] : [attribute('provider', raw(provider)), GAP]
  const purpose = { name: 'secrets', description: 'Secrets of workloads', pattern: /\bsecrets?\b/i }
  const key = renderValue(keyFor(session, purpose, { dir, root: cluster.root, modulePath: '', provider }))
  const issuer = identityProvider(session, store, meta)
  const blocks = fresh.flatMap((bundle) => {
    const name = identifier(bundle.name)
    const secret = freeName({ estate: context.estate, dir }, SECRET, name, bundle.namespace)
    const role = freeName({ estate: context.estate, dir }, 'aws_iam_role', `${name}_secrets`, bundle.namespace)
    return [
      resource(SECRET, secret, [
        ...meta,
        attribute('name', bundle.remoteName),
        attribute('description', `Credentials of ${bundle.owner.type} ${bundle.owner.name}`),
        attribute('kms_key_id', raw(key)),
      ]),
      resource('aws_iam_role', role, [
        ...meta,
        attribute('name', roleName(bundle)),
        GAP,
        attribute('assume_role_policy', raw(trustPolicy(issuer, bundle))),
      ]),
      resource('aws_iam_role_policy', role, [
        ...meta,
        attribute('name', 'read-secret'),
        attribute('role', raw(`aws_iam_role.${role}.id`)),
        GAP,
        attribute('policy', raw(readPolicy(`${SECRET}.${secret}.arn`, key))),
      ]),
    ]
  })
  addTopBlocks(session.edits, context.estate, dir, 'secrets.tf', blocks)
  return session.edits.finish()
}

/** True if the root module declares a secret of that name, as after an earlier run. */
function isDeclared({ estate }: FixContext, { cluster }: AwsStore, remoteName: string): boolean {
  return estate.terraform(SECRET, cluster.root).some((secret) => {
    const name = Place.of(secret).get('name').value
    return name?.kind === 'string' && name.value === remoteName
  })
}

interface Issuer {
  /** Expressions: the ARN of the identity provider, and its URL without scheme. */
  readonly arn: string
  readonly host: string
}

/** The cluster's identity provider in IAM: a module's own, the one that is declared, or a new one below the cluster. */
function identityProvider(session: FixSession, { cluster, dir }: AwsStore, meta: readonly ItemSpec[]): Issuer {
  if (isEksModule(cluster))
    return { arn: `${cluster.address}.oidc_provider_arn`, host: `${cluster.address}.oidc_provider` }
  const there = declaredProvider(session, cluster)
  if (there !== undefined) return issuerOf(there.name)
  const name = freeName({ estate: session.estate, dir }, PROVIDER, cluster.name, 'eks')
  const spec = resource(PROVIDER, name, [
    ...meta,
    attribute('url', raw(`aws_eks_cluster.${cluster.name}.identity[0].oidc[0].issuer`)),
    attribute('client_id_list', ['sts.amazonaws.com']),
    attribute('thumbprint_list', [THUMBPRINT]),
  ])
  const { source } = cluster
  if (source === undefined) addTopBlocks(session.edits, session.estate, dir, 'eks.tf', [spec])
  else session.edits.addBlockAfter(source.document, source.block, spec)
  return issuerOf(name)
}

function declaredProvider({ estate }: FixSession, cluster: TerraformResource): TerraformResource | undefined {
  return estate
    .terraform(PROVIDER, cluster.root)
    .find(
      (one) =>
        one.modulePath === '' &&
        !one.address.endsWith(']') &&
        (Place.of(one).get('url').value?.refs ?? []).some((reference) => refersTo(reference, cluster)),
    )
}

function issuerOf(name: string): Issuer {
  return { arn: `${PROVIDER}.${name}.arn`, host: `replace(${PROVIDER}.${name}.url, "https://", "")` }
}

/** Only this one account of this one namespace, and only with a token that is meant for AWS. */
function trustPolicy({ arn, host }: Issuer, { namespace, account }: Bundle): string {
  return `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect    = "Allow"
    Principal = { Federated = ${arn} }
    Action    = "sts:AssumeRoleWithWebIdentity"
    Condition = {
      StringEquals = {
        "\${${host}}:aud" = "sts.amazonaws.com"
        "\${${host}}:sub" = "system:serviceaccount:${namespace}:${account.name}"
      }
    }
  }]
})`
}

function readPolicy(secret: string, key: string): string {
  return `jsonencode({
  Version = "2012-10-17"
  Statement = [
    {
      Effect   = "Allow"
      Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
      Resource = ${secret}
    },
    {
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = ${key}
    },
  ]
})`
}

function identifier(name: string): string {
  const text = name.replace(/[^A-Za-z0-9]+/g, '_')
  return /^\d/.test(text) ? `secret_${text}` : text
}
