import type { Attribute, Block, Body, Expression, TemplatePart } from './ast.ts'

export type HclNode = Body | Attribute | Block | Expression | TemplatePart

/**
 * Calls `visit` with every expression in and under `node`, parents before children, in the order of the source.
 * Where `visit` returns false the expression's children are left out.
 */
export function walkExpressions(node: HclNode, visit: (expression: Expression) => false | void): void {
  const waiting: HclNode[] = [node]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (isExpression(next) && visit(next) === false) continue
    const children = childrenOf(next)
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i]
      if (child !== undefined) waiting.push(child)
    }
  }
}

function isExpression(node: HclNode): node is Expression {
  if (!('kind' in node)) return false
  switch (node.kind) {
    case 'attribute':
    case 'block':
    case 'text':
    case 'interpolation':
    case 'if':
      return false
    case 'for':
      return 'value' in node
    default:
      return true
  }
}

/** The nodes directly under a node, in the order of the source. */
export function childrenOf(node: HclNode): readonly HclNode[] {
  if (!('kind' in node)) return node.items
  switch (node.kind) {
    case 'attribute':
      return [node.value]
    case 'block':
      return [node.body]
    case 'template':
      return node.parts
    case 'interpolation':
      return [node.expression]
    case 'if':
      return [node.condition, ...node.then, ...node.else]
    case 'for':
      if ('body' in node) return [node.collection, ...node.body]
      return present([node.collection, node.key, node.value, node.condition])
    case 'tuple':
      return node.items
    case 'object':
      return node.items.flatMap((item) => [item.key, item.value])
    case 'get-attribute':
      return [node.target]
    case 'index':
      return [node.target, node.key]
    case 'splat':
      return [node.source, node.each]
    case 'call':
      return node.args
    case 'conditional':
      return [node.condition, node.then, node.else]
    case 'binary':
      return [node.left, node.right]
    case 'unary':
      return [node.operand]
    case 'parentheses':
      return [node.inner]
    case 'text':
    case 'literal':
    case 'variable':
    case 'splat-item':
    case 'invalid':
      return []
  }
}

function present(nodes: readonly (HclNode | undefined)[]): HclNode[] {
  return nodes.filter((node) => node !== undefined)
}
