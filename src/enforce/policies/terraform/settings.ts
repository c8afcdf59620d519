import type { Condition, Setting } from './model.ts'
import { testLines, testText } from './test-rego.ts'

/** The rules of Rego for a setting. `tag` tells the names of several in one policy apart. */
export function settingRego(setting: Setting, tag: string): string {
  const { types, each, json, path, must, absent, onlyIf = [], unless = [], unlessDeclared } = setting
  const own = each !== undefined || json !== undefined
  const holder = own ? 'holder' : 'found.body'
  const values = `tf_values_${tag}`
  const rules = [
    rule(violation, [
      ...findings(types),
      'not found.body.count == 0',
      ...(own ? [`some holder in tf_holders_${tag}(found.body)`] : []),
      ...conditionCalls(onlyIf, 'tf_when', tag, holder),
      `not tf_right_${tag}(${holder})`,
      `not tf_open_${tag}(${holder})`,
      ...conditionCalls(unless, 'not tf_spared', tag, holder),
      ...(unlessDeclared === undefined ? [] : [`count(tf_resources(${JSON.stringify(unlessDeclared)})) == 0`]),
      `msg := sprintf("%v: ${[each ?? json, path].filter((part) => part !== undefined).join('.')} must ${escaped(testText(must))}.", [found.address])`,
    ]),
    ...holders(setting, tag),
    `${values}(holder) := [value |\n${indented(walk(setting, 'holder'))}\n]`,
    rule(`tf_right_${tag}(holder)`, [`some value in ${values}(holder)`, ...testLines(must)]),
    ...(absent === 'right' ? [rule(`tf_right_${tag}(holder)`, [`count(${values}(holder)) == 0`])] : []),
    ...openings(setting, tag),
    ...onlyIf.flatMap((condition, index) => whenRules(condition, `tf_when_${tag}${letter(index)}`, values, false)),
    ...unless.flatMap((condition, index) => whenRules(condition, `tf_spared_${tag}${letter(index)}`, values, true)),
  ]
  return rules.join('\n\n')
}

const violation = 'violation contains {"msg": msg, "details": {"address": found.address}}'

/** Lines that go through the resources of some types. */
function findings(types: readonly string[]): readonly string[] {
  const [only = ''] = types
  if (types.length > 1) return [`some type in ${JSON.stringify(types)}`, 'some found in tf_resources(type)']
  const [first = '', second, third] = only.split('.')
  if (third !== undefined) return [`some found in tf_backends("${third}")`]
  if (second === undefined) return [`some found in tf_resources("${first}")`]
  return [`some found in ${first === 'data' ? 'tf_data' : 'tf_providers'}("${second}")`]
}

export function rule(head: string, lines: readonly string[]): string {
  return `${head} if {\n${indented(lines)}\n}`
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `\t${line}`).join('\n')
}

export function letter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index)
}

/** A call for each condition; those that count only while nothing is written look at that as well. */
export function conditionCalls(
  conditions: readonly Condition[],
  name: string,
  tag: string,
  holder: string,
): readonly string[] {
  return conditions.map(({ beside, ifUnset }, index) => {
    const subject = beside ? holder : 'found.body'
    return `${name}_${tag}${letter(index)}(${ifUnset ? `${subject}, ${holder}` : subject})`
  })
}

/** Lines that give `value` each value at a path, but null, which is as good as nothing. */
function walk({ path, where }: Pick<Setting, 'path' | 'where'>, start: string): readonly string[] {
  const steps = path.split('.')
  const attribute = steps.pop() ?? ''
  const lines: string[] = []
  let at = start
  for (const [index, step] of steps.entries()) {
    const block = `block_${letter(index)}`
    lines.push(`some ${block} in tf_bodies(${at}.${step})`)
    if (index === 0 && where !== undefined) lines.push(`${block}.${where[0]} == ${JSON.stringify(where[1])}`)
    at = block
  }
  return [...lines, `value := ${at}.${attribute}`, 'value != null']
}

function holders({ each, json }: Setting, tag: string): readonly string[] {
  const name = `tf_holders_${tag}(body)`
  if (json !== undefined)
    return [`${name} := [holder |\n\tsome holder in tf_document(body.${json})\n\tis_object(holder)\n]`]
  if (each === undefined) return []
  const steps = each.split('.')
  let at = 'body'
  const lines = steps.map((step, index) => {
    const block = index === steps.length - 1 ? 'holder' : `block_${letter(index)}`
    const line = `some ${block} in tf_bodies(${at}.${step})`
    at = block
    return line
  })
  return [`${name} := [holder |\n${indented(lines)}\n]`]
}

/** Whether more may be there than can be read: an expression, or a block that a dynamic one may make. */
function openings({ path, where }: Setting, tag: string): readonly string[] {
  const name = `tf_open_${tag}(holder)`
  const steps = path.split('.').slice(0, -1)
  const found: string[] = [rule(name, [`some value in tf_values_${tag}(holder)`, 'tf_is_expression(value)'])]
  let at = 'holder'
  const before: string[] = []
  for (const [index, step] of steps.entries()) {
    found.push(
      rule(name, [...before, `${at}.dynamic.${step}`]),
      rule(name, [...before, `tf_is_expression(${at}.${step})`]),
    )
    const block = `block_${letter(index)}`
    before.push(`some ${block} in tf_bodies(${at}.${step})`)
    if (index === 0 && where !== undefined)
      found.push(rule(name, [...before, `tf_is_expression(${block}.${where[0]})`]))
    at = block
  }
  return found
}

/** `may`: an expression there is enough, since it may meet the condition. */
export function whenRules(
  { path, is, orAbsent, ifUnset }: Condition,
  name: string,
  values: string,
  may: boolean,
): readonly string[] {
  const head = ifUnset ? `${name}(body, holder)` : `${name}(body)`
  const start = ifUnset ? [`count(${values}(holder)) == 0`] : []
  const lines = walk({ path }, 'body')
  const found: string[] = []
  if (is !== 'absent') {
    const met = may ? [] : ['not tf_is_expression(value)']
    found.push(rule(head, [...start, ...lines, ...met, ...testLines(is)]))
    if (may) found.push(rule(head, [...start, ...lines, 'tf_is_expression(value)']))
    else if ('set' in is) found.push(rule(head, [...start, ...lines, 'tf_is_attribute(value)']))
  }
  if (is === 'absent' || orAbsent) {
    const written = `${name}_written`
    found.push(rule(head, [...start, `not ${written}(body)`]), rule(`${written}(body)`, lines))
  }
  return found
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', "'")
}
