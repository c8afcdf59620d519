import { basename } from 'node:path'
import type { CodeSources } from '../report/code.ts'
import type { HtmlOptions } from '../report/html/page.ts'
import type { Session } from './session.ts'

/** The audited texts, with secrets masked line by line. */
export function codeSources(session: Session): CodeSources {
  return {
    sources: (file) => session.project.files.files.get(file),
    mask: (_file, _line, text) => session.mask.mask(text),
  }
}

export function htmlOptions(session: Session): HtmlOptions {
  return { ...codeSources(session), project: basename(session.project.root), asOf: session.asOf }
}
