import { namesRule } from '../engine/aliases.ts'
import { matchesGlob } from '../engine/exceptions.ts'
import type { Finding } from '../engine/finding.ts'
import { isIsoDate } from './dates.ts'
import { readRecords, type RecordFile } from './records.ts'

/** The one exception object of `contracts.md`: a finding that somebody answers for, until a day. */
export interface Exception {
  /** An address or a file, with `*` for any run of characters. */
  readonly target: string
  readonly rule?: string
  readonly policy?: string
  /** Qualified: `pci-dss-3.2.1:8.2.1`. */
  readonly requirement?: string
  readonly reason: string
  readonly owner: string
  /** ISO date of the last day on which it holds. */
  readonly expires: string
  readonly compensatingControl?: string
}

const FIELDS = ['target', 'rule', 'policy', 'requirement', 'reason', 'owner', 'expires', 'compensatingControl']

/** Reads an exceptions file. Never throws; a record with anything missing does not count. */
export function parseExceptions(file: string, text: string): RecordFile<Exception> {
  return readRecords(file, text, 'exception-invalid', (reader) => {
    reader.onlyKnows(FIELDS)
    const rule = reader.optionalText('rule')
    const policy = reader.optionalText('policy')
    const requirement = reader.optionalText('requirement')
    const compensatingControl = reader.optionalText('compensatingControl')
    const exception: Exception = {
      target: reader.text('target'),
      ...(rule !== undefined && { rule }),
      ...(policy !== undefined && { policy }),
      ...(requirement !== undefined && { requirement }),
      reason: reader.text('reason'),
      owner: reader.text('owner'),
      expires: reader.date('expires'),
      ...(compensatingControl !== undefined && { compensatingControl }),
    }
    const scopes = [rule, policy, requirement].filter((scope) => scope !== undefined)
    if (scopes.length !== 1) reader.fail(undefined, 'exactly one of "rule", "policy" and "requirement" is needed')
    if (requirement !== undefined && !requirement.includes(':')) {
      reader.fail('requirement', `"${requirement}" needs its framework, such as pci-dss-4.0.1:${requirement}`)
    }
    return reader.failed ? undefined : exception
  })
}

/** Why an exception does not count on a day; undefined if it does. */
export function whyExceptionFails(exception: Exception, asOf: string): string | undefined {
  if (exception.owner.trim() === '') return 'it names no owner'
  if (exception.reason.trim() === '') return 'it gives no reason'
  if (!isIsoDate(exception.expires)) return 'it has no day on which it expires'
  if (exception.expires < asOf) return `it expired on ${exception.expires}`
  return undefined
}

/** True if the exception covers the finding, seen from one requirement (qualified). Dates are not looked at. */
export function excepts(exception: Exception, finding: Finding, requirement: string): boolean {
  if (exception.requirement !== undefined) {
    if (exception.requirement !== requirement) return false
  } else if (
    exception.rule === undefined ||
    !namesRule({ id: finding.ruleId, sameAs: finding.aliases }, exception.rule)
  )
    return false
  return matchesGlob(exception.target, finding.resource.address) || matchesGlob(exception.target, finding.location.file)
}
