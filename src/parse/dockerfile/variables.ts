const VARIABLE = /\\\$|\$(?:\{([A-Za-z_]\w*)(?:(:[-+])([^}]*))?\}|([A-Za-z_]\w*))/g

/**
 * Fills `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+alternative}` in.
 * @param lookup the value written for a variable; null or undefined if there is none
 * @returns undefined if a variable has no value and no default
 */
export function substitute(text: string, lookup: (name: string) => string | null | undefined): string | undefined {
  let known = true
  const result = text.replace(VARIABLE, (match, braced?: string, operator?: string, operand = '', bare?: string) => {
    const name = braced ?? bare
    if (name === undefined) return '$'
    const value = lookup(name) ?? ''
    if (operator === ':+') return value === '' ? '' : operand
    if (value !== '') return value
    if (operator === ':-') return operand
    known = false
    return match
  })
  return known ? result.replace(/^(["'])(.*)\1$/, '$2') : undefined
}
