/** Violations of policies: text and JSON. SARIF and JUnit are those of every audit. */
import type { PolicyFinding } from '../../enforce/findings.ts'
import type { TestManifestsResult } from '../../enforce/test-manifests.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { visible } from '../escape.ts'
import { print } from '../json.ts'
import { styleFor } from '../style.ts'
import { count, placeOf } from '../words.ts'

/** Findings as everywhere, with `policy` and `constraint` in place of `ruleId`. */
export function policyTestJson({ audit, faults }: TestManifestsResult, includePassed: boolean): string {
  const { findings, passed, errors, diagnostics, ...rest } = audit
  return print({
    ...rest,
    findings: findings.map(findingObject),
    ...(includePassed && { passed: passed.map(({ ruleId, ...verdict }) => ({ policy: ruleId, ...verdict })) }),
    errors,
    diagnostics: [...faults, ...diagnostics],
  })
}

function findingObject({ ruleId: _ruleId, policy, constraint, fingerprint, action, ...rest }: PolicyFinding): object {
  return { fingerprint, policy, constraint, enforcementAction: action, ...rest }
}

export function renderPolicyTestText(result: TestManifestsResult, options: { readonly colour: boolean }): string {
  const style = styleFor(options.colour)
  const { audit, faults, constraints } = result
  const open = audit.findings.filter(({ status }) => status === 'open')
  const lines: string[] = []
  for (const finding of open) {
    const { action, policy, constraint, message, resource } = finding
    const paint = action === 'deny' ? style.bad : action === 'warn' ? style.warning : style.dim
    const name = constraint === '' ? policy : `${policy}/${constraint}`
    lines.push(
      `${style.place(visible(placeOf({ file: finding.location.file, range: finding.location.range })))}  ${paint(action)}  ${visible(name)}  ${style.dim(visible(resource.address))}`,
      `    ${visible(message)}`,
    )
  }
  if (lines.length > 0) lines.push('')
  for (const diagnostic of [...faults, ...audit.diagnostics]) lines.push(diagnosticLine(diagnostic))
  lines.push(summaryOf(result, open, constraints))
  return `${lines.join('\n')}\n`
}

function diagnosticLine(diagnostic: Diagnostic): string {
  const place = diagnostic.file === '' ? '' : `${placeOf(diagnostic)}: `
  return visible(`${place}${diagnostic.code}: ${diagnostic.message}`)
}

function summaryOf(
  { audit, faults }: TestManifestsResult,
  open: readonly PolicyFinding[],
  constraints: number,
): string {
  const number = (action: PolicyFinding['action']): number => open.filter((finding) => finding.action === action).length
  const parts = (['deny', 'warn', 'dryrun'] as const).flatMap((action) =>
    number(action) === 0 ? [] : [`${number(action)} ${action}`],
  )
  const excepted = audit.summary.suppressed === 0 ? '' : `; ${audit.summary.suppressed} excepted`
  const said = open.length === 0 ? 'No violation' : `${count(open.length, 'violation')} (${parts.join(', ')})`
  const scope = `${count(audit.project.resources, 'object')} against ${count(constraints, 'constraint')}`
  const unsure =
    faults.length === 0 ? '' : `. ${count(faults.length, 'fault')} in the policies: more may be wrong than was found`
  return `${said}${excepted}: ${scope}${unsure}.`
}
