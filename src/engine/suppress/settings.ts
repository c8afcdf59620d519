import { parseDocument } from 'yaml'
import { foreign, type Suppression } from './directive.ts'

/** Settings files of other scanners that people already have, read from the project root. */
export function settingsSuppressions(files: ReadonlyMap<string, string>): Suppression[] {
  const found: Suppression[] = []
  for (const path of ['.checkov.yaml', '.checkov.yml']) {
    const text = files.get(path)
    if (text !== undefined) found.push(...checkovSettings(path, text))
  }
  const baseline = files.get('.checkov.baseline')
  if (baseline !== undefined) found.push(...checkovBaseline('.checkov.baseline', baseline))
  const ignored = files.get('.trivyignore')
  if (ignored !== undefined) found.push(...trivyIgnore('.trivyignore', ignored))
  for (const path of ['.trivyignore.yaml', '.trivyignore.yml']) {
    const text = files.get(path)
    if (text !== undefined) found.push(...trivyIgnoreYaml(path, text))
  }
  return found
}

function checkovSettings(file: string, text: string): Suppression[] {
  const skip = strings(field(readYaml(text), 'skip-check'))
  const rules = skip.flatMap((entry) => entry.split(','))
  return rules.length === 0 ? [] : [everywhere(file, text, 'checkov', rules)]
}

/** `failed_checks: [{file, findings: [{resource, check_ids}]}]` */
function checkovBaseline(file: string, text: string): Suppression[] {
  const data: unknown = readYaml(text)
  return list(field(data, 'failed_checks')).flatMap((entry) => {
    const path = String(field(entry, 'file') ?? '').replace(/^\//, '')
    return list(field(entry, 'findings')).map((finding): Suppression => ({
      ...foreign('checkov', strings(field(finding, 'check_ids')), 'in the Checkov baseline'),
      file,
      at: { start: 0, end: 0 },
      covers: { kind: 'address', path, address: String(field(finding, 'resource') ?? '') },
    }))
  })
}

/** One id a line, `#` comments, `ID exp:YYYY-MM-DD`. */
function trivyIgnore(file: string, text: string): Suppression[] {
  let offset = 0
  return text.split('\n').flatMap((line) => {
    const at = { start: offset, end: offset + line.length }
    offset += line.length + 1
    const [id, ...options] = line.replace(/#.*$/, '').trim().split(/\s+/)
    if (id === undefined || id === '') return []
    const until = options.find((option) => option.startsWith('exp:'))?.slice(4)
    const reason = /#\s*(.+)$/.exec(line)?.[1]
    return [{ ...foreign('trivy', [id], reason), until, file, at, covers: { kind: 'project' as const } }]
  })
}

/** `misconfigurations: [{id, paths, statement, expired_at}]` */
function trivyIgnoreYaml(file: string, text: string): Suppression[] {
  return list(field(readYaml(text), 'misconfigurations')).flatMap((entry): Suppression[] => {
    const id = String(field(entry, 'id') ?? '')
    const statement = field(entry, 'statement')
    const expires = field(entry, 'expired_at')
    const base = {
      ...foreign('trivy', [id], typeof statement === 'string' ? statement : undefined),
      until: expires === undefined ? undefined : String(expires).slice(0, 10),
      file,
      at: { start: 0, end: 0 },
    }
    const paths = strings(field(entry, 'paths'))
    if (paths.length === 0) return [{ ...base, covers: { kind: 'project' as const } }]
    return paths.map((path) => ({ ...base, covers: { kind: 'path' as const, path } }))
  })
}

function everywhere(file: string, text: string, dialect: string, rules: readonly string[]): Suppression {
  const at = Math.max(0, text.indexOf('skip-check'))
  return {
    ...foreign(dialect, rules, undefined),
    file,
    at: { start: at, end: at + 'skip-check'.length },
    covers: { kind: 'project' },
  }
}

function readYaml(text: string): unknown {
  try {
    return parseDocument(text, { prettyErrors: false }).toJS({ maxAliasCount: 100 })
  } catch {
    return undefined
  }
}

function field(data: unknown, key: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined
}

function list(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : []
}

function strings(data: unknown): string[] {
  return (typeof data === 'string' ? [data] : list(data)).filter((item): item is string => typeof item === 'string')
}
