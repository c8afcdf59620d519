import type { Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { PROVIDER_MAJORS, type ProviderMajor } from '../aws/schema/reader.ts'
import type { Estate } from '../estate.ts'
import type { TerraformResource } from '../resource.ts'
import { folderOf } from './paths.ts'

/** Contents of `.terraform.lock.hcl` by the folder of the root module (`.` for the project root). */
export type LockFiles = ReadonlyMap<string, string>

/**
 * The majors of the AWS provider that a resource may be made with: the locked one, else those that `required_providers` of
 * its module and its root module leave, else all. Empty if only versions before 4 are left, or if the provider called
 * `aws` is another one.
 */
export function awsProviderMajors(
  resource: TerraformResource,
  estate: Estate,
  locks: LockFiles,
): readonly ProviderMajor[] {
  const locked = lockedMajor(locks.get(resource.root))
  if (locked !== undefined) return locked < 4 ? [] : PROVIDER_MAJORS.filter((major) => major === Math.min(locked, 6))
  const folder = resource.source === undefined ? resource.root : folderOf(resource.source.document.path)
  const required = [...new Set([folder, resource.root])].flatMap((dir) =>
    estate.moduleDocuments(dir).flatMap(requirementsIn),
  )
  if (required.some(({ source }) => source !== undefined && !/(?:^|\/)hashicorp\/aws$/i.test(source))) return []
  return PROVIDER_MAJORS.filter((major) =>
    required.every(({ version }) => version === undefined || admitsMajor(version, major)),
  )
}

interface Requirement {
  readonly source: string | undefined
  readonly version: string | undefined
}

function requirementsIn({ body }: HclDocument): Requirement[] {
  return body.items.flatMap((item) => {
    if (item.kind !== 'block' || item.type !== 'terraform') return []
    return item.body.items.flatMap((inner) => {
      if (inner.kind !== 'block' || inner.type !== 'required_providers') return []
      return inner.body.items.flatMap((entry) =>
        entry.kind === 'attribute' && entry.name === 'aws' ? [requirementOf(entry.value)] : [],
      )
    })
  })
}

function requirementOf(value: Expression): Requirement {
  if (value.kind !== 'object') return { source: undefined, version: textOf(value) }
  const field = (name: string): string | undefined => {
    const item = value.items.find(({ key, keyName }) => (keyName ?? textOf(key)) === name)
    return item === undefined ? undefined : textOf(item.value)
  }
  return { source: field('source'), version: field('version') }
}

function textOf(value: Expression): string | undefined {
  if (value.kind !== 'template') return undefined
  return value.parts.every((part) => part.kind === 'text')
    ? value.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('')
    : undefined
}

function lockedMajor(lock: string | undefined): number | undefined {
  const block = /^provider\s+"[^"\n]*\/hashicorp\/aws"\s*\{([^}]*)\}/m.exec(lock ?? '')?.[1]
  const version = /^\s*version\s*=\s*"(\d+)\./m.exec(block ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

/** Whether some version of a major satisfies a constraint such as `>= 4.9, < 6.0` or `~> 5.0`. The last major is open. */
function admitsMajor(constraint: string, major: ProviderMajor): boolean {
  let low = major * 1e6
  let high = major === PROVIDER_MAJORS.at(-1) ? Number.POSITIVE_INFINITY : (major + 1) * 1e6
  for (const part of constraint.split(',')) {
    const match = /^\s*(~>|>=|<=|!=|=|>|<)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(part)
    if (match === null) continue
    const [, operator = '=', first = '', second, third] = match
    const version = Number(first) * 1e6 + Number(second ?? 0) * 1e3 + Number(third ?? 0)
    if (operator === '!=') continue
    if (operator !== '<' && operator !== '<=') low = Math.max(low, operator === '>' ? version + 1 : version)
    if (operator === '<') high = Math.min(high, version)
    if (operator === '<=' || operator === '=') high = Math.min(high, version + 1)
    if (operator !== '~>' || second === undefined) continue
    high = Math.min(high, third === undefined ? (Number(first) + 1) * 1e6 : version - Number(third) + 1e3)
  }
  return low < high
}
