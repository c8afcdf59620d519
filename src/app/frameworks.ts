import { readFileSync } from 'node:fs'
import type { Framework } from '../compliance/framework.ts'
import { parseFramework } from '../compliance/framework-file.ts'
import { FRAMEWORKS } from '../compliance/frameworks/index.ts'
import { RULES } from '../rules/index.ts'
import { nearest } from '../text/nearest.ts'
import { UsageError } from './project/root.ts'

/**
 * A framework by its id.
 * @param own those of the project's configuration, which go before ours
 * @throws UsageError naming the nearest framework
 */
function findFramework(id: string, own: readonly Framework[] = []): Framework {
  const all = [...own, ...FRAMEWORKS]
  const framework = all.find((known) => known.id === id)
  if (framework !== undefined) return framework
  const ids = [...new Set(all.map((known) => known.id))]
  const hint = nearest(id, ids)
  throw new UsageError(
    `no framework ${id}${hint === undefined ? '' : `; did you mean ${hint}?`} (known: ${ids.join(', ')}; or a YAML file)`,
  )
}

function isFrameworkFile(name: string): boolean {
  return /\.ya?ml$/.test(name)
}

/**
 * The framework of `--framework`: an id, or a YAML file by its path.
 * @throws UsageError for a file that cannot be read or holds mistakes, naming the first with its line
 */
export function frameworkFor(given: string, own: readonly Framework[]): Framework {
  if (!isFrameworkFile(given)) return findFramework(given, own)
  let text: string
  try {
    text = readFileSync(given, 'utf8')
  } catch {
    throw new UsageError(`cannot read ${given}`)
  }
  return frameworkIn(given, text)
}

/**
 * The frameworks of the configuration: ids, and YAML files of the project by their paths.
 * @param read a file of the project by relative path; undefined if it is not inside
 * @throws UsageError for an id or file that is not there, or a file with mistakes
 */
export function configuredFrameworks(
  names: readonly string[],
  read: (path: string) => string | undefined,
): Framework[] {
  return names.map((name) => {
    if (!isFrameworkFile(name)) return findFramework(name)
    const text = read(name)
    if (text === undefined) throw new UsageError(`the framework ${name} of secops.yaml is no file inside the project`)
    return frameworkIn(name, text)
  })
}

function frameworkIn(file: string, text: string): Framework {
  const ids = RULES.map(({ id }) => id)
  const { records, diagnostics } = parseFramework(file, text, ids)
  const [problem] = diagnostics
  if (problem !== undefined) {
    const { line, column } = problem.range?.start ?? { line: 1, column: 1 }
    throw new UsageError(`${file}:${line}:${column}: ${problem.message}`)
  }
  const [framework] = records
  if (framework === undefined) throw new UsageError(`${file} holds no framework`)
  return framework
}
