// Runs folders of Rego cases: node scripts/conformance-rego.mjs DIR [--format json|text]. Stands on dist/, which npm ci builds.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const {
  compareValues,
  compile,
  equalValues,
  parseJson,
  parseModule,
  RegoErrors,
  RegoError,
  RegoObject,
  RegoSet,
  toJson,
} = await import(new URL('../dist/rego.js', import.meta.url).href)

export function runFolder(directory) {
  const failures = []
  let passed = 0
  let skipped = 0
  for (const file of jsonFiles(directory)) {
    const name = relative(directory, file).split(sep).join('/')
    const version = /(?:^|\/)v0(?:\/|$)/.test(file.split(sep).join('/')) ? 'v0' : 'v1'
    const cases = casesOf(parseJson(readFileSync(file, 'utf8')))
    if (cases === undefined) continue
    for (const each of cases) {
      const outcome = runCase(each, version)
      if (outcome === undefined) passed++
      else if (outcome.skip) skipped++
      else failures.push({ file: name, note: each.get('note') ?? '', want: outcome.want, got: outcome.got })
    }
  }
  return { passed, failed: failures.length, skipped, failures }
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
function casesOf(value) {
  const list = value instanceof RegoObject ? value.get('cases') : value
  return Array.isArray(list) ? list : undefined
}

function runCase(each, version) {
  const wantResult = each.get('want_result')
  const wantCode = each.get('want_error_code')
  const wantError = each.get('want_error')
  let got
  try {
    got = evaluate(each, version)
  } catch (error) {
    const errors = error instanceof RegoErrors ? error.errors : error instanceof RegoError ? [error] : undefined
    if (errors === undefined) return { want: 'no crash', got: String(error instanceof Error ? error.stack : error) }
    const fits = errors.some(
      (one) =>
        (wantCode === undefined || one.code === wantCode) &&
        (wantError === undefined || String(one).includes(wantError)),
    )
    if ((wantCode !== undefined || wantError !== undefined) && fits) return undefined
    return { want: want(each), got: errors.map(String).join('\n') }
  }
  if (wantCode !== undefined || wantError !== undefined) return { want: want(each), got: show(got) }
  const sort = each.get('sort_bindings') === true
  const wanted = wantResult ?? []
  return sameResults(wanted, got, sort) ? undefined : { want: toJson(wanted), got: show(got) }
}

function want(each) {
  return { code: each.get('want_error_code') ?? null, error: each.get('want_error') ?? null }
}

function show(results) {
  return results.map((bindings) => toJson(bindings))
}

function evaluate(each, version) {
  const modules = (each.get('modules') ?? []).map((text, index) => parseModule(`test-${index}.rego`, text, { version }))
  const policy = compile(modules)
  const options = { strict: each.get('strict_error') === true }
  const term = each.get('input_term')
  if (term !== undefined)
    options.input = policy.prepare(`input_term := ${term}`, { version }).evaluate()[0].get('input_term')
  else if (each.has('input')) options.input = each.get('input')
  const data = each.get('data')
  if (data instanceof RegoObject) options.data = data
  const results = policy
    .prepare(each.get('query'), { version })
    .evaluate({ ...options, now: BigInt(Date.now()) * 1000000n })
  return results.map((bindings) => plain(RegoObject.of(bindings)))
}

/** Sets as sorted arrays, keys as strings: what JSON can say. */
function plain(value) {
  if (value instanceof RegoSet) return [...value].map(plain)
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof RegoObject) {
    return RegoObject.of(
      [...value].map(([key, member]) => [
        typeof key === 'string' ? key : JSON.stringify(toJson(plain(key))),
        plain(member),
      ]),
    )
  }
  return value
}

function sameResults(wanted, got, sort) {
  if (wanted.length !== got.length) return false
  const left = sort ? wanted.map(sortBindings).sort(compareValues) : [...wanted]
  const right = sort ? got.map(sortBindings).sort(compareValues) : got
  return left.every((one, index) => equalValues(one, right[index]))
}

function sortBindings(bindings) {
  return RegoObject.of(
    [...bindings].map(([key, value]) => [key, Array.isArray(value) ? [...value].sort(compareValues) : value]),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2)
  const at = args.indexOf('--format')
  const format = at < 0 ? 'text' : args.splice(at, 2)[1]
  const directory = args[0]
  if (directory === undefined || args.length > 1 || (format !== 'json' && format !== 'text')) {
    process.stderr.write('usage: npm run conformance:rego -- DIR [--format json|text]\n')
    process.exit(2)
  }
  try {
    statSync(directory)
  } catch {
    process.stderr.write(`conformance: ${directory} does not exist\n`)
    process.exit(2)
  }
  const report = runFolder(directory)
  if (format === 'json') process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  else {
    for (const { file, note, want, got } of report.failures) {
      process.stdout.write(
        `FAIL ${file} ${note}\n  want ${JSON.stringify(want)}\n  got  ${typeof got === 'string' ? got : JSON.stringify(got)}\n`,
      )
    }
    process.stdout.write(`${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped\n`)
  }
  process.exitCode = report.failed === 0 ? 0 : 1
}
