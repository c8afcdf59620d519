/** Templates and constraints together: what a cluster with Gatekeeper would say to a review. */
import type { Value } from '../rego/index.ts'
import { compileCel } from './cel-engine.ts'
import { type Action, type Constraint, type EnforcementPoint, readConstraint } from './constraint.ts'
import type { Engine, EngineName, Evaluate, Part } from './engine.ts'
import { Inventory } from './inventory.ts'
import { kindKeys } from './match.ts'
import type { KubernetesObject } from './objects.ts'
import { PolicyError, problemAt } from './problem.ts'
import { compileRego } from './rego-engine.ts'
import type { Review } from './review.ts'
import { compileSchemaRules, SchemaRuleError, type SchemaRules } from './schema-rules.ts'
import { readTemplate, SCHEMA_PATH, schemaFault, type Template } from './template.ts'

/** A template with the engines it is written for. */
export interface CompiledTemplate {
  readonly template: Template
  readonly engines: ReadonlyMap<EngineName, Engine>
  /** Of its schema, for the parameters of a constraint. */
  readonly rules: SchemaRules | undefined
}

/**
 * Reads and compiles a template. Costly; the result can be shared.
 * @throws PolicyError
 */
export function compileTemplate(object: KubernetesObject): CompiledTemplate {
  const template = readTemplate(object)
  const fault = schemaFault(template)
  if (fault !== undefined) throw fault
  const rules = compileRules(template)
  const engines = new Map<EngineName, Engine>()
  if (template.cel !== undefined) engines.set('cel', compileCel(template, template.cel))
  if (template.rego !== undefined) engines.set('rego', compileRego(template, template.rego))
  return { template, engines, rules }
}

function compileRules(template: Template): SchemaRules | undefined {
  try {
    return compileSchemaRules(template.schema)
  } catch (error) {
    if (!(error instanceof SchemaRuleError)) throw error
    const { object } = template
    const path = [...SCHEMA_PATH, ...error.path]
    const shown = error.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
    const message = `invalid ConstraintTemplate: spec.validation.openAPIV3Schema${shown}: ${error.message}`
    const { position } = error
    const range =
      position === undefined ? object.locate(path).range : object.locateInText(path, position.line, position.column)
    const code = position === undefined ? 'template-schema' : 'cel-invalid'
    throw new PolicyError(code, message, { file: object.file, range })
  }
}

export interface Violation {
  readonly constraint: Constraint
  readonly message: string
  readonly details: Value
  readonly action: Action
  /** The policy could not be evaluated or matched: the message says why. */
  readonly failed: boolean
  /** Parts of the review it came from, the nearest first; only if asked for. */
  readonly parts: readonly Part[]
}

export interface PolicySetOptions {
  /** Which engine runs where a template has both; Gatekeeper takes CEL. */
  readonly prefer?: EngineName
}

export interface ReviewOptions {
  readonly inventory?: Inventory
  readonly point?: EnforcementPoint
  /** Nanoseconds since 1970. */
  readonly now?: bigint
  readonly traced?: boolean
  /** Told of each constraint that the review is held against. */
  readonly matched?: (constraint: Constraint) => void
}

interface Entry {
  readonly constraint: Constraint
  readonly evaluate: Evaluate
}

const NOTHING = new Inventory()

export class PolicySet {
  readonly #prefer: EngineName
  /** By the kind of their constraints. */
  readonly #templates = new Map<string, CompiledTemplate>()
  /** By kind and name. */
  readonly #entries = new Map<string, Entry>()
  #index: Index | undefined

  constructor({ prefer = 'cel' }: PolicySetOptions = {}) {
    this.#prefer = prefer
  }

  get constraints(): readonly Constraint[] {
    return [...this.#entries.values()].map(({ constraint }) => constraint)
  }

  template(kind: string): CompiledTemplate | undefined {
    return this.#templates.get(kind)
  }

  addTemplate(compiled: CompiledTemplate): void {
    this.#templates.set(compiled.template.kind, compiled)
  }

  /**
   * Takes the place of an older one of the same kind and name.
   * @throws PolicyError
   */
  addConstraint(object: KubernetesObject): Constraint {
    const compiled = this.#templates.get(object.kind)
    if (compiled === undefined) {
      throw problemAt(
        object,
        ['kind'],
        'constraint-without-template',
        `no ConstraintTemplate makes the kind ${object.kind}`,
      )
    }
    const constraint = readConstraint(object, compiled.template, compiled.rules)
    const engine = compiled.engines.get(this.#prefer) ?? [...compiled.engines.values()][0]
    if (engine === undefined)
      throw new PolicyError('template-without-code', `the template ${compiled.template.name} has no code`)
    const rego = engine.name === 'cel' ? compiled.engines.get('rego')?.bind(constraint.value) : undefined
    const evaluate = engine.bind(constraint.value)
    this.#entries.set(`${constraint.kind}\0${constraint.name}`, {
      constraint,
      evaluate: rego === undefined ? evaluate : withPlacesOf(evaluate, rego),
    })
    this.#index = undefined
    return constraint
  }

