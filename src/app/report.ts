import { basename } from 'node:path'
import type { ComplianceResult } from '../compliance/comply.ts'
import type { Framework } from '../compliance/framework.ts'
import { type DocumentInput, documentHtml, documentMarkdown, DOCUMENTS } from '../report/documents/index.ts'
import { count } from '../report/words.ts'
import { NO_APPROVAL } from '../verify/approval.ts'
import { admissionObjects } from './admission.ts'
import { complyWith, complyWithProjection } from './comply.ts'
import { prepareFix } from './fix.ts'
import { readHistory } from './history.ts'
import { UsageError } from './project/root.ts'
import type { Session } from './session.ts'

/** More findings than this are not planned for unless it is asked for: each step of a plan is an audit of everything. */
const MANY_FINDINGS = 5000

/**
 * What all documents of one moment are made from; the first framework is projected step by step.
 * @param plan whether a plan is wanted, or has to be made however long it takes
 */
export async function documentInput(
  session: Session,
  frameworks: readonly Framework[],
  plan: 'no' | 'yes' | 'always',
): Promise<DocumentInput> {
  const [main, ...others] = frameworks
  const planned = plan === 'always' || (plan === 'yes' && session.result.summary.total <= MANY_FINDINGS)
  const judge = planned ? complyWithProjection : complyWith
  const results: ComplianceResult[] = [
    ...(main === undefined ? [] : [judge(session, main)]),
    ...others.map((framework) => complyWith(session, framework)),
  ]
  const fix = planned ? (await prepareFix(session, NO_APPROVAL, { fixers: [], rules: [] })).result : undefined
  return {
    project: basename(session.project.root),
    asOf: session.asOf,
    audit: session.result,
    results,
    ...(fix !== undefined && { fix }),
    history: await readHistory(session),
    admission: admissionObjects(session),
  }
}

/** Whether a kind of document shows a plan. */
export function planFor(kind: string): 'no' | 'yes' {
  return DOCUMENTS.get(kind)?.plans === true ? 'yes' : 'no'
}

/** @throws UsageError for a kind that is not there */
export function renderDocument(
  session: Session,
  input: DocumentInput,
  kind: string,
  format: 'markdown' | 'html',
): string {
  const make = DOCUMENTS.get(kind)
  if (make === undefined) throw new UsageError(`no document ${kind} (known: ${[...DOCUMENTS.keys()].join(', ')})`)
  const { project, asOf, audit } = input
  const document = make.make(input)
  if (format === 'html') return session.mask.mask(documentHtml(document, audit, { project, asOf }))
  const { tool } = audit
  const about = `${project}, as of ${asOf}; ${count(audit.project.files, 'file')}, ${count(audit.project.resources, 'resource')}; ${tool.name} ${tool.version}`
  return session.mask.mask(documentMarkdown(document, about))
}
