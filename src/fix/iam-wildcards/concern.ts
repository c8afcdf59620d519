import type { EditRefusal } from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { PolicyStatement, readPolicy } from '../../resources/terraform/policy.ts'
import type { Complaint, FixContext, Need } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import type { TerraformTarget } from '../shared/target.ts'
import { statementAround, writtenStatement, type WrittenStatement } from './statement.ts'

export interface Subject {
  readonly complaint: Complaint
  readonly context: FixContext
  readonly target: TerraformTarget
}

/** A change that is ready to be made, or what is missing for it. */
export interface Plan {
  readonly rank: 'D' | 'C' | 'B'
  readonly title: string
  readonly minutes: number
  readonly reason: string | undefined
  readonly needs: readonly Need[]
  /** Text that tells apart what is built together. */
  readonly group: string
  /** Which kind of steps leads there. */
  readonly runbook: Runbook
  /** Value of the tag that identities need afterwards. */
  readonly tag?: string
  readonly apply: (session: FixSession) => EditRefusal | undefined
}

type Runbook = 'narrow' | 'trust' | 'resource-policy' | 'attachment' | 'permission'

/** A statement with where it is written. */
export interface Found {
  readonly place: Place
  readonly statement: PolicyStatement
  readonly written: WrittenStatement
}

/** The statement that a complaint is about; where it points at a whole policy, the first one that allows everything. */
export function statementOf({ complaint, context }: Subject): Found | EditRefusal {
  const place = statementAround(complaint.at) ?? widestIn(complaint.at)
  if (place === undefined) return { refused: 'the policy is computed, so there is no statement to change' }
  const written = writtenStatement(context.estate, place)
  return 'refused' in written ? written : { place, statement: new PolicyStatement(place), written }
}

function widestIn(policy: Place): Place | undefined {
  const reading = readPolicy(policy)
  if (reading.kind !== 'known') return undefined
  return reading.statements.find(
    ({ actions, resources }) => actions.known.includes('*') && resources.known.includes('*'),
  )?.place
}

/** In JSON syntax all blocks of a file stand in the same objects, so that they change together. */
export function groupOf({ file, span }: WrittenStatement): string {
  return `${file.path}#${span.start}`
}

/** Names for messages, safe in Markdown's code spans. */
export function nameOf(resource: TerraformResource, attribute = 'name'): string {
  const name = Place.of(resource).get(attribute).string()
  return (name.kind === 'known' ? name.value : `<${attribute} of ${resource.address}>`).replaceAll(/[`\s]/g, ' ')
}
