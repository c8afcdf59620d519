/** Asks policies about inputs, and counts as Conftest counts. */
import {
  compile,
  formatError,
  RegoError,
  RegoObject,
  RegoSet,
  type Builtin,
  type EvaluateOptions,
  type Module,
  type Origin,
  type PreparedQuery,
  type Value,
} from '../../rego/index.ts'
import { isArray, keyOf, type Key } from '../../rego/value/value.ts'
import type { InputPlace, PolicyInput } from './input.ts'
import { valueOf } from './node.ts'
import { checkedRules, type CheckedRule, namespacesOf } from './policies.ts'

export interface PolicyMessage extends InputPlace {
  readonly message: string
  /** `deny_root`. */
  readonly rule: string
  readonly query: string
  /** What else the policy gave beside `msg`. */
  readonly metadata: RegoObject
}

export interface CheckResult {
  readonly file: string
  readonly namespace: string
  readonly successes: number
  readonly warnings: readonly PolicyMessage[]
  readonly failures: readonly PolicyMessage[]
  readonly exceptions: readonly PolicyMessage[]
  /** Tests that are only planned. */
  readonly skipped: readonly PolicyMessage[]
  /** Rules that ended in an error: nothing was decided. */
  readonly errors: readonly string[]
  /** What `print` wrote. */
  readonly prints: readonly string[]
}

export interface CheckOptions {
  readonly builtins: readonly Builtin[]
  /** `data.conftest.file` comes on top of it. */
  readonly data: RegoObject
  readonly evaluate?: Omit<EvaluateOptions, 'input' | 'data' | 'print'>
  /** Absolute folder of a file by its name, for `data.conftest.file.dir`. */
  readonly folder: (file: string) => string
}

interface PreparedRule extends CheckedRule {
  readonly value: PreparedQuery
  readonly exception: PreparedQuery | undefined
}

/** Policies that were compiled together. Throws `RegoErrors`. */
export class ConftestPolicies {
  /** Names of packages. */
  readonly namespaces: readonly string[]
  readonly #options: CheckOptions
  readonly #policy: ReturnType<typeof compile>
  readonly #modules: ReadonlyMap<string, readonly Module[]>
  readonly #prepared = new Map<string, readonly PreparedRule[]>()
  readonly #traced = new Map<string, PreparedQuery>()

