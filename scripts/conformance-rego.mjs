// Runs folders of Rego cases: node scripts/conformance-rego.mjs DIR [--format json|text]. Stands on dist/, which npm ci builds.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * What `rego` (the public entry point) makes of every case below a folder. Folders `v0` and `v1` say how cases are read; elsewhere those that
 * are no v1 are read as v0.
 */
export function runFolder(directory, rego) {
  const failures = []
  let passed = 0
  for (const file of jsonFiles(directory)) {
    const path = file.split(sep).join('/')
    const version = /(?:^|\/)(v0|v1)(?=\/|$)/.exec(path)?.[1]
    for (const each of casesOf(rego.parseJson(readFileSync(file, 'utf8')), rego)) {
      const outcome = new Case(each, version ?? guessVersion(each, rego), rego).run()
      const name = relative(directory, file).split(sep).join('/') || path
      if (outcome === undefined) passed++
      else failures.push({ file: name, note: each.get('note') ?? '', ...outcome })
    }
  }
  // Every case runs: one that we cannot do is a failure.
  return { passed, failed: failures.length, skipped: 0, failures }
}

function jsonFiles(path) {
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(path, name))
}

/** A file is a list of cases, or an object that holds one. */
function casesOf(value, { RegoObject }) {
  const list = value instanceof RegoObject ? value.get('cases') : value
  return Array.isArray(list) ? list : []
}

function guessVersion(each, { parseModule, RegoErrors }) {
  try {
    for (const text of each.get('modules') ?? []) parseModule('guess.rego', text)
    return 'v1'
  } catch (error) {
    if (error instanceof RegoErrors) return 'v0'
    throw error
  }
}

class Case {
  constructor(each, version, rego) {
    this.each = each
    this.version = version
    this.rego = rego
  }

  /** Undefined if it passes. */
  run() {
    const { RegoError, RegoErrors, toJson } = this.rego
    const code = this.each.get('want_error_code')
    const text = this.each.get('want_error')
    const wantsError = code !== undefined || text !== undefined
    const want = wantsError ? { code: code ?? null, error: text ?? null } : toJson(this.each.get('want_result') ?? [])
    try {
      const got = this.evaluate()
      if (!wantsError && this.same(this.each.get('want_result') ?? [], got)) return undefined
      return { want, got: got.map(toJson) }
    } catch (error) {
      const errors = error instanceof RegoErrors ? error.errors : error instanceof RegoError ? [error] : undefined
      if (errors === undefined) return { want, got: String(error instanceof Error ? error.stack : error) }
      const fits = (one) =>
        (code === undefined || one.code === code) && (text === undefined || String(one).includes(text))
      return wantsError && errors.some(fits) ? undefined : { want, got: errors.map(String).join('\n') }
    }
  }

  evaluate() {
    const { compile, opa0Builtins, parseModule, RegoObject } = this.rego
    const { each, version } = this
    const texts = each.get('modules') ?? []
    const modules = texts.map((text, index) => parseModule(`test-${index}.rego`, text, { version }))
    // OPA's cases for v0 are from the time of OPA 0.x.
    const policy = compile(modules, { builtins: version === 'v0' ? [SLEEP, ...opa0Builtins] : [SLEEP] })
    // OPA's own runner takes the time of the day.
    const options = { strict: each.get('strict_error') === true, now: BigInt(Date.now()) * 1_000_000n }
    const term = each.get('input_term')
    if (term !== undefined) {
      options.input = policy.prepare(`input_term := ${term}`, { version }).evaluate()[0].get('input_term')
    } else if (each.has('input')) options.input = each.get('input')
    const data = each.get('data')
    if (data instanceof RegoObject) options.data = data
    const results = policy.prepare(each.get('query'), { version }).evaluate(options)
    return results.map((bindings) => this.plain(RegoObject.of(bindings)))
  }

  /** Sets as sorted arrays, keys as strings: what JSON can say. */
  plain(value) {
    const { RegoObject, RegoSet, toJson } = this.rego
    if (value instanceof RegoSet) return [...value].map((item) => this.plain(item))
    if (Array.isArray(value)) return value.map((item) => this.plain(item))
    if (!(value instanceof RegoObject)) return value
    const name = (key) => (typeof key === 'string' ? key : JSON.stringify(toJson(this.plain(key))))
    return RegoObject.of([...value].map(([key, member]) => [name(key), this.plain(member)]))
  }

  /** `sort_bindings`: neither the order of results nor that of the values bound matters. */
  same(wanted, got) {
    const { compareValues, equalValues, RegoObject } = this.rego
    if (wanted.length !== got.length) return false
    const sortValue = (value) => (Array.isArray(value) ? [...value].sort(compareValues) : value)
    const sortBindings = (bindings) => RegoObject.of([...bindings].map(([key, value]) => [key, sortValue(value)]))
    const arranged = (list) =>
      this.each.get('sort_bindings') === true ? list.map(sortBindings).sort(compareValues) : list
    const right = arranged(got)
    return arranged(wanted).every((one, index) => equalValues(one, right[index]))
  }
}

/** OPA's runner has this builtin to test that time stands still; here it stands still anyway. */
const SLEEP = {
  name: 'test.sleep',
  category: 'test',
  description: 'Does nothing.',
  args: [{ name: 'duration', type: { kind: 'string' }, description: 'how long' }],
  result: { type: { kind: 'null' }, description: 'null' },
  deterministic: true,
  evaluate: () => null,
}

async function main(args) {
  const at = args.indexOf('--format')
  const format = at < 0 ? 'text' : args.splice(at, 2)[1]
  const [directory, ...rest] = args
  if (directory === undefined || rest.length > 0 || (format !== 'json' && format !== 'text')) {
    process.stderr.write('usage: npm run conformance:rego -- DIR [--format json|text]\n')
    return 2
  }
  if (statSync(directory, { throwIfNoEntry: false }) === undefined) {
    process.stderr.write(`conformance: ${directory} does not exist\n`)
    return 2
  }
  const report = runFolder(directory, await import(new URL('../dist/rego.js', import.meta.url).href))
  if (format === 'json') process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else {
    for (const { file, note, want, got } of report.failures) {
      const shown = typeof got === 'string' ? got : JSON.stringify(got)
      process.stdout.write(`FAIL ${file} ${note}\n  want ${JSON.stringify(want)}\n  got  ${shown}\n`)
    }
    process.stdout.write(`${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped\n`)
  }
  return report.failed === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2))
