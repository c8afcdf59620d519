import { literalText } from '../../edit/hcl/index.ts'
import type { Expression } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'

/** True if the module pins the AWS provider below version 4, which has no separate resources for bucket settings. */
export function hasOldProvider(estate: Estate, dir: string): boolean {
  for (const document of estate.moduleDocuments(dir)) {
    for (const item of document.body.items) {
      if (item.kind !== 'block' || item.type !== 'terraform') continue
      for (const inner of item.body.items) {
        if (inner.kind !== 'block' || inner.type !== 'required_providers') continue
        const aws = inner.body.items.find((entry) => entry.kind === 'attribute' && entry.name === 'aws')
        const version = aws?.kind === 'attribute' ? versionOf(aws.value) : undefined
        if (version !== undefined && isBelowFour(version)) return true
      }
    }
  }
  return false
}

function versionOf(requirement: Expression): string | undefined {
  if (requirement.kind !== 'object') return literalText(requirement)
  const version = requirement.items.find(({ key, keyName }) => keyName === 'version' || literalText(key) === 'version')
  return version === undefined ? undefined : literalText(version.value)
}

/** `~> 3.0`, `3.76.1`, `>= 2.0, < 4.0`: some part of the constraint ends below 4. */
function isBelowFour(constraint: string): boolean {
  return constraint.split(',').some((part) => {
    const match = /^\s*(~>|<=?|=)?\s*v?(\d+)(?:\.(\d+))?/.exec(part)
    if (match === null) return false
    const [, operator = '=', major = '', minor] = match
    if (operator === '<') return Number(major) <= 3 || (Number(major) === 4 && Number(minor ?? 0) === 0)
    // `~> 3` alone allows 4 and later.
    if (operator === '~>' && minor === undefined) return false
    return Number(major) <= 3
  })
}
