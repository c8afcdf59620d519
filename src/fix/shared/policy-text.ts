/**
 * A policy as an expression, laid out as `terraform fmt` wants it.
 * @param statements HCL objects whose inner lines are indented by four blanks, the last by two
 */
export function policyText(statements: readonly string[]): string {
  const [only] = statements
  if (statements.length === 1 && only !== undefined) return encoded(`[${only}]`)
  const items = statements.map((statement) => `    ${statement.split('\n').join('\n  ')},\n`)
  return encoded(`[\n${items.join('')}  ]`)
}

function encoded(list: string): string {
  return `jsonencode({\n  Version = "2012-10-17"\n  Statement = ${list}\n})`
}
