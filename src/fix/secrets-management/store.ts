import { parseImage } from '../../resources/images/reference.ts'
import { containers, podTemplate, WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import { folderOf } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { FixContext, Need } from '../fixer.ts'

/** A store that the cluster has already, from `values.secretStore`. */
interface GivenStore {
  readonly kind: 'given'
  readonly name: string
  readonly storeKind: 'SecretStore' | 'ClusterSecretStore'
}

/** AWS Secrets Manager, reached with an IAM role that the cluster's own identity provider vouches for. */
export interface AwsStore {
  readonly kind: 'aws'
  /** The `aws_eks_cluster`, or the call of a well-known module that makes one. */
  readonly cluster: TerraformResource
  readonly dir: string
  readonly account: string
  readonly region: string
}

export type Store = GivenStore | AwsStore

/** Where the secrets of the project's workloads are to be kept, or what has to be known first. */
export function storeFor({ estate, values }: FixContext): Store | { readonly needs: readonly Need[] } {
  const given = values.secretStore
  if (given !== undefined) return { kind: 'given', name: given.name, storeKind: given.kind ?? 'ClusterSecretStore' }
  const clusters = eksClusters(estate)
  const [cluster] = clusters
  if (cluster?.source === undefined || clusters.length > 1) {
    const why =
      cluster === undefined
        ? 'No Terraform here declares an EKS cluster that can be referred to.'
        : `The project has several clusters (${clusters.map(({ address }) => address).join(', ')}).`
    const question = `${why} Which SecretStore or ClusterSecretStore of External Secrets (\`{name, kind}\`) does the cluster have?`
    return { needs: [{ key: 'values.secretStore', question }] }
  }
  const dir = folderOf(cluster.source.document.path)
  const hosts = registryHosts(estate)
  const account = values.awsAccountId ?? writtenAccount(estate, dir) ?? only(hosts.map(({ account }) => account))
  const region = values.awsRegion ?? providerRegion(estate, cluster) ?? only(hosts.map(({ region }) => region))
  if (account !== undefined && region !== undefined) return { kind: 'aws', cluster, dir, account, region }
  return {
    needs: [
      ...(account === undefined
        ? [
            {
              key: 'values.awsAccountId',
              question: `In which AWS account (12 digits, in quotes) is ${cluster.address}?`,
            },
          ]
        : []),
      ...(region === undefined
        ? [{ key: 'values.awsRegion', question: `In which AWS region is ${cluster.address}?` }]
        : []),
    ],
  }
}

function eksClusters(estate: Estate): readonly TerraformResource[] {
  const declared = estate.terraform('aws_eks_cluster')
  const called = estate.terraform('module').filter((call) => isEksModule(call))
  return [...declared, ...called].filter(
    ({ modulePath, source, dormant, address }) =>
      modulePath === '' && source?.editable === true && !dormant && !address.endsWith(']'),
  )
}

/** The module of the registry that nearly everybody uses; it has outputs for its identity provider. */
export function isEksModule(resource: TerraformResource): boolean {
  const source = Place.of(resource).get('source').value
  return (
    resource.type === 'module' &&
    source?.kind === 'string' &&
    /(?:^|[/:])terraform-aws-modules\/(?:eks\/aws|terraform-aws-eks)(?:$|[.?])/.test(source.value)
  )
}

function writtenAccount(estate: Estate, dir: string): string | undefined {
  const texts = estate.moduleDocuments(dir).map(({ text }) => text)
  return only(
    texts.flatMap((text) =>
      [...text.matchAll(/\baccount_?id"?\s*[=:]\s*"(\d{12})"/gi)].map(([, account]) => account ?? ''),
    ),
  )
}

function providerRegion(estate: Estate, cluster: TerraformResource): string | undefined {
  const alias = Place.of(cluster).get('provider').value
  const wanted = alias?.kind === 'string' ? alias.value.split('.')[1] : undefined
  for (const provider of estate.terraform('provider.aws', cluster.root)) {
    const place = Place.of(provider)
    const own = place.get('alias').value
    if (provider.modulePath !== '' || (own?.kind === 'string' ? own.value : undefined) !== wanted) continue
    const region = place.get('region').string()
    if (region.kind === 'known') return region.value
  }
  return undefined
}

/** Accounts and regions of the ECR registries that the project's pods run images from. */
function registryHosts(estate: Estate): readonly { readonly account: string; readonly region: string }[] {
  return WORKLOAD_KINDS.flatMap((kind) => [...estate.kubernetes(kind)]).flatMap((workload) => {
    const template = podTemplate(Place.of(workload))
    if (template === undefined) return []
    return containers(template.spec).flatMap(({ place }) => {
      const image = place.get('image').value
      const registry = image?.kind === 'string' ? (parseImage(image.value)?.registry ?? '') : ''
      const groups = /^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com/.exec(registry)?.groups
      const { account, region } = groups ?? {}
      return account === undefined || region === undefined ? [] : [{ account, region }]
    })
  })
}

function only(values: readonly string[]): string | undefined {
  const distinct = new Set(values)
  return distinct.size === 1 ? values[0] : undefined
}
