import type { RunOutcome } from '../app/run.ts'
import type { PortfolioResult } from '../app/portfolio.ts'
import { documentHtml, documentMarkdown } from '../report/documents/index.ts'
import { portfolioDocument, renderPortfolioText } from '../report/portfolio.ts'
import { sarifEdits } from '../app/sarif-edits.ts'
import { codeSources, htmlOptions } from '../app/report-options.ts'
import { ruleInfo } from '../app/rule-info.ts'
import { type Session, TOOL } from '../app/session.ts'
import type { ComplianceResult } from '../compliance/comply.ts'
import { visible } from '../report/escape.ts'
import { auditJson, complyJson, fixJson, runJson, validateJson } from '../report/json.ts'
import { renderAuditHtml, renderComplyHtml, renderFixHtml, renderRunHtml } from '../report/html/page.ts'
import { renderCsv } from '../report/csv.ts'
import { renderGithub } from '../report/github.ts'
import { renderJunit } from '../report/junit.ts'
import { renderAuditMarkdown } from '../report/markdown/audit.ts'
import { renderComplyMarkdown } from '../report/markdown/comply.ts'
import { renderFixMarkdown } from '../report/markdown/fix.ts'
import { renderRunMarkdown, renderValidateMarkdown } from '../report/markdown/run.ts'
import { renderSarif } from '../report/sarif.ts'
import { renderAuditText, type TextOptions } from '../report/text/audit.ts'
import { renderComplyText } from '../report/text/comply.ts'
import { renderFixText } from '../report/text/fix.ts'
import { renderRunText } from '../report/text/run.ts'
import { renderValidateText } from '../report/text/validate.ts'
import { count, nothingAudited } from '../report/words.ts'
import type { FixResult, ValidateResult } from '../verify/results.ts'
import type { AuditOptions } from './commands/audit.ts'
import type { ComplyOptions } from './commands/comply.ts'
import type { FixOptions } from './commands/fix.ts'
import type { ValidateOptions } from './commands/validate.ts'
import type { CommonOptions } from './options.ts'
import { useColour, warn } from './output.ts'

/** Every result passes the mask as it leaves: whatever a message may quote, no secret value gets out. */
export function renderAudit(session: Session, path: string, options: AuditOptions): string {
  const { result } = session
  // For people, what the baseline knows is not listed again.
  const fresh = { ...result, findings: result.findings.filter(({ baseline }) => baseline !== 'known') }
  return session.mask.mask(audit())

  function audit(): string {
    switch (options.format) {
      case 'json':
        return auditJson(result, { includePassed: options.includePassed === true })
      case 'sarif': {
        const { text, warnings } = renderSarif(result, {
          uriPrefix: session.uriPrefix,
          rules: session.rules.map(ruleInfo),
          edits: sarifEdits(session),
          includePassed: options.includePassed === true,
        })
        warnings.forEach(warn)
        return text
      }
      case 'junit':
        return renderJunit(result, { includePassed: options.includePassed === true })
      case 'github':
        return renderGithub(fresh, { uriPrefix: session.uriPrefix })
      case 'csv':
        return renderCsv(result)
      case 'markdown':
        return renderAuditMarkdown(fresh)
      case 'html':
        return renderAuditHtml(fresh, htmlOptions(session))
      default:
        return renderAuditText(fresh, {
          ...textOptions(path, options),
          ...codeSources(session),
          all: options.all === true,
          quiet: options.quiet === true,
          groupBy: options.groupBy,
        })
    }
  }
}

export function renderFix(result: FixResult, session: Session, path: string, options: FixOptions): string {
  return session.mask.mask(fix())

  function fix(): string {
    if (options.format === 'json') return fixJson(result)
    if (options.format === 'markdown') return renderFixMarkdown(result)
    if (options.format === 'html') return renderFixHtml(result, session.result, htmlOptions(session))
    const nothing = nothingAudited(session.result)
    if (nothing !== undefined) return `${visible(nothing)}\n`
    if (result.dryRun) return result.diff === '' ? 'Nothing would change.\n' : result.diff
    return renderFixText(options.quiet === true ? { ...result, nextSteps: [] } : result, {
      ...textOptions(path, options),
      all: options.all === true,
    })
  }
}

export function renderValidate(
  result: ValidateResult,
  session: Session,
  path: string,
  options: ValidateOptions,
): string {
  return session.mask.mask(validate())

  function validate(): string {
    if (options.format === 'json') return validateJson(result)
    if (options.format === 'markdown') return renderValidateMarkdown(result)
    return renderValidateText(result, { ...textOptions(path, options), all: options.all === true })
  }
}

export function renderComply(result: ComplianceResult, session: Session, path: string, options: ComplyOptions): string {
  return session.mask.mask(comply())

  function comply(): string {
    if (options.format === 'json') return complyJson(result)
    if (options.format === 'markdown') return renderComplyMarkdown([result])
    if (options.format === 'html') return renderComplyHtml([result], session.result, htmlOptions(session))
    return renderComplyText(result, { ...textOptions(path, options), all: options.all === true })
  }
}

/** Each project's own names only: findings are counted, not quoted, so that there is no secret to mask. */
export function renderPortfolio(result: PortfolioResult, options: ComplyOptions): string {
  if (options.format === 'json') return `${JSON.stringify(result, undefined, 2)}\n`
  const { title, asOf, projects } = result
  const document = portfolioDocument(result)
  const about = `as of ${asOf}; ${count(projects.length, 'project')}`
  if (options.format === 'markdown') return documentMarkdown(document, about)
  if (options.format !== 'html') return renderPortfolioText(result, useColour(options))
  const sum = (of: 'files' | 'resources'): number => projects.reduce((total, project) => total + project[of], 0)
  const scope = { tool: TOOL, project: { files: sum('files'), resources: sum('resources') } }
  return documentHtml(document, scope, { project: title, asOf })
}

export function renderRun({ result, before, after }: RunOutcome, path: string, options: FixOptions): string {
  return before.mask.mask(after.mask.mask(run()))

  function run(): string {
    if (options.format === 'json') return runJson(result, { includePassed: options.includePassed === true })
    // A report is about the state that the run left; the audit that it began with is in its before and after.
    const report = { ...result, audit: after.result }
    if (options.format === 'markdown') return renderRunMarkdown(report)
    if (options.format === 'html') return renderRunHtml(report, htmlOptions(after))
    const nothing = nothingAudited(after.result)
    if (nothing !== undefined) return `${visible(nothing)}\n`
    return renderRunText(result, { ...textOptions(path, options), all: options.all === true })
  }
}

export function terminalWidth(): number {
  return Math.max(60, Math.min(process.stdout.columns ?? 100, 140))
}

function textOptions(path: string, options: CommonOptions): TextOptions {
  return { colour: useColour(options), width: terminalWidth(), path }
}
