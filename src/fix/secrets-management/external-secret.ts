import type { YamlChange, YamlData } from '../../edit/yaml/index.ts'
import { Place } from '../../resources/place.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { type Bundle, ROLE_ANNOTATION, templateOf } from './bundle.ts'
import type { AwsStore, Store } from './store.ts'

const API = 'external-secrets.io/v1'

/** The account (if it is new), the store and the ExternalSecret of a bundle, in the order in which they are applied. */
export function objectsFor(bundle: Bundle, store: Store): readonly YamlData[] {
  const { account, name } = bundle
  const newAccount =
    store.kind === 'aws' && account.existing === undefined
      ? [
          {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: metadata(bundle, account.name, { [ROLE_ANNOTATION]: roleArn(bundle, store) }),
            automountServiceAccountToken: false,
          },
        ]
      : []
  const newStore =
    store.kind === 'aws'
      ? [
          {
            apiVersion: API,
            kind: 'SecretStore',
            metadata: metadata(bundle, name),
            spec: {
              provider: {
                aws: {
                  service: 'SecretsManager',
                  region: store.region,
                  auth: { jwt: { serviceAccountRef: { name: account.name } } },
                },
              },
            },
          },
        ]
      : []
  return [...newAccount, ...newStore, externalSecret(bundle, store)]
}

function externalSecret(bundle: Bundle, store: Store): YamlData {
  const { secretName, name, properties } = bundle
  const template = templateFor(bundle)
  return {
    apiVersion: API,
    kind: 'ExternalSecret',
    metadata: metadata(bundle, secretName),
    spec: {
      refreshInterval: '1h',
      secretStoreRef:
        store.kind === 'aws' ? { kind: 'SecretStore', name } : { kind: store.storeKind, name: store.name },
      target: { name: secretName, creationPolicy: 'Owner', ...(template !== undefined && { template }) },
      data: properties.map((property) => dataItem(bundle, property)),
    },
  }
}

function dataItem({ remoteName }: Bundle, property: string): YamlData {
  return { secretKey: property, remoteRef: { key: remoteName, property } }
}

/** A template states all keys of the Secret, those that it only passes on too. */
function templateFor({ properties, templates }: Bundle): { readonly [key: string]: YamlData } | undefined {
  if (templates.size === 0) return undefined
  const passed = properties.map((property): [string, string] => [property, templateOf(property)])
  return { data: Object.fromEntries([...passed, ...templates]) }
}

/** More keys for the ExternalSecret that an earlier run made. */
export function extension(bundle: Bundle): WorkspaceEdit | FixRefusal | undefined {
  const { existing, properties, templates } = bundle
  if (existing === undefined) return undefined
  const spec = Place.of(existing).get('spec')
  const changes = properties.map((property): YamlChange => ({
    op: 'append',
    path: spec.get('data').path,
    value: dataItem(bundle, property),
  }))
  const template = spec.get('target', 'template', 'data')
  const keys = spec
    .get('data')
    .items()
    .flatMap((item) => {
      const key = item.get('secretKey').value
      return key?.kind === 'string' ? [key.value] : []
    })
  if (templates.size > 0 || !template.absent) {
    const missing = [...keys, ...properties].filter((key) => template.get(key).absent)
    for (const key of missing) changes.push({ op: 'set', path: [...template.path, key], value: templateOf(key) })
    for (const [key, text] of templates) changes.push({ op: 'set', path: [...template.path, key], value: text })
  }
  return objectEdit(existing, changes)
}

/** Gives the ServiceAccount that is there the role; undefined if a new one is made. */
export function annotation(bundle: Bundle, store: Store): WorkspaceEdit | FixRefusal | undefined {
  const { existing } = bundle.account
  if (existing === undefined || store.kind !== 'aws') return undefined
  const path = ['metadata', 'annotations', ROLE_ANNOTATION]
  return objectEdit(existing, [{ op: 'set', path, value: roleArn(bundle, store) }])
}

/** At most 64 characters, as IAM wants it. */
export function roleName({ namespace, name }: Bundle): string {
  return `${`${namespace}-${name}`.slice(0, 56).replace(/-+$/, '')}-secrets`
}

function roleArn(bundle: Bundle, { account, region }: AwsStore): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
  return `arn:${partition}:iam::${account}:role/${roleName(bundle)}`
}

function metadata({ owner }: Bundle, name: string, annotations?: YamlData): { readonly [key: string]: YamlData } {
  return {
    name,
    // Where the manifest leaves it to a kustomization or to whoever applies it, so do these.
    ...(owner.namespace !== '' && { namespace: owner.namespace }),
    ...(annotations !== undefined && { annotations }),
  }
}
