import { visible } from '../escape.ts'
import { severityStyle, styleFor } from '../style.ts'
import { table, truncate, wrap } from '../table.ts'
import { count } from '../words.ts'
import type { ConfidenceName, SeverityName } from '../../engine/finding.ts'
import type { TextOptions } from './audit.ts'

/** What is printed about a rule. */
export interface RuleInfo {
  readonly id: string
  readonly title: string
  readonly severity: SeverityName
  readonly severityReason: string
  readonly confidence: ConfidenceName
  readonly version: string
  readonly controls: readonly string[]
  /** The spellings of other scanners: `CKV_AWS_20`. */
  readonly aliases: readonly string[]
  readonly resources: readonly string[]
  readonly remediation: string
  /** Qualified. */
  readonly requirements: readonly string[]
}

/** All rules, in the order given. */
export function renderRulesText(rules: readonly RuleInfo[], options: TextOptions): string {
  const style = styleFor(options.colour)
  const widest = Math.max(0, ...rules.map(({ id }) => id.length))
  const rows = rules.map((rule) => [
    severityStyle(style, rule.severity)(rule.severity),
    rule.id,
    truncate(visible(rule.title), Math.max(20, options.width - widest - 12)),
  ])
  return `${[...table(rows), '', `${count(rules.length, 'rule')}. secops rules RULE-ID explains one.`].join('\n')}\n`
}

/** One rule, explained. */
export function renderRuleText(rule: RuleInfo, options: TextOptions): string {
  const style = styleFor(options.colour)
  const list = (label: string, items: readonly string[]): string[] =>
    items.length === 0
      ? []
      : wrap(`${label}: ${visible(items.join(', '))}`, options.width).map((line, index) =>
          index === 0 ? line : `  ${line}`,
        )
  const lines = [
    `${style.bold(rule.id)}  ${severityStyle(style, rule.severity)(rule.severity)}, confidence ${rule.confidence}, version ${rule.version}`,
    ...wrap(`${visible(rule.title)}.`, options.width),
    '',
    ...wrap(visible(rule.severityReason), options.width),
    '',
    ...wrap(`What to do: ${visible(rule.remediation)}`, options.width),
    '',
    ...list('Looks at', rule.resources),
    ...list('Also known as', rule.aliases),
    ...list('Controls (NIST SP 800-53 r5)', rule.controls),
    ...list('Speaks to', rule.requirements),
  ]
  return `${lines.join('\n')}\n`
}
