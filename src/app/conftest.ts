/** `enforce conftest`: policies by Conftest's conventions, asked about files. */
import { dirname, resolve } from 'node:path'
import {
  combined,
  conftestBuiltins,
  ConftestPolicies,
  inputsOf,
  parserByName,
  parserForPath,
  parserNames,
  readInput,
  selectNamespaces,
  verifyPolicies,
  type CheckResult,
  type InputFile,
  type VerifyResult,
} from '../enforce/conftest/index.ts'
import { valueOf } from '../enforce/conftest/node.ts'
import {
  type EvaluateOptions,
  type Module,
  parseModule,
  RegoErrors,
  RegoError,
  RegoObject,
  type Value,
} from '../rego/index.ts'
import type { RegoVersion } from '../rego/ast.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { dataKeys, listFiles, policyFileReader, readText } from './conftest-files.ts'
import { UsageError } from './project/root.ts'

export interface ConftestRequest {
  readonly policy: readonly string[]
  readonly data: readonly string[]
  readonly regoVersion: RegoVersion
  readonly evaluate: Pick<EvaluateOptions, 'now' | 'limits'>
}

export interface ConftestCheckRequest extends ConftestRequest {
  /** Files, folders, `-`. */
  readonly files: readonly string[]
  /** Names or patterns; undefined for all. */
  readonly namespaces: readonly string[] | undefined
  readonly combine: boolean
  readonly parser: string | undefined
  readonly ignore: RegExp | undefined
  readonly stdinName: string | undefined
}

export interface ConftestOutcome {
  readonly results: readonly CheckResult[]
  /** Of files that could not be read. */
  readonly diagnostics: readonly Diagnostic[]
  /** What a person should know, one line each. */
  readonly warnings: readonly string[]
}

/** Throws `UsageError`, and `RegoErrors` for policies that do not compile. */
export function checkWithConftest(request: ConftestCheckRequest): ConftestOutcome {
  const { modules, read, data } = load(request)
  const policies = new ConftestPolicies(modules, {
    builtins: conftestBuiltins(read),
    data,
    evaluate: request.evaluate,
    folder: (file) => (file === 'Combined' ? resolve('.') : dirname(resolve(file))),
  })
  const namespaces =
    request.namespaces === undefined ? policies.namespaces : selectNamespaces(policies.namespaces, request.namespaces)
  const { files, diagnostics } = readFiles(request)
  const results = namespaces.flatMap((namespace) =>
    request.combine
      ? [policies.check('Combined', [combined(files)], namespace)]
      : files.map((file) => policies.check(file.path, inputsOf(file), namespace)),
  )
  const warnings: string[] = []
  if (namespaces.every((namespace) => policies.ruleCount(namespace) === 0)) {
    const asked = request.namespaces === undefined ? 'any package' : `package ${request.namespaces.join(', ')}`
    const known = policies.namespaces.filter((name) => policies.ruleCount(name) > 0).join(', ')
    const elsewhere = known === '' ? '' : ` There are some in ${known}: use --namespace or --all-namespaces.`
    warnings.push(`no deny, violation or warn rule in ${asked}: nothing was checked.${elsewhere}`)
  }
  return { results, diagnostics, warnings }
}

export interface VerifyRequest extends ConftestRequest {
  readonly coverage: boolean
  /** Names or patterns of packages; undefined for all. */
  readonly namespaces: readonly string[] | undefined
}

/** The policies' own tests. Throws as `checkWithConftest`. */
export function verifyConftest(request: VerifyRequest): VerifyResult {
  const { modules, read, data } = load(request)
  const names = request.namespaces
  const packages = names === undefined ? undefined : selectNamespaces(packageNames(modules), names)
  return verifyPolicies(modules, {
    builtins: conftestBuiltins(read),
    coverage: request.coverage,
    evaluate: { ...request.evaluate, data },
    run: (test) =>
      packages === undefined ||
      packages.some((name) => test.startsWith(`data.${name}.test_`) || test.startsWith(`data.${name}.todo_test_`)),
  })
}

function packageNames(modules: readonly Module[]): readonly string[] {
  return [...new Set(modules.map((module) => module.package.join('.')))]
}

