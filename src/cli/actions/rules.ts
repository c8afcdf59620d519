import { UsageError } from '../../app/project/root.ts'
import { unknownRule } from '../../app/session.ts'
import { loadUserRules } from '../../app/user-rules.ts'
import { ruleInfo } from '../../app/rule-info.ts'
import { namesRule } from '../../engine/aliases.ts'
import { print } from '../../report/json.ts'
import { renderRulesText, renderRuleText } from '../../report/text/rules.ts'
import { RULES } from '../../rules/index.ts'
import type { RulesOptions } from '../commands/rules.ts'
import { EXIT } from '../exit.ts'
import { useColour, writeResult } from '../output.ts'
import { terminalWidth } from '../render.ts'

export async function runRules(id: string | undefined, options: RulesOptions): Promise<number> {
  const { format } = options
  if (format !== 'text' && format !== 'json') throw new UsageError(`--format ${format}: expected text or json`)
  const all = [...RULES, ...(options.rules === undefined ? [] : await loadUserRules(options.rules))]
  const chosen = id === undefined ? all : all.filter((rule) => namesRule(rule, id))
  if (id !== undefined && chosen.length === 0) throw new UsageError(unknownRule(id, all))
  const infos = chosen.map(ruleInfo)
  const text = { colour: useColour({ ...options, format }), width: terminalWidth(), path: '.' }
  if (format === 'json') await writeResult(print(infos), options)
  else if (id === undefined) await writeResult(renderRulesText(infos, text), options)
  else await writeResult(infos.map((info) => renderRuleText(info, text)).join('\n'), options)
  return EXIT.ok
}
