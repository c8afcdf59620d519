import type { Companion } from './model.ts'
import { conditionCalls, letter, rule, whenRules } from './settings.ts'

/**
 * The rules of Rego for a companion. That there is none can be said only of all files together, so it is asked only with
 * `--combine`, folder by folder.
 */
export function companionRego(companion: Companion, tag: string): string {
  const {
    of,
    by,
    named = 'name',
    inline,
    unless = [],
    onlyIf = [],
    unlessDeclared,
    unlessUsedBy = [],
    module,
  } = companion
  const [[first = ''] = []] = by
  const joined = `tf_joined_${tag}(found)`
  const rules = [
    rule('violation contains {"msg": msg, "details": {"address": found.address}}', [
      `some found in tf_resources("${of}")`,
      'found.whole',
      'not found.body.count == 0',
      ...conditionCalls(onlyIf, 'tf_when', tag, 'found.body'),
      `not ${joined}`,
      'not tf_handed_on(found)',
      ...conditionCalls(unless, 'not tf_spared', tag, 'found.body'),
      ...(unlessDeclared === undefined ? [] : [`count(tf_resources("${unlessDeclared}")) == 0`]),
      ...(unlessUsedBy.length === 0 ? [] : [`not tf_used_${tag}(found)`]),
      ...(module === undefined ? [] : [`not tf_in_module_${tag}(found)`]),
      `msg := sprintf("%v has no ${first}.", [found.address])`,
    ]),
    rule(joined, [
      `some [type, via] in ${JSON.stringify(by)}`,
      'some other in tf_resources(type)',
      'other.folder == found.folder',
      'not other.body.count == 0',
      'some name in tf_list(other.body[via])',
      `tf_may_belong(name, found, "${named}")`,
    ]),
    ...(inline === undefined
      ? []
      : [
          rule(joined, [`value := found.body.${inline}`, 'not value in {"", null}']),
          rule(joined, [`found.body.dynamic.${inline}`]),
        ]),
    ...unlessUsedBy.map(([type, path]) => usedRule(`tf_used_${tag}(found)`, type, path, named)),
    ...(module === undefined
      ? []
      : [
          rule(`tf_in_module_${tag}(found)`, [
            'some call in tf_modules',
            'call.folder == found.folder',
            'some name in [call.name, call.body.source]',
            `regex.match(\`${module}\`, name)`,
          ]),
        ]),
    ...onlyIf.flatMap((condition, index) => whenRules(condition, `tf_when_${tag}${letter(index)}`, '', false)),
    ...unless.flatMap((condition, index) => whenRules(condition, `tf_spared_${tag}${letter(index)}`, '', true)),
  ]
  return rules.join('\n\n')
}

function usedRule(head: string, type: string, path: string, named: string): string {
  const steps = path.split('.')
  const attribute = steps.pop() ?? ''
  const lines = ['some other in tf_resources("' + type + '")']
  let at = 'other.body'
  for (const [index, step] of steps.entries()) {
    lines.push(`some block_${letter(index)} in tf_bodies(${at}.${step})`)
    at = `block_${letter(index)}`
  }
  return rule(head, [...lines, `tf_may_name(${at}.${attribute}, found, "${named}")`])
}
