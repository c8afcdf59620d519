/** The rules of all modules, by their paths below `data`. */
import type { Module, Rule, Term } from '../ast.ts'
import { RegoError } from '../errors.ts'
import { keyOf, type Key, type Value } from '../value/value.ts'
import type { RuleIR } from './ir.ts'

type GroupKind = 'complete' | 'set' | 'object' | 'function'

/** The rules that together give one document, or one function. */
export interface RuleGroup {
  readonly id: number
  readonly node: RuleNode
  kind: GroupKind
  readonly rules: RuleIR[]
  default: RuleIR | undefined
  arity: number
  /** How many rules the modules have for it. */
  declared: number
  hasDefault: boolean
}

export class RuleNode {
  readonly key: Value
  readonly parent: RuleNode | undefined
  readonly children = new Map<Key, RuleNode>()
  group: RuleGroup | undefined

  constructor(key: Value, parent: RuleNode | undefined) {
    this.key = key
    this.parent = parent
  }

  child(key: Value): RuleNode {
    const at = keyOf(key)
    let node = this.children.get(at)
    if (node === undefined) {
      node = new RuleNode(key, this)
      this.children.set(at, node)
    }
    return node
  }

  /** Below `data`. */
  get path(): readonly Value[] {
    return this.parent === undefined ? [] : [...this.parent.path, this.key]
  }

  get name(): string {
    return refText(this.path)
  }
}

export function refText(path: readonly Value[]): string {
  let text = 'data'
  for (const key of path) {
    text += typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
  }
  return text
}

export interface DeclaredRule {
  readonly module: Module
  readonly rule: Rule
  readonly group: RuleGroup
  /** What of the head's ref lies beyond the group's node. */
  readonly suffix: readonly Term[]
}

export class RuleTree {
  readonly root = new RuleNode('data', undefined)
  readonly groups: RuleGroup[] = []
  readonly declared: DeclaredRule[] = []
  readonly errors: RegoError[] = []

  add(module: Module): void {
    let base = this.root
    for (const name of module.package) base = base.child(name)
    for (const rule of module.rules) this.#declare(module, rule, base)
  }

  #declare(module: Module, rule: Rule, base: RuleNode): void {
    const { head } = rule
    let node = base
    let ground = 0
    for (const term of head.ref) {
      const key: Value | undefined =
        ground === 0 && term.kind === 'var' ? term.name : term.kind === 'scalar' ? term.value : undefined
      if (key === undefined) break
      node = node.child(key)
      ground++
    }
    const suffix = head.ref.slice(ground)
    const kind: GroupKind =
      head.args !== undefined ? 'function' : suffix.length > 0 ? 'object' : head.key !== undefined ? 'set' : 'complete'
    const group = this.#group(node)
    if (group.declared++ === 0) {
      group.kind = kind
      group.arity = head.args?.length ?? 0
    }
    const twice = rule.isDefault && group.hasDefault
    if (rule.isDefault) group.hasDefault = true
    if (twice || group.kind !== kind || (kind === 'function' && head.args?.length !== group.arity)) {
      const message = twice ? `multiple default rules ${node.name} found` : `conflicting rules ${node.name} found`
      this.errors.push(new RegoError('rego_type_error', message, { source: module.source, span: head.span }))
      return
    }
    this.declared.push({ module, rule, group, suffix })
  }

  #group(node: RuleNode): RuleGroup {
    if (node.group === undefined) {
      node.group = {
        id: this.groups.length,
        node,
        kind: 'complete',
        rules: [],
        default: undefined,
        arity: 0,
        declared: 0,
        hasDefault: false,
      }
      this.groups.push(node.group)
    }
    return node.group
  }

  /** A rule with one value must not have other rules below it. */
  checkOverlaps(errors: RegoError[]): void {
    for (const { module, rule, group } of this.declared) {
      if (group.kind === 'object') continue
      const below = [...group.node.children.values()].some((node) => this.#hasRules(node))
      if (!below) continue
      const inner = [...group.node.children.values()].filter((node) => this.#hasRules(node)).map(({ name }) => name)
      const message = `rule ${group.node.name} conflicts with [${inner.join(' ')}]`
      errors.push(new RegoError('rego_type_error', message, { source: module.source, span: rule.head.span }))
    }
  }

  #hasRules(node: RuleNode): boolean {
    return node.group !== undefined || [...node.children.values()].some((child) => this.#hasRules(child))
  }

  /** The node at a path, if there is one. */
  find(path: readonly Value[]): RuleNode | undefined {
    let node: RuleNode | undefined = this.root
    for (const key of path) node = node?.children.get(keyOf(key))
    return node
  }
}
