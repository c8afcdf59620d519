import { posix } from 'node:path'
import type { Finding } from '../engine/finding.ts'
import type { Range } from '../text/span.ts'
import { addressFamily, areCompanions, nameOf, sameAddress, typeOf } from './addresses.ts'
import type { ImportedFinding } from './importer.ts'

function linesOverlap(a: Range | undefined, b: Range | undefined): boolean {
  return a !== undefined && b !== undefined && a.start.line <= b.end.line && b.start.line <= a.end.line
}

function samePlace(a: Range, b: Range): boolean {
  return a.start.line === b.start.line && a.start.column === b.start.column && a.end.line === b.end.line
}

/**
 * Copies of one block, made by `for_each` or by calls of its module, share their lines and differ in their addresses.
 * Addresses that differ otherwise do not speak against equal lines: a policy may be reported where it is written or where
 * it is used, a workload as the pod that is derived from it.
 */
function areCopies(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || sameAddress(a, b)) return false
  return typeOf(a) !== '' && typeOf(a) === typeOf(b) && labelOf(a) === labelOf(b)
}

function labelOf(address: string): string | undefined {
  return nameOf(address)?.split('.').at(-1)
}

/** Our findings, to be asked which of them an imported finding repeats. */
export class OurFindings {
  readonly #byFile: ReadonlyMap<string, readonly Finding[]>
  readonly #byAddress: ReadonlyMap<string, readonly Finding[]>
  readonly #byName: ReadonlyMap<string, readonly Finding[]>

  constructor(findings: readonly Finding[]) {
    this.#byFile = groupBy(findings, ({ ruleId, location }) => keyOf(ruleId, location.file))
    this.#byAddress = groupBy(findings, ({ ruleId, resource }) => keyOf(ruleId, addressFamily(resource.address)))
    this.#byName = groupBy(findings, ({ ruleId, resource }) => keyOf(ruleId, nameOf(resource.address) ?? ''))
  }

  /**
   * Those of one rule that an imported finding repeats. The resource and its lines tell best, then its address alone, then
   * the lines alone, then the name of a resource beside it.
   */
  repeatedBy(imported: ImportedFinding, ruleId: string): readonly Finding[] {
    const { address, file, range } = imported
    const inFile = this.#byFile.get(keyOf(ruleId, file)) ?? []
    const overlapping = inFile.filter(({ location }) => linesOverlap(location.range, range))
    const family = address === undefined ? [] : (this.#byAddress.get(keyOf(ruleId, addressFamily(address))) ?? [])
    const named = family.filter(({ resource }) => address !== undefined && sameAddress(resource.address, address))
    const near = named.filter((finding) => isNear(finding, file, named))
    const both = overlapping.filter((finding) => near.includes(finding))
    if (both.length > 0) return both
    if (near.length > 0) return near
    const unopposed = overlapping.filter(({ resource }) => !areCopies(resource.address, address))
    if (unopposed.length > 0) return unopposed
    const beside = this.#byName.get(keyOf(ruleId, nameOf(address ?? '') ?? '')) ?? []
    const companions = beside.filter(({ resource }) => areCompanions(resource.address, address ?? ''))
    return companions.filter((finding) => isNear(finding, file, companions))
  }
}

/** An address means one resource per root module: the file has to fit, or there is but one. */
function isNear({ location, resource }: Finding, file: string, named: readonly Finding[]): boolean {
  if (location.file === file || posix.dirname(file) === resource.root) return true
  return new Set(named.map((one) => one.resource.root)).size === 1
}

/** True if two imported findings of one check are the same finding. */
export function isRepeated(a: ImportedFinding, b: ImportedFinding): boolean {
  if (a.file !== b.file || areCopies(a.address, b.address)) return false
  if (a.range !== undefined && b.range !== undefined) {
    // One scanner that reports twice on overlapping lines means two things.
    return a.tool === b.tool ? samePlace(a.range, b.range) : linesOverlap(a.range, b.range)
  }
  if (a.address !== undefined && b.address !== undefined) return sameAddress(a.address, b.address)
  return a.range === b.range && a.address === b.address && (a.tool !== b.tool || a.message === b.message)
}

function keyOf(ruleId: string, place: string): string {
  return `${ruleId}\u0000${place}`
}

export function groupBy<T>(items: readonly T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOfItem(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
