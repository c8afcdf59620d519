import type { ComplianceResult } from '../../compliance/comply.ts'
import type { AuditResult } from '../../engine/finding.ts'
import type { FixResult } from '../../verify/results.ts'
import { CodeReader, type CodeSources } from '../code.ts'
import type { RunResult } from '../run-result.ts'
import { count } from '../words.ts'
import { complianceSection, scoreCards } from './compliance.ts'
import { findingsSection, limitsSection, overviewSection } from './findings.ts'
import { diffSection, fixesSection, nextStepsSection } from './fixes.ts'
import { type Content, markup, Markup } from './markup.ts'
import { name, type Section } from './parts.ts'
import { STYLE } from './style.ts'

export interface HtmlOptions extends CodeSources {
  /** The project's name, for the title. */
  readonly project: string
  /** ISO date of the report. */
  readonly asOf: string
}

/** One self-contained page: no script, no request, works offline. */
export function renderRunHtml(run: RunResult, options: HtmlOptions): string {
  const code = new CodeReader(options)
  const { before } = run.validate
  return htmlPage('Security and compliance report', options, run.audit, {
    scores: run.comply.map((result) =>
      scoreCards(result, run.validate.scores.find(({ framework }) => framework === result.framework)?.before),
    ),
    sections: [
      overviewSection(run.audit, before),
      ...run.comply.map((result) => complianceSection(result, run.fix)),
      findingsSection(run.audit, code),
      ...fixSections(run.fix),
      limitsSection(run.audit),
    ],
  })
}

export function renderAuditHtml(audit: AuditResult, options: HtmlOptions): string {
  return htmlPage('Audit report', options, audit, {
    scores: [],
    sections: [
      overviewSection(audit, undefined),
      findingsSection(audit, new CodeReader(options)),
      limitsSection(audit),
    ],
  })
}

export function renderFixHtml(fix: FixResult, audit: AuditResult, options: HtmlOptions): string {
  return htmlPage('Fix report', options, audit, {
    scores: [],
    sections: [
      overviewSection(audit, fix.before),
      ...fixSections(fix),
      findingsSection(audit, new CodeReader(options)),
    ],
  })
}

/** @param audit the one that the results were judged by */
export function renderComplyHtml(
  results: readonly ComplianceResult[],
  audit: AuditResult,
  options: HtmlOptions,
): string {
  return htmlPage('Compliance report', options, audit, {
    scores: results.map((result) => scoreCards(result, undefined)),
    sections: [
      ...results.map((result) => complianceSection(result)),
      findingsSection(audit, new CodeReader(options)),
      limitsSection(audit),
    ],
  })
}

function fixSections(fix: FixResult): Section[] {
  return [fixesSection(fix), nextStepsSection(fix), diffSection(fix)].filter((section) => section !== undefined)
}

/** The frame of every page. */
export function htmlPage(
  title: string,
  options: Pick<HtmlOptions, 'project' | 'asOf'>,
  audit: { readonly tool: AuditResult['tool']; readonly project: Pick<AuditResult['project'], 'files' | 'resources'> },
  body: { readonly scores: Content; readonly sections: readonly Section[] },
): string {
  const { project, tool } = audit
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}: ${options.project}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header>
<h1>${title}</h1>
<p>${name(options.project)} <span class="quiet">as of ${options.asOf}; ${count(project.files, 'file')}, ${count(project.resources, 'resource')}; ${tool.name} ${tool.version}</span></p>
${body.scores}
</header>
<nav aria-label="Contents"><ul>${body.sections.map(({ id, title: text }) => markup`<li><a href="#${id}">${text}</a></li>`)}</ul></nav>
<main id="content">
${body.sections.map(({ id, title: text, content }) => markup`<section aria-labelledby="${id}"><h2 id="${id}">${text}</h2>${content}</section>\n`)}</main>
<footer><p>An assessment of configuration, by the rules of ${tool.name} ${tool.version}. It supports an assessor's judgement and does not replace it.</p></footer>
</body>
</html>
`.source
}
