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

/** What all documents of one moment are made from; the first framework is projected step by step. */
export async function documentInput(session: Session, frameworks: readonly Framework[]): Promise<DocumentInput> {
  const [main, ...others] = frameworks
  const results: ComplianceResult[] = [
    ...(main === undefined ? [] : [complyWithProjection(session, main)]),
    ...others.map((framework) => complyWith(session, framework)),
  ]
  const { result: fix } = await prepareFix(session, NO_APPROVAL, { fixers: [], rules: [] })
  return {
    project: basename(session.project.root),
    asOf: session.asOf,
    audit: session.result,
    results,
    fix,
    history: await readHistory(session),
    admission: admissionObjects(session),
  }
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
  const document = make(input)
  if (format === 'html') return session.mask.mask(documentHtml(document, audit, { project, asOf }))
  const { tool } = audit
  const about = `${project}, as of ${asOf}; ${count(audit.project.files, 'file')}, ${count(audit.project.resources, 'resource')}; ${tool.name} ${tool.version}`
  return session.mask.mask(documentMarkdown(document, about))
}
