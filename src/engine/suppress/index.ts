import type { Estate } from '../../resources/estate.ts'
import type { Resource } from '../../resources/resource.ts'
import type { Rule } from '../../rules/rule.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import { spanContains, type Span } from '../../text/span.ts'
import { namesRule } from '../aliases.ts'
import { matchesGlob } from '../exceptions.ts'
import type { Suppression } from './directive.ts'
import { hclSuppressions } from './hcl.ts'
import { annotationSuppressions, yamlSuppressions } from './kubernetes.ts'
import { settingsSuppressions } from './settings.ts'

export type { Suppression } from './directive.ts'

/** Cheap, so that files without any directive are not lexed for their comments. */
const MARKER = /(?:secops|tfsec|trivy):ignore|(?:checkov|bridgecrew):skip/

export interface SuppressionOptions {
  /** False if the configuration forbids comments and annotations; settings files are not inline. */
  readonly allowInline: boolean
  /** `YYYY-MM-DD` */
  readonly asOf: string
}

/** The suppressions that count, and what is wrong with them and with those that do not. */
export interface Suppressions {
  readonly active: readonly Suppression[]
  readonly diagnostics: readonly Diagnostic[]
}

export function readSuppressions(estate: Estate, rules: readonly Rule[], options: SuppressionOptions): Suppressions {
  const active: Suppression[] = []
  const diagnostics: Diagnostic[] = []
  for (const suppression of inlineSuppressions(estate)) {
    if (options.allowInline) judge(suppression)
    else
      report(suppression, 'suppression-not-allowed', 'secops.yaml forbids suppressions in comments; use an exception')
  }
  settingsSuppressions(estate.files).forEach(judge)
  return { active, diagnostics }

  function judge(suppression: Suppression): void {
    // These are for `enforce lint`.
    if (suppression.rules.length > 0 && suppression.rules.every((id) => id.startsWith('enforce-'))) return
    const { fault, until, reason, dialect } = suppression
    const unknown = dialect === 'secops' ? suppression.rules.find((id) => !isKnown(id)) : undefined
    if (fault !== undefined) report(suppression, 'suppression-invalid', `this suppression is not read: ${fault}`)
    else if (unknown !== undefined)
      report(suppression, 'suppression-invalid', `this suppression names no rule: ${unknown}`)
    else if (until !== undefined && until < options.asOf) {
      report(suppression, 'suppression-expired', `this suppression ended on ${until} and counts no longer`)
    } else {
      active.push(suppression)
      if (reason === undefined) {
        report(
          suppression,
          'suppression-without-reason',
          'this suppression gives no reason: say why, who and until when',
        )
      }
    }
  }

  function isKnown(id: string): boolean {
    return id === '*' || rules.some((rule) => namesRule(rule, id))
  }

  function report({ file, at }: Suppression, code: string, message: string): void {
    diagnostics.push({ file, range: linesOf(estate, file).range(at), code, message })
  }
}

function inlineSuppressions(estate: Estate): Suppression[] {
  const found: Suppression[] = []
  for (const document of estate.documents.values()) {
    const { text } = document
    // Searching for a word is many times faster than the pattern.
    if (!(text.includes(':ignore') || text.includes(':skip')) || !MARKER.test(text)) continue
    found.push(...(document.language === 'hcl' ? hclSuppressions(document) : yamlSuppressions(document)))
  }
  for (const resource of estate.resources) {
    if (resource.kind === 'kubernetes') found.push(...annotationSuppressions(resource))
  }
  return found
}

/** The first suppression that covers a finding of a rule. */
export function matchingSuppression(
  suppressions: readonly Suppression[],
  rule: Rule,
  resource: Resource,
  file: string,
  at: Span,
): Suppression | undefined {
  return suppressions.find(
    (suppression) =>
      covers(suppression, resource, file, at) &&
      suppression.rules.some(
        (id) => id === '*' || namesRule(rule, id) || (id.includes('*') && namesByPattern(rule, id)),
      ),
  )
}

function namesByPattern(rule: Rule, pattern: string): boolean {
  return [rule.id, ...rule.sameAs.map((alias) => alias.slice(alias.indexOf(':') + 1))].some((id) =>
    matchesGlob(pattern, id),
  )
}

function covers({ covers: scope, file: own }: Suppression, resource: Resource, file: string, at: Span): boolean {
  switch (scope.kind) {
    case 'project':
      return true
    case 'span':
      return file === own && spanContains(scope.span, { start: at.start, end: at.start })
    case 'declaration': {
      const { document, span } = resource.header
      return document.path === own && spanContains(scope.span, { start: span.start, end: span.start })
    }
    case 'path':
      return matchesGlob(scope.path, file) || file === scope.path || file.startsWith(scope.path.replace(/\/?$/, '/'))
    case 'address':
      return file === scope.path && (scope.address === resource.address || scope.address === dotted(resource))
  }
}

/** Checkov writes Kubernetes objects as `Kind.namespace.name`, with `default` where none is given. */
function dotted(resource: Resource): string {
  if (resource.kind === 'terraform') return resource.baseAddress
  if (resource.kind === 'source') return resource.address
  return `${resource.type}.${resource.namespace === '' ? 'default' : resource.namespace}.${resource.name}`
}

function linesOf(estate: Estate, file: string): LineMap {
  return estate.documents.get(file)?.lines ?? new LineMap(estate.files.get(file) ?? '')
}