function load(request: ConftestRequest): {
  readonly modules: readonly Module[]
  readonly read: ReturnType<typeof policyFileReader>
  readonly data: RegoObject
} {
  const files = listFiles(request.policy, (path) => path.endsWith('.rego'))
  if (files.length === 0) throw new UsageError(`no .rego files in ${request.policy.join(', ')}`)
  const errors: RegoError[] = []
  const modules: Module[] = []
  for (const file of files) {
    try {
      modules.push(parseModule(file, readText(file), { version: request.regoVersion }))
    } catch (error) {
      if (!(error instanceof RegoErrors)) throw error
      errors.push(...error.errors)
    }
  }
  if (errors.length > 0) throw new RegoErrors(errors)
  return { modules, read: policyFileReader(request.policy, files), data: loadData(request.data) }
}

function readFiles(request: ConftestCheckRequest): {
  readonly files: readonly InputFile[]
  readonly diagnostics: readonly Diagnostic[]
} {
  const { parser, ignore } = request
  const chosen = parser === undefined ? undefined : parserByName(parser)
  if (chosen?.kind === 'unknown') {
    throw new UsageError(`no parser ${parser ?? ''}: choose one of ${parserNames.join(', ')}`)
  }
  if (chosen?.kind === 'unsupported') throw new UsageError(`--parser ${chosen.name} is not supported: ${chosen.reason}`)
  const named = new Set(request.files)
  const paths = listFiles(
    request.files,
    (path) => ignore?.test(path) !== true && (chosen !== undefined || parserForPath(path).kind !== 'unknown'),
  ).filter((path) => ignore?.test(path) !== true)
  if (paths.length === 0) throw new UsageError('no files found')
  const files: InputFile[] = []
  const diagnostics: Diagnostic[] = []
  for (const path of paths) {
    const choice = chosen ?? parserForPath(path)
    const name = path === '-' ? (request.stdinName ?? path) : path
    if (choice.kind === 'unknown') throw new UsageError(`no parser for ${path}: name one with --parser`)
    if (choice.kind === 'unsupported') {
      const message = `${choice.name} is not supported: ${choice.reason}.`
      if (named.has(path)) throw new UsageError(`${path}: ${message}`)
      diagnostics.push({ file: name, code: 'conftest-unsupported', message })
      continue
    }
    const { file, diagnostics: faults } = readInput(name, readText(path), choice)
    if (file !== undefined) files.push(file)
    else diagnostics.push(...faults)
  }
  return { files, diagnostics }
}

/** Documents of all data files, merged. */
function loadData(paths: readonly string[]): RegoObject {
  let data = RegoObject.empty
  for (const path of paths) {
    for (const file of listFiles([path], (name) => /\.(?:json|ya?ml)$/.test(name))) {
      const choice = parserForPath(file)
      if (choice.kind !== 'parser') throw new UsageError(`--data: ${file} is neither YAML nor JSON`)
      const { file: input, diagnostics } = readInput(file, readText(file), choice)
      if (input === undefined) {
        const [first] = diagnostics
        const at = first?.range?.start
        throw new UsageError(
          `--data: ${file}:${at?.line ?? 1}:${at?.column ?? 1}: ${first?.message ?? 'cannot be read'}`,
        )
      }
      let value: Value = valueOf(input.root)
      for (const key of dataKeys(path, file).toReversed()) value = RegoObject.of([[key, value]])
      if (!(value instanceof RegoObject)) throw new UsageError(`--data: ${file} holds no object`)
      data = merge(data, value, file)
    }
  }
  return data
}

function merge(a: RegoObject, b: RegoObject, file: string): RegoObject {
  const members = new Map([...a].map(([key, value]): [Value, Value] => [key, value]))
  for (const [key, value] of b) {
    const known = members.get(key)
    if (known instanceof RegoObject && value instanceof RegoObject) members.set(key, merge(known, value, file))
    else if (known === undefined) members.set(key, value)
    else throw new UsageError(`--data: ${file} sets ${String(key)} again, which another file has set`)
  }
  return RegoObject.of(members)
}
