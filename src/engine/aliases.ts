import type { Rule } from '../rules/rule.ts'

/** The spelling that findings carry: `CKV_AWS_20`, `AVD-AWS-0092`, `AVD-KSV-0017`. */
export function printedAlias(sameAs: string): string {
  const [source, id = ''] = splitOnce(sameAs, ':')
  return source === 'trivy' && !id.startsWith('AVD-') ? `AVD-${id}` : id
}

export function printedAliases(rule: Pick<Rule, 'sameAs'>): string[] {
  return rule.sameAs.map(printedAlias)
}

/** True if `given` names the rule: its id, or an alias in any spelling, with or without the scanner's name. */
export function namesRule(rule: Pick<Rule, 'id' | 'sameAs'>, given: string): boolean {
  const wanted = normal(given)
  return normal(rule.id) === wanted || rule.sameAs.some((alias) => normal(alias) === wanted)
}

/** `avd-aws-0092`, `AWS-0092`, `trivy:AWS-0092` and `aws0092` are one id. */
function normal(id: string): string {
  return id
    .toLowerCase()
    .replace(/^[a-z]+:/, '')
    .replace(/^avd-/, '')
    .replace(/[-_\s]/g, '')
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)]
}
