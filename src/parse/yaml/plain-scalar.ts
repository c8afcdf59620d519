/**
 * What a plain scalar stands for in the core schema of YAML 1.2, exactly as the library resolves it.
 * @param source without the spaces around it
 */
export function plainValue(source: string): string | number | boolean | null {
  switch (source) {
    case '':
    case '~':
    case 'null':
    case 'Null':
    case 'NULL':
      return null
    case 'true':
    case 'True':
    case 'TRUE':
      return true
    case 'false':
    case 'False':
    case 'FALSE':
      return false
    default:
      return /^[-+.0-9]/.test(source) ? (numberValue(source) ?? source) : source
  }
}

function numberValue(source: string): number | undefined {
  if (/^0o[0-7]+$/.test(source)) return Number.parseInt(source.slice(2), 8)
  if (/^[-+]?[0-9]+$/.test(source)) return Number.parseInt(source, 10)
  if (/^0x[0-9a-fA-F]+$/.test(source)) return Number.parseInt(source.slice(2), 16)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(source)) {
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  }
  if (/^\.(?:nan|NaN|NAN)$/.test(source)) return Number.NaN
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/.test(source)) return Number.parseFloat(source)
  if (/^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/.test(source)) return Number.parseFloat(source)
  return undefined
}
