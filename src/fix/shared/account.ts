import { addTopBlocks, attribute, block, raw } from '../../edit/hcl/index.ts'
import type { Block } from '../../parse/hcl/ast.ts'
import type { FixSession } from './session.ts'
import { providerOf } from './target.ts'

/** The account's root as a Terraform string, which stands for whatever IAM of the account allows. */
export function accountRoot(session: FixSession, dir: string, provider?: string): string {
  return `arn:aws:iam::${accountId(session, dir, provider)}:root`
}

/** The account's id as an interpolation. */
export function accountId(session: FixSession, dir: string, provider?: string): string {
  return `\${data.aws_caller_identity.${callerIdentity(session, dir, provider)}.account_id}`
}

/** The region as an interpolation; `id` has it in every version of the provider. */
export function regionName(session: FixSession, dir: string, provider?: string): string {
  return `\${data.aws_region.${dataSource(session, dir, 'aws_region', provider)}.id}`
}

/** The name of the `aws_caller_identity` of a folder, which is declared if it is not there. */
export function callerIdentity(session: FixSession, dir: string, provider?: string): string {
  return dataSource(session, dir, 'aws_caller_identity', provider)
}

/** Another alias of the provider may mean another account or region, so that it has data sources of its own. */
function dataSource(session: FixSession, dir: string, type: string, provider: string | undefined): string {
  const { edits, estate, done } = session
  const taken = new Set<string>()
  for (const document of estate.moduleDocuments(dir)) {
    for (const item of document.body.items) {
      if (item.kind !== 'block' || item.type !== 'data' || item.labels[0]?.value !== type) continue
      const name = item.labels[1]?.value ?? ''
      if (isPlain(item) && providerOf({ document, block: item }) === provider) return name
      taken.add(name)
    }
  }
  const wanted = provider?.split('.')[1] ?? 'current'
  const name = [wanted, `${wanted}_provider`, `${wanted}_own`].find((one) => !taken.has(one)) ?? `${wanted}_fix`
  const key = `data ${type} ${name} of ${dir}`
  if (!done.has(key)) {
    done.add(key)
    const items = provider === undefined ? [] : [attribute('provider', raw(provider))]
    addTopBlocks(edits, estate, dir, 'data.tf', [block('data', items, [type, name])])
  }
  return name
}

/** False for one that may be several or none, or that looks another region up. */
function isPlain({ body }: Block): boolean {
  return body.items.every((item) => item.kind === 'attribute' && item.name === 'provider')
}
