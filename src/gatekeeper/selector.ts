/** Label selectors of Kubernetes. */
import { listAt, textAt, textMapAt, textsAt } from './json.ts'

type Labels = ReadonlyMap<string, string>

/** Throws an `Error` that says what is wrong with the selector. */
export function labelSelector(selector: unknown): (labels: Labels) => boolean {
  const tests: ((labels: Labels) => boolean)[] = []
  for (const [key, value] of textMapAt(selector, 'matchLabels')) tests.push((labels) => labels.get(key) === value)
  for (const expression of listAt(selector, 'matchExpressions')) tests.push(requirement(expression))
  return (labels) => tests.every((test) => test(labels))
}

function requirement(expression: unknown): (labels: Labels) => boolean {
  const key = textAt(expression, 'key')
  const operator = textAt(expression, 'operator')
  const values = textsAt(expression, 'values')
  const some = new Set(values)
  switch (operator) {
    case 'In':
    case 'NotIn': {
      if (values.length === 0)
        throw new Error(`values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty`)
      const wanted = operator === 'In'
      return (labels) => {
        const value = labels.get(key)
        return value === undefined ? !wanted : some.has(value) === wanted
      }
    }
    case 'Exists':
    case 'DoesNotExist': {
      if (values.length > 0)
        throw new Error('values: Invalid value: values set must be empty for exists and does not exist')
      return (labels) => labels.has(key) === (operator === 'Exists')
    }
    default:
      throw new Error(`"${operator}" is not a valid label selector operator`)
  }
}
