/** Rules must not refer to themselves, not even by way of others. */
import { RegoError } from '../errors.ts'
import { keyOf } from '../value/value.ts'
import type { Callee, Operand, RefIR, RuleIR, Step } from './ir.ts'
import { type RuleGroup, type RuleNode, type RuleTree } from './tree.ts'

export function checkRecursion(tree: RuleTree, errors: RegoError[]): void {
  const edges = new Map<RuleGroup, ReadonlySet<RuleGroup>>()
  for (const group of tree.groups) {
    const to = new Set<RuleGroup>()
    for (const rule of group.rules) addRule(tree, rule, to)
    edges.set(group, to)
  }
  const state = new Map<RuleGroup, 'open' | 'done'>()
  const path: RuleGroup[] = []
  const reported = new Set<RuleGroup>()
  const visit = (group: RuleGroup): void => {
    state.set(group, 'open')
    path.push(group)
    for (const next of edges.get(group) ?? []) {
      const known = state.get(next)
      if (known === undefined) visit(next)
      else if (known === 'open' && !reported.has(next)) {
        reported.add(next)
        const cycle = [...path.slice(path.indexOf(next)), next].map(({ node }) => node.name)
        const [rule] = next.rules
        const place = rule === undefined ? undefined : { source: rule.source, span: rule.headSpan }
        errors.push(
          new RegoError('rego_recursion_error', `rule ${next.node.name} is recursive: ${cycle.join(' -> ')}`, place),
        )
      }
    }
    path.pop()
    state.set(group, 'done')
  }
  for (const group of tree.groups) if (!state.has(group)) visit(group)
}

function addRule(tree: RuleTree, rule: RuleIR, to: Set<RuleGroup>): void {
  addSteps(tree, rule.body, to)
  if (rule.else !== undefined) addRule(tree, rule.else, to)
}

function addSteps(tree: RuleTree, steps: readonly Step[], to: Set<RuleGroup>): void {
  for (const step of steps) {
    for (const each of step.with) if (each.kind === 'mock' && !('k' in each.by)) addCallee(tree, each.by, to)
    addStep(tree, step, to)
  }
}

function addStep(tree: RuleTree, step: Step, to: Set<RuleGroup>): void {
  switch (step.k) {
    case 'unify':
      addOperand(tree, step.left, to)
      addOperand(tree, step.right, to)
      break
    case 'test':
      addOperand(tree, step.term, to)
      break
    case 'call':
      addCallee(tree, step.callee, to)
      break
    case 'not':
      addSteps(tree, [step.step], to)
      break
    case 'every':
      addSteps(tree, step.body, to)
      break
    case 'print':
      for (const arg of step.args) addSteps(tree, arg.body, to)
      break
  }
}

function addCallee(tree: RuleTree, callee: Callee, to: Set<RuleGroup>): void {
  const group = callee.kind === 'function' ? tree.find(callee.path)?.group : undefined
  if (group !== undefined) to.add(group)
}

function addOperand(tree: RuleTree, operand: Operand, to: Set<RuleGroup>): void {
  if (operand.k === 'comprehension') addSteps(tree, operand.body, to)
  else if (operand.k === 'template') {
    for (const part of operand.parts) if (typeof part !== 'string') addSteps(tree, part.body, to)
  } else if (operand.k === 'ref' && operand.root === 'data') addRef(tree.root, operand, 0, to)
}

/** Every document that a ref may reach. */
function addRef(node: RuleNode, ref: RefIR, depth: number, to: Set<RuleGroup>): void {
  const key = ref.path[depth]
  if (node.group !== undefined) {
    if (node.group.kind !== 'function') to.add(node.group)
    if (node.group.kind !== 'object') return
  }
  if (key === undefined) {
    for (const child of node.children.values()) addRef(child, ref, depth, to)
    return
  }
  if (key.k === 'const') {
    const child = node.children.get(keyOf(key.value))
    if (child !== undefined) addRef(child, ref, depth + 1, to)
    return
  }
  for (const child of node.children.values()) addRef(child, ref, depth + 1, to)
}
