import type { Attribute, Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import type { HclOrigin, Value } from '../value.ts'
import type { FunctionContext } from './functions/index.ts'

/** How deeply evaluations may nest, through locals, variables and modules; about 6 stack frames each. */
const MAX_DEPTH = 400
/** Expressions evaluated for one attribute, local or output. */
const MAX_UNIT_STEPS = 300_000

/** What the names of a module mean to the expressions in it. */
export interface Names {
  readonly functions: FunctionContext
  variable(name: string): Value
  local(name: string): Value
  moduleCall(name: string): Value
  /** A managed resource, or a data source if `type` begins with `data.`. */
  resource(type: string, name: string): Value
  /** `path.module`, `path.root`, `path.cwd`. */
  pathOf(name: string): Value
}

/** Keeps evaluation of hostile input finite. One per reading of a root module. */
export class Budget {
  #depth = 0
  #unit = MAX_UNIT_STEPS
  readonly #total: number
  #steps = 0

  /** @param total steps that are left to the root module */
  constructor(total: number) {
    this.#total = total
  }

  /** Expressions evaluated so far. */
  get steps(): number {
    return this.#steps
  }

  /** Runs one memoized piece of work with a step allowance of its own. */
  unit<T>(work: () => T): T {
    const outer = this.#unit
    this.#unit = MAX_UNIT_STEPS
    try {
      return work()
    } finally {
      this.#unit = outer
    }
  }

  /** True if more was to be evaluated than was allowed, so that what came last was not. */
  get exhausted(): boolean {
    return this.#steps >= this.#total
  }

  /** True if one more evaluation may begin; every true needs a `leave`. */
  enter(): boolean {
    if (this.#depth >= MAX_DEPTH || this.#unit <= 0 || this.exhausted) return false
    this.#depth++
    this.#unit--
    this.#steps++
    return true
  }

  leave(): void {
    this.#depth--
  }
}

/** Where an expression stands: its module, its file, and the names bound around it (`each`, `count`, `for` variables). */
export class Scope {
  readonly names: Names
  readonly document: HclDocument
  readonly budget: Budget
  readonly #bindings: ReadonlyMap<string, Value>
  readonly #outer: Scope | undefined

  constructor(
    names: Names,
    document: HclDocument,
    budget: Budget,
    bindings: ReadonlyMap<string, Value> = new Map(),
    outer?: Scope,
  ) {
    this.names = names
    this.document = document
    this.budget = budget
    this.#bindings = bindings
    this.#outer = outer
  }

  /** The same names in another file: an override file continues a block of its base file. */
  in(document: HclDocument): Scope {
    return document === this.document ? this : new Scope(this.names, document, this.budget, this.#bindings, this.#outer)
  }

  bind(bindings: ReadonlyMap<string, Value>): Scope {
    return new Scope(this.names, this.document, this.budget, bindings, this)
  }

  lookup(name: string): Value | undefined {
    return this.#bindings.get(name) ?? this.#outer?.lookup(name)
  }

  origin(node: Expression | Attribute | Block): HclOrigin {
    return { language: 'hcl', document: this.document, node }
  }
}

/** Passed to the parts of the evaluator that evaluate sub-expressions. */
export type Evaluate = (expression: Expression, scope: Scope) => Value
