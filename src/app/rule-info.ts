import { FRAMEWORKS } from '../compliance/frameworks/index.ts'
import { requirementsOf } from '../compliance/requirements.ts'
import { printedAliases } from '../engine/aliases.ts'
import { severityName } from '../engine/audit.ts'
import type { RuleInfo } from '../report/text/rules.ts'
import type { Confidence, Rule } from '../rules/rule.ts'

const CONFIDENCE: Readonly<Record<Confidence, RuleInfo['confidence']>> = { high: 'HIGH', medium: 'MEDIUM', low: 'LOW' }

/** What reports say of a rule. */
export function ruleInfo(rule: Rule): RuleInfo {
  return {
    id: rule.id,
    title: rule.title,
    severity: severityName(rule.severity),
    severityReason: rule.severityReason,
    confidence: CONFIDENCE[rule.confidence ?? 'high'],
    version: rule.version ?? '1',
    controls: rule.controls,
    aliases: printedAliases(rule),
    resources: rule.resources,
    remediation: rule.remediation,
    requirements: requirementsOf(rule.id, rule.controls, FRAMEWORKS),
  }
}