  /** Every violation, in the order of constraint kinds and names. */
  review(review: Review, options: ReviewOptions = {}): readonly Violation[] {
    const { inventory = NOTHING, point = 'gator.gatekeeper.sh', now = 0n, traced = false } = options
    const found: Violation[] = []
    for (const { constraint, evaluate } of this.#candidates(review)) {
      const [action] = constraint.actions(point)
      if (action === undefined) continue
      const matched = matches(constraint, review)
      if (matched === false) continue
      if (matched !== true) {
        found.push({ constraint, message: matched.message, details: null, action, failed: true, parts: [] })
        continue
      }
      options.matched?.(constraint)
      for (const one of evaluate(review, { inventory, now, traced })) found.push({ ...one, constraint, action })
    }
    return found
  }

  /** How many constraints a review is held against, once the index has done its part. */
  candidates(review: Review): number {
    return this.#candidates(review).length
  }

  #candidates(review: Review): readonly Entry[] {
    this.#index ??= new Index([...this.#entries.values()])
    return this.#index.candidates(review)
  }
}

/** Rego's provenance is exact: where a template has both engines, CEL's violations are placed by it. */
function withPlacesOf(cel: Evaluate, rego: Evaluate): Evaluate {
  return (review, context) => {
    const found = cel(review, context)
    if (!context.traced || found.length === 0) return found
    const placed = rego(review, context).filter(({ parts }) => parts.length > 0)
    if (placed.length === 0) return found
    return found.map((one, index) => {
      const twin =
        placed.find(({ message }) => message === one.message) ??
        (placed.length === found.length ? placed[index] : placed[0])
      return twin === undefined ? one : { ...one, parts: [...twin.parts, ...one.parts] }
    })
  }
}

/** The error that Gatekeeper reports in place of a verdict comes back as it is. */
function matches(constraint: Constraint, { targets }: Review): boolean | Error {
  for (const target of targets) {
    try {
      if (constraint.matcher.matches(target)) return true
    } catch (error) {
      if (error instanceof Error) {
        const about = `error matching the requested object: ${target.object.name} :failed to run Match criteria`
        return new Error(`unable to match constraints: ${about}: ${error.message}`, { cause: error })
      }
      throw error
    }
  }
  return false
}

/** Constraints by what they can match: first by kind, then by namespace. Never leaves one out that matches. */
class Index {
  /** In the order of results. */
  readonly #order = new Map<Entry, number>()
  readonly #byKind = new Map<string, ByNamespace>()
  readonly #anyKind = new ByNamespace()

  constructor(entries: readonly Entry[]) {
    const sorted = [...entries].sort(
      (a, b) => compare(a.constraint.kind, b.constraint.kind) || compare(a.constraint.name, b.constraint.name),
    )
    for (const [at, entry] of sorted.entries()) {
      this.#order.set(entry, at)
      const { kinds } = entry.constraint.matcher
      if (kinds === undefined) this.#anyKind.add(entry)
      for (const key of kinds ?? []) {
        const known = this.#byKind.get(key)
        const list = known ?? new ByNamespace()
        if (known === undefined) this.#byKind.set(key, list)
        list.add(entry)
      }
    }
  }

  candidates({ targets }: Review): readonly Entry[] {
    const found = new Set<Entry>()
    for (const { object, namespace } of targets) {
      const name = object.isNamespace ? object.name : (namespace?.name ?? object.namespace)
      this.#anyKind.collect(name, found)
      for (const key of kindKeys(object)) this.#byKind.get(key)?.collect(name, found)
    }
    const order = this.#order
    return [...found].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
  }
}

class ByNamespace {
  readonly #anywhere: Entry[] = []
  readonly #named = new Map<string, Entry[]>()

  add(entry: Entry): void {
    const { namespaces } = entry.constraint.matcher
    if (namespaces === undefined) {
      this.#anywhere.push(entry)
      return
    }
    for (const name of namespaces) {
      const known = this.#named.get(name)
      if (known === undefined) this.#named.set(name, [entry])
      else known.push(entry)
    }
  }

  /** @param namespace empty for what is in none: such objects match whatever namespaces a constraint names */
  collect(namespace: string, found: Set<Entry>): void {
    for (const entry of this.#anywhere) found.add(entry)
    if (namespace !== '') for (const entry of this.#named.get(namespace) ?? []) found.add(entry)
    else for (const list of this.#named.values()) for (const entry of list) found.add(entry)
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
