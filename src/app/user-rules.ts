import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Rule } from '../rules/rule.ts'
import { UsageError } from './project/root.ts'

/**
 * Loads the rules of a folder that the user named on the command line: JavaScript modules with a rule as default export.
 * Nothing in a project can make this happen.
 * @throws UsageError for a folder or module that cannot be loaded
 */
export async function loadUserRules(folder: string): Promise<Rule[]> {
  const rules: Rule[] = []
  for (const name of listModules(folder)) {
    const url = pathToFileURL(resolve(folder, name)).href
    let module: unknown
    try {
      module = await import(url)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new UsageError(`--rules: ${join(folder, name)} cannot be loaded: ${reason}`)
    }
    const rule = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
    if (!isRule(rule)) throw new UsageError(`--rules: ${join(folder, name)} has no rule as its default export`)
    rules.push(rule)
  }
  if (rules.length === 0) throw new UsageError(`--rules: no .js or .mjs files in ${folder}`)
  return rules
}

function listModules(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.m?js$/.test(name) && !/\.test\.m?js$/.test(name))
      .sort()
  } catch {
    throw new UsageError(`--rules: cannot read the folder ${folder}`)
  }
}

/** The parts that the engine relies on; a rule's outcomes are checked when it runs. */
function isRule(value: unknown): value is Rule {
  if (typeof value !== 'object' || value === null) return false
  const has = (key: string, type: string): boolean => typeof Reflect.get(value, key) === type
  const lists = ['controls', 'sameAs', 'resources'].every((key) => Array.isArray(Reflect.get(value, key)))
  return (
    ['id', 'title', 'severity', 'severityReason', 'kind', 'remediation'].every((key) => has(key, 'string')) &&
    has('messages', 'object') &&
    has('check', 'function') &&
    lists
  )
}
