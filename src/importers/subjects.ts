import { posix } from 'node:path'
import type { AuditResult, Finding, FindingResource } from '../engine/finding.ts'
import type { ResourceKind } from '../resources/resource.ts'
import type { Range } from '../text/span.ts'
import { isTerraformAddress, sameAddress, typeOf } from './addresses.ts'
import type { ImportedFinding } from './importer.ts'
import { groupBy } from './place.ts'

type Subject = Pick<Finding, 'resource' | 'location'>

/** The resources that our audit judged, to give an imported finding its resource and, if it has none, its place. */
export class Subjects {
  readonly #byFile: ReadonlyMap<string, readonly Subject[]>

  constructor({ passed, findings, undecided }: AuditResult) {
    // A passed check points at the resource itself, so it comes first.
    this.#byFile = groupBy<Subject>([...passed, ...findings, ...undecided], ({ location }) => location.file)
  }

  /** The range is that of the resource; the head of the file if we do not know it. */
  place(found: ImportedFinding, address: string | undefined): { resource: FindingResource; range: Range } {
    const known = address === undefined ? undefined : this.#named(address, found.file)
    const head = { line: 1, column: 1 }
    const resource = known === undefined || found.secret === true ? described(found, address) : known.resource
    return { resource, range: known?.location.range ?? { start: head, end: head } }
  }

  #named(address: string, file: string): Subject | undefined {
    const candidates = (this.#byFile.get(file) ?? []).filter(({ resource }) => sameAddress(resource.address, address))
    return candidates.find(({ resource }) => resource.address === address) ?? candidates[0]
  }
}

function described(found: ImportedFinding, address: string | undefined): FindingResource {
  return {
    kind: kindOf(found, address),
    type: address === undefined ? '' : typeOf(address),
    address: address ?? found.file,
    root: posix.dirname(found.file),
  }
}

function kindOf({ secret, file }: ImportedFinding, address: string | undefined): ResourceKind {
  if (secret) return 'secret'
  if (/\.(?:tf|tfvars|tf\.json)$/.test(file) || (address !== undefined && isTerraformAddress(address))) {
    return 'terraform'
  }
  if (/(?:^|\/)(?:[^/]*\.)?(?:Dockerfile|Containerfile)(?:\.[^/]*)?$/i.test(file)) return 'dockerfile'
  if (/(?:^|\/)\.github\/(?:workflows|actions)\//.test(file)) return 'workflow'
  return address !== undefined && /^[A-Z]\w*\/[^/]*\/[^/]+$/.test(address) ? 'kubernetes' : 'source'
}
