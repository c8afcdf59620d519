import type { Test } from './model.ts'

/** Lines of Rego that hold if `value`, which is written and known, is as it must be. */
export function testLines(test: Test): readonly string[] {
  if ('is' in test) return [sameAs(test.is)]
  if ('isNot' in test) return [`not ${sameAs(test.isNot)}`]
  if ('oneOf' in test) return [`value in ${set(test.oneOf)}`]
  if ('noneOf' in test) return [`not value in ${set(test.noneOf)}`]
  if ('matches' in test) return [`regex.match(\`${test.matches}\`, sprintf("%v", [value]))`]
  if ('matchesNot' in test) return [`not regex.match(\`${test.matchesNot}\`, sprintf("%v", [value]))`]
  if ('atLeast' in test)
    return [
      'number := to_number(value)',
      test.orZero ? `not number in numbers.range(1, ${test.atLeast - 1})` : `number >= ${test.atLeast}`,
    ]
  if ('atMost' in test) return [`to_number(value) <= ${test.atMost}`]
  if ('from' in test) return ['number := to_number(value)', `number >= ${test.from}`, `number <= ${test.to}`]
  if ('set' in test) return ['not value in {"", [], {}}']
  if ('unset' in test) return ['value in {"", [], {}}']
  if ('customerKey' in test) return ['value != ""', 'not regex.match(`(^|:)alias/aws/`, value)']
  if ('hasAll' in test) return [`every item in ${list(test.hasAll)} {\n\t\titem in value\n\t}`]
  if ('hasNone' in test)
    return [
      `not value in ${set(test.hasNone)}`,
      `every item in tf_list(value) {\n\t\tnot item in ${set(test.hasNone)}\n\t}`,
    ]
  if ('every' in test) return [`every item in value {\n\t\tregex.match(\`${test.every}\`, item)\n\t}`]
  return ['not tf_is_internet(value)']
}

/** After "must". */
export function testText(test: Test): string {
  if ('is' in test) return `be ${String(test.is)}`
  if ('isNot' in test) return `not be ${String(test.isNot)}`
  if ('oneOf' in test) return `be ${test.oneOf.join(' or ')}`
  if ('noneOf' in test) return `not be ${test.noneOf.join(' or ')}`
  if ('matches' in test) return test.say ?? `match ${test.matches}`
  if ('say' in test) return test.say
  if ('atLeast' in test) return `be ${test.atLeast} or more`
  if ('atMost' in test) return `be ${test.atMost} or less`
  if ('from' in test) return `be from ${test.from} to ${test.to}`
  if ('set' in test) return 'be set'
  if ('unset' in test) return 'not be written here'
  if ('customerKey' in test) return 'name a key of your own'
  if ('hasAll' in test) return `hold ${test.hasAll.join(', ')}`
  if ('hasNone' in test) return `not hold ${test.hasNone.join(', ')}`
  return 'not be the whole internet'
}

/** Terraform takes \`"true"\` for true. */
function sameAs(value: string | boolean): string {
  return typeof value === 'boolean' ? `value in {${value}, "${value}"}` : `value == ${JSON.stringify(value)}`
}

function set(values: readonly string[]): string {
  return `{${values.map((value) => JSON.stringify(value)).join(', ')}}`
}

function list(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(', ')}]`
}