  constructor(modules: readonly Module[], options: CheckOptions) {
    this.#options = options
    this.#policy = compile(modules, { builtins: options.builtins })
    this.#modules = namespacesOf(modules)
    this.namespaces = [...this.#modules.keys()]
  }

  /** How many `deny`, `violation` and `warn` rules a package has. */
  ruleCount(namespace: string): number {
    return this.#rules(namespace).reduce((sum, { count }) => sum + count, 0)
  }

  /** The inputs of one file, in order, as one result. */
  check(name: string, inputs: readonly PolicyInput[], namespace: string): CheckResult {
    const parts = inputs.map((input) => this.#checkOne(input, namespace))
    return {
      file: name,
      namespace,
      successes: parts.reduce((sum, { successes }) => sum + successes, 0),
      warnings: parts.flatMap(({ warnings }) => warnings),
      failures: parts.flatMap(({ failures }) => failures),
      exceptions: parts.flatMap(({ exceptions }) => exceptions),
      skipped: [],
      errors: parts.flatMap(({ errors }) => errors),
      prints: parts.flatMap(({ prints }) => prints),
    }
  }

  #rules(namespace: string): readonly PreparedRule[] {
    const known = this.#prepared.get(namespace)
    if (known !== undefined) return known
    const rules = checkedRules(this.#modules.get(namespace) ?? []).map((rule) => ({
      ...rule,
      value: this.#policy.prepare(`result := ${rule.query}`),
      exception: rule.exceptionQuery === undefined ? undefined : this.#policy.prepare(rule.exceptionQuery),
    }))
    this.#prepared.set(namespace, rules)
    return rules
  }

  #checkOne(input: PolicyInput, namespace: string): Omit<CheckResult, 'file' | 'namespace' | 'skipped'> {
    const warnings: PolicyMessage[] = []
    const failures: PolicyMessage[] = []
    const exceptions: PolicyMessage[] = []
    const errors: string[] = []
    const prints: string[] = []
    const options: EvaluateOptions = {
      ...this.#options.evaluate,
      input: valueOf(input.root),
      data: this.#dataFor(input.name),
      print: (line) => prints.push(line),
    }
    let successes = 0
    let counted = 0
    let total = 0
    for (const rule of this.#rules(namespace)) {
      total += rule.count
      try {
        const excepted = rule.exception?.evaluate(options).length ?? 0
        const exempt = { rule: rule.name, query: rule.query, metadata: RegoObject.empty, ...input.place([]) }
        for (let index = 0; index < excepted; index++) {
          exceptions.push({ ...exempt, message: rule.exceptionQuery ?? '' })
        }
        const result = rule.value.evaluate(options)[0]?.get('result')
        if (result === undefined || excepted > 0) continue
        const { messages, passed } = this.#messages(rule, result, input, options)
        successes += passed
        ;(rule.kind === 'failure' ? failures : warnings).push(...messages)
      } catch (error) {
        if (!(error instanceof RegoError)) throw error
        errors.push(formatError(error))
        // An error is neither a pass nor a failure.
        counted += rule.count
      }
    }
    counted += successes + failures.length + warnings.length + exceptions.length
    return { successes: successes + Math.max(0, total - counted), warnings, failures, exceptions, errors, prints }
  }

  #messages(
    rule: PreparedRule,
    result: Value,
    input: PolicyInput,
    options: EvaluateOptions,
  ): { readonly messages: readonly PolicyMessage[]; readonly passed: number } {
    const values = result instanceof RegoSet ? result.sorted() : listOf(result)
    // Anything but a list or a set is no message.
    if (values.length === 0) return { messages: [], passed: 1 }
    let origins: ReadonlyMap<Key, readonly Origin[]> | undefined
    let passed = 0
    const messages: PolicyMessage[] = []
    for (const value of values) {
      if (typeof value !== 'string' && !(value instanceof RegoObject)) continue
      const message = typeof value === 'string' ? value : value.get('msg')
      if (typeof message !== 'string') {
        throw new RegoError('eval_type_error', `${rule.query}: a message has no "msg" that is a string`)
      }
      if (message === '') {
        passed++
        continue
      }
      origins ??= this.#originsOf(rule, options)
      const metadata = typeof value === 'string' ? RegoObject.empty : without(value, ['msg', '_loc'])
      const place = given(value) ?? placeOf(origins.get(keyOf(value)) ?? [], input, blockOf(value))
      messages.push({ message, rule: rule.name, query: rule.query, metadata, ...place })
    }
    return { messages, passed }
  }

  /** Where each message comes from: asked only when there are some. */
  #originsOf({ query }: PreparedRule, options: EvaluateOptions): ReadonlyMap<Key, readonly Origin[]> {
    const traced = this.#traced.get(query) ?? this.#policy.prepare(`message := ${query}[_]`, { provenance: true })
    this.#traced.set(query, traced)
    const found = new Map<Key, readonly Origin[]>()
    for (const { bindings, origins } of traced.evaluateTraced({ ...options, print: () => {} })) {
      const message = bindings.get('message')
      if (message !== undefined && !found.has(keyOf(message))) found.set(keyOf(message), origins)
    }
    return found
  }

  #dataFor(file: string): RegoObject {
    const { data, folder } = this.#options
    const known = data.get('conftest')
    const about = RegoObject.of([
      ['name', file.split(/[\\/]/).at(-1) ?? file],
      ['dir', folder(file)],
    ])
    const conftest = RegoObject.of([...(known instanceof RegoObject ? known : []), ['file', about]])
    return RegoObject.of([...data, ['conftest', conftest]])
  }
}

function listOf(value: Value): readonly Value[] {
  return value !== null && typeof value === 'object' && isArray(value) ? value : []
}

function without(object: RegoObject, keys: readonly string[]): RegoObject {
  return RegoObject.of([...object].filter(([key]) => typeof key !== 'string' || !keys.includes(key)))
}

/** The policy's own word on the place: `_loc: {file, line}`. */
function given(value: Value): InputPlace | undefined {
  const place = value instanceof RegoObject ? value.get('_loc') : undefined
  if (!(place instanceof RegoObject)) return undefined
  const file = place.get('file')
  const line = Number(place.get('line'))
  if (typeof file !== 'string') return undefined
  if (!Number.isInteger(line) || line < 1) return { file }
  return { file, range: { start: { line, column: 1 }, end: { line, column: 1 } } }
}

/** The first of the origins, or the first inside the block that the message is about. */
function placeOf(origins: readonly Origin[], input: PolicyInput, block: readonly string[]): InputPlace {
  const inside = origins.find(
    ({ path }) => block.length > 0 && path.some((_, at) => block.every((key, i) => path[at + i] === key)),
  )
  const [first] = inside === undefined ? origins : [inside]
  return input.place(first === undefined ? [] : first.path)
}

/** The keys of a Terraform block that `details.address` names, as our own policies say it; none if there is none. */
function blockOf(value: Value): readonly string[] {
  const details = value instanceof RegoObject ? value.get('details') : undefined
  const address = details instanceof RegoObject ? details.get('address') : undefined
  const parts = typeof address === 'string' ? address.split('.') : []
  if (parts.length === 2) return ['resource', ...parts]
  return parts.length === 3 && parts[0] === 'data' ? parts : []
}
