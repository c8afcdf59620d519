import type { Place, Tri } from '../place.ts'

/**
 * Whether a label selector (`matchLabels`, `matchExpressions`) selects what has these labels. An empty selector, or none,
 * selects everything.
 */
export function selects(selector: Place, labels: Place): Tri {
  const verdicts: Tri[] = []
  const wanted = selector.get('matchLabels')
  const expressions = selector.get('matchExpressions')
  if (selector.mayHaveMore() || wanted.mayHaveMore() || expressions.mayHaveMore()) verdicts.push('unknown')
  for (const key of wanted.keys()) verdicts.push(hasOneOf(labels.get(key), [wanted.get(key)]))
  for (const expression of expressions.items()) verdicts.push(satisfies(expression, labels))
  return verdicts.includes('no') ? 'no' : verdicts.includes('unknown') ? 'unknown' : 'yes'
}

function satisfies(expression: Place, labels: Place): Tri {
  const key = expression.get('key').string()
  const operator = expression.get('operator').string()
  if (key.kind !== 'known' || operator.kind !== 'known') return 'unknown'
  const label = labels.get(key.value)
  const values = expression.get('values')
  switch (operator.value) {
    case 'Exists':
      return label.isSet()
    case 'DoesNotExist':
      return opposite(label.isSet())
    case 'In':
      return values.mayHaveMore() ? 'unknown' : hasOneOf(label, values.items())
    case 'NotIn':
      return values.mayHaveMore() ? 'unknown' : opposite(hasOneOf(label, values.items()))
    default:
      return 'unknown'
  }
}

function hasOneOf(label: Place, values: readonly Place[]): Tri {
  const own = label.string()
  if (own.kind === 'absent') return 'no'
  const readings = values.map((value) => value.string())
  if (own.kind === 'known' && readings.some((value) => value.kind === 'known' && value.value === own.value))
    return 'yes'
  return own.kind === 'unknown' || readings.some(({ kind }) => kind === 'unknown') ? 'unknown' : 'no'
}

function opposite(verdict: Tri): Tri {
  return verdict === 'unknown' ? 'unknown' : verdict === 'yes' ? 'no' : 'yes'
}
