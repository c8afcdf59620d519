/**
 * HCL 2 in the shape of hcl2json, which Conftest's policies are written for: blocks as objects by type and labels that end in a list,
 * expressions that are not literal as `${...}`.
 */
import type { Block, Body, Expression, ObjectItem, TemplateExpression, TemplatePart } from '../../../parse/hcl/ast.ts'
import { parseHcl } from '../../../parse/hcl/parser.ts'
import type { HclDocument } from '../../../parse/hcl/ast.ts'
import type { Span } from '../../../text/span.ts'
import { type InputNode, list, map, scalar, underKey } from '../node.ts'
import { fault, InputFaults } from './faults.ts'
import { numberOf } from './numbers.ts'

export function parseHcl2Input(text: string, file: string): InputNode {
  const { body } = readHcl(text, file)
  return new Converter(text).body(body)
}

/** Throws `InputFaults`. */
export function readHcl(text: string, file: string): HclDocument {
  const document = parseHcl(file, text)
  const { diagnostics, lines } = document
  if (diagnostics.length > 0) {
    throw new InputFaults(
      diagnostics.map(({ code, message, range }) => {
        const { start, end } = range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
        const offset = (at: { line: number; column: number }): number => lines.lineStart(at.line) + at.column - 1
        return { code, message, span: { start: offset(start), end: offset(end) } }
      }),
    )
  }
  return document
}

type Members = Map<string, InputNode>

class Converter {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  body({ items, span }: Body): InputNode {
    const members: Members = new Map()
    for (const item of items) if (item.kind === 'block') this.#block(item, members)
    for (const item of items) {
      if (item.kind === 'attribute') members.set(item.name, underKey(this.expression(item.value), item.nameSpan))
    }
    return map(members, span)
  }

  #block({ type, typeSpan, labels, headerSpan, body }: Block, into: Members): void {
    let members = into
    let key = type
    let at: Span = typeSpan
    for (const label of labels) {
      const inner = members.get(key)
      if (inner !== undefined && inner.kind !== 'map') {
        throw fault(headerSpan, 'hcl-mixed-labels', `Blocks of ${key} have labels here and none elsewhere.`)
      }
      const next: Members = inner?.members instanceof Map ? inner.members : new Map()
      members.set(key, underKey(map(next, headerSpan), inner?.keySpan ?? at))
      members = next
      key = label.value
      at = label.span
    }
    const block = underKey(this.body(body), headerSpan)
    const others = members.get(key)
    if (others !== undefined && others.kind !== 'list') {
      throw fault(headerSpan, 'hcl-mixed-labels', `Blocks of ${key} have no labels here and some elsewhere.`)
    }
    members.set(key, underKey(list([...(others?.items ?? []), block], headerSpan), others?.keySpan ?? at))
  }

  expression(node: Expression): InputNode {
    const { span } = node
    switch (node.kind) {
      case 'literal':
        return scalar(typeof node.value === 'number' ? numberOf(node.raw) : node.value, span)
      case 'unary':
        return this.#unary(node.operator, node.operand, span)
      case 'template': {
        const wrapped = onlyInterpolation(node)
        return wrapped === undefined ? scalar(this.template(node.parts), span) : { ...this.expression(wrapped), span }
      }
      case 'tuple':
        return list(
          node.items.map((item) => this.expression(item)),
          span,
        )
      case 'object': {
        const members: Members = new Map()
        for (const item of node.items) {
          members.set(this.#key(item), underKey(this.expression(item.value), item.key.span))
        }
        return map(members, span)
      }
      default:
        return scalar(this.#wrap(node), span)
    }
  }

  #unary(operator: '-' | '!', operand: Expression, span: Span): InputNode {
    if (operand.kind === 'literal') {
      if (operator === '!' && typeof operand.value === 'boolean') return scalar(!operand.value, span)
      if (operator === '-' && typeof operand.value === 'number') return scalar(numberOf(`-${operand.raw}`), span)
    }
    return scalar(`\${${this.#source(span)}}`, span)
  }

  #key({ key, keyName }: ObjectItem): string {
    if (keyName !== undefined) return keyName
    if (key.kind === 'get-attribute' || key.kind === 'index') return this.#source(key.span)
    return this.#part(key)
  }

  template(parts: readonly TemplatePart[]): string {
    return parts
      .map((part) => {
        switch (part.kind) {
          case 'text':
            return escape(part.value)
          case 'interpolation':
            return this.#part(part.expression)
          case 'if': {
            const otherwise = this.template(part.else)
            const tail = otherwise === '' ? '' : `%{else}${otherwise}`
            return `%{if ${this.#source(part.condition.span)}}${this.template(part.then)}${tail}%{endif}`
          }
          case 'for': {
            const names = part.keyName === undefined ? part.valueName : `${part.keyName}, ${part.valueName}`
            return `%{for ${names} in ${this.#source(part.collection.span)}}${this.template(part.body)}%{endfor}`
          }
        }
      })
      .join('')
  }

  /** An expression inside a text. A conditional there becomes a directive, as hcl2json has it. */
  #part(node: Expression): string {
    switch (node.kind) {
      case 'literal':
        return node.raw
      case 'template':
        return this.template(node.parts)
      case 'conditional': {
        const otherwise = this.#part(node.else)
        const tail = otherwise === '' ? '' : `%{else}${otherwise}`
        return `%{if ${this.#source(node.condition.span)}}${this.#part(node.then)}${tail}%{endif}`
      }
      default:
        return this.#wrap(node)
    }
  }

  #wrap({ span }: Expression): string {
    return `\${${this.#source(span)}}`
  }

  /** With a closing parenthesis right behind it, which hcl2json takes along. */
  #source({ start, end }: Span): string {
    return this.#text.slice(start, this.#text[end] === ')' ? end + 1 : end)
  }
}

/** `"${x}"` is the expression itself. */
function onlyInterpolation({ style, parts }: TemplateExpression): Expression | undefined {
  const [part] = parts
  return style === 'quoted' && parts.length === 1 && part?.kind === 'interpolation' ? part.expression : undefined
}

function escape(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', '%%{')
}
