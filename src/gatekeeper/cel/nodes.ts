/** The library's tree as far as we change it: its type declarations leave out what nodes do. */

export interface CelType {
  readonly kind: string
  readonly name: string
  readonly keyType?: CelType
  readonly valueType?: CelType
}

/** Where names are looked up. */
export interface Scope {
  forkWithVariable(name: string, type: CelType): Frame
}

/** A scope with one variable more. */
export interface Frame extends Scope {
  reuse(parent: Scope): Frame
  setIterValue(value: unknown, evaluator: Evaluator): Frame
}

export interface Checker {
  check(node: CelNode, scope: Scope): CelType
  getType(name: string): CelType
  formatType(type: CelType): string
  createError(code: string, message: string, node: CelNode): Error
  readonly registry: {
    getListType(item: CelType): CelType
    getMapType(key: CelType, value: CelType): CelType
    getOptionalType(value: CelType): CelType
  }
}

export interface Evaluator {
  run(node: CelNode, scope: Scope): unknown
  createError(code: string, message: string, node: CelNode): Error
}

type Check = (checker: Checker, node: CelNode, scope: Scope) => CelType
type Evaluate = (evaluator: Evaluator, node: CelNode, scope: Scope) => unknown

export interface CelNode {
  readonly op: string
  readonly args: unknown
  readonly pos: number
  readonly start: number
  readonly end: number
  readonly meta: {
    readonly check: Check
    readonly evaluate: Evaluate
    /** What a macro was expanded to. */
    readonly alternate?: CelNode
    readonly macro?: unknown
  }
  /** The overloads of a call, once it is checked. */
  readonly candidates?: { findFunction(args: readonly CelType[], receiver: CelType | null): unknown }
  readonly argTypes?: readonly CelType[]
  readonly checkedType?: CelType
  setMeta(key: string, value: unknown): CelNode
}

export function isNode(value: unknown): value is CelNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'pos' in value
}

/** What a macro is given. */
export interface MacroCall {
  readonly ast: CelNode
  readonly args: readonly CelNode[]
  readonly receiver: CelNode
  readonly methodName: string
}

/** What a macro gives back. */
export interface Macro {
  typeCheck(checker: Checker, macro: unknown, scope: Scope): CelType
  evaluate(evaluator: Evaluator, macro: unknown, scope: Scope): unknown
  readonly async: false
}

/**
 * Has a node do something else, or something besides. Not for nodes that are macros.
 * @param check given what the node says of itself
 * @param evaluate given how the node evaluates itself
 */
export function override(
  node: CelNode,
  {
    check,
    evaluate,
  }: {
    readonly check?: (checker: Checker, scope: Scope, own: () => CelType) => CelType
    readonly evaluate?: (evaluator: Evaluator, scope: Scope, own: () => unknown) => unknown
  },
): void {
  const macro: Macro = {
    typeCheck: (checker, _, scope) => {
      const own = (): CelType => node.meta.check(checker, node, scope)
      return check === undefined ? own() : check(checker, scope, own)
    },
    evaluate: (evaluator, _, scope) => {
      const own = (): unknown => node.meta.evaluate(evaluator, node, scope)
      return evaluate === undefined ? own() : evaluate(evaluator, scope, own)
    },
    async: false,
  }
  node.setMeta('macro', macro).setMeta('async', false)
}

/** A stand-in for a node where the library looks at what a node is. */
export function standIn(
  node: CelNode,
  op: string,
  evaluate: (evaluator: Evaluator, scope: Scope) => unknown = (evaluator, scope) => evaluator.run(node, scope),
): CelNode {
  const made = {
    op,
    args: '',
    pos: node.pos,
    start: node.start,
    end: node.end,
    maybeAsync: false,
    meta: node.meta,
    setMeta: () => node,
    check: (checker: Checker, _: unknown, scope: Scope) => checker.check(node, scope),
    evaluate: (evaluator: Evaluator, _: unknown, scope: Scope) => evaluate(evaluator, scope),
  }
  return made
}
