/** HCL 1 in the shape of its Go library: every object and block is a list of objects, interpolations stay text. */
import type { Body, Expression } from '../../../parse/hcl/ast.ts'
import type { Span } from '../../../text/span.ts'
import { type InputNode, list, map, scalar, underKey } from '../node.ts'
import { fault } from './faults.ts'
import { readHcl } from './hcl2.ts'
import { numberOf } from './numbers.ts'

/** What of HCL 1 is also HCL 2 in syntax: all but keys in quotes at the top of a body. */
export function parseHcl1Input(text: string, file: string): InputNode {
  return new Converter(text).body(readHcl(text, file).body)
}

class Converter {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  body({ items, span }: Body): InputNode {
    const members = new Map<string, InputNode>()
    for (const item of items) {
      if (item.kind === 'attribute') {
        put(members, item.name, underKey(this.#value(item.value), item.nameSpan))
        continue
      }
      let inner = underKey(this.body(item.body), item.headerSpan)
      for (const { value, span: at } of item.labels.toReversed()) {
        inner = map(new Map([[value, underKey(list([inner], at), at)]]), item.headerSpan)
      }
      put(members, item.type, underKey(list([inner], item.headerSpan), item.typeSpan))
    }
    return map(members, span)
  }

  #value(node: Expression): InputNode {
    const { span } = node
    switch (node.kind) {
      case 'literal':
        if (node.value !== null) return scalar(typeof node.value === 'number' ? numberOf(node.raw) : node.value, span)
        break
      case 'unary':
        if (node.operator === '-' && node.operand.kind === 'literal' && typeof node.operand.value === 'number') {
          return scalar(numberOf(`-${node.operand.raw}`), span)
        }
        break
      case 'template':
        return scalar(
          node.parts
            .map((part) => (part.kind === 'text' ? part.value : this.#text.slice(part.span.start, part.span.end)))
            .join(''),
          span,
        )
      case 'tuple':
        return list(
          node.items.map((item) => this.#value(item)),
          span,
        )
      case 'object': {
        const members = new Map<string, InputNode>()
        for (const { key, keyName, value } of node.items) {
          const name = keyName ?? this.#keyText(key)
          put(members, name, underKey(this.#value(value), key.span))
        }
        return list([map(members, span)], span)
      }
      default:
    }
    throw this.#refuse(span)
  }

  #keyText(key: Expression): string {
    const node = this.#value(key)
    if (node.kind === 'scalar' && typeof node.value === 'string') return node.value
    throw this.#refuse(key.span)
  }

  #refuse(span: Span): Error {
    const text = this.#text.slice(span.start, span.end).split('\n')[0] ?? ''
    return fault(span, 'hcl1-expression', `HCL 1 has no expressions outside of strings: "${text}". Use --parser hcl2.`)
  }
}

/** What is there already is a list that goes on. */
function put(members: Map<string, InputNode>, key: string, node: InputNode): void {
  const known = members.get(key)
  members.set(
    key,
    known?.kind === 'list' && node.kind === 'list' ? { ...known, items: [...known.items, ...node.items] } : node,
  )
}
