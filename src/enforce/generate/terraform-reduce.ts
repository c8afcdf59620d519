import type { Block, Body, Expression, HclDocument, ObjectItem } from '../../parse/hcl/ast.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'

/** Stands for a text that must not be shown. */
const NOT_SHOWN = '"not-shown"'
/** Names of attributes whose texts may be secrets, whatever they look like. */
const SECRET_NAME =
  /password|passwd|secret|token|credential|api_?key|access_key|private_key|_value$|^value$|^variables$|user_data|_wo$/i
/** They hold a name, and no text of their own. */
const REFERENCES: ReadonlySet<string> = new Set(['get-attribute', 'index', 'splat'])
/** Blocks whose `value` is that of a public setting. */
const SETTINGS: ReadonlySet<string> = new Set(['parameter', 'setting'])

/** One block of a folder's files, with its text. */
export interface Declared {
  /** As other blocks refer to it: `aws_s3_bucket.logs`, `data.aws_iam_policy_document.tls`. */
  readonly address: string
  readonly type: string
  readonly block: Block
  readonly source: string
}

/** Resources, data sources, providers and backends of some files, in the order of the paths; of files that can be read. */
export function declaredIn(files: ReadonlyMap<string, string>): readonly Declared[] {
  return [...files]
    .filter(([path]) => path.endsWith('.tf'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, source]) => {
      const document: HclDocument = parseHcl(path, source)
      return document.diagnostics.length > 0 ? [] : document.body.items.flatMap((item) => declared(item, source))
    })
}

function declared(item: Body['items'][number], source: string): Declared[] {
  if (item.kind !== 'block') return []
  const [type = '', name] = item.labels.map(({ value }) => value)
  const one = (address: string, kind: string): Declared[] => [{ address, type: kind, block: item, source }]
  switch (item.type) {
    case 'resource':
      return name === undefined ? [] : one(`${type}.${name}`, type)
    case 'data':
      return name === undefined ? [] : one(`data.${type}.${name}`, type)
    case 'provider':
      return one(`provider.${type}`, type)
    case 'terraform':
      return item.body.items.flatMap((inner) =>
        inner.kind === 'block' && inner.type === 'backend'
          ? one(`terraform.backend.${inner.labels[0]?.value ?? ''}`, 'backend')
          : [],
      )
    default:
      return []
  }
}

/** Whether the text of a block refers to a resource. */
export function mentions({ block, source }: Declared, address: string): boolean {
  const text = source.slice(block.span.start, block.span.end)
  return new RegExp(`(?<![\\w.])${address.replaceAll('.', '\\.')}(?![\\w-])`).test(text)
}

/**
 * A block with the attributes and blocks of some names only. Texts inside objects, and those of attributes that may be secrets,
 * are not shown.
 */
export function printReduced({ block, source }: Declared, names: ReadonlySet<string>): string {
  return `${new Printer(source, names).block(block).join('\n')}\n`
}

class Printer {
  readonly #source: string
  readonly #names: ReadonlySet<string>

  constructor(source: string, names: ReadonlySet<string>) {
    this.#source = source
    this.#names = names
  }

  block({ type, labels, body }: Block): readonly string[] {
    const header = [type, ...labels.map(({ value }) => JSON.stringify(value)), '{'].join(' ')
    const inner = this.#body(body, type).map((line) => (line === '' ? '' : `  ${line}`))
    return inner.length === 0 ? [`${header}}`] : [header, ...inner, '}']
  }

  /** @param type of the block that it is of */
  #body({ items }: Body, type: string): readonly string[] {
    // A dynamic block without what it goes over is none.
    const whole = type === 'dynamic'
    const attributes = items.flatMap((item) =>
      item.kind === 'attribute' && (whole || this.#names.has(item.name))
        ? [[item.name, this.#value(item.value, SETTINGS.has(type) ? '' : item.name)] as const]
        : [],
    )
    const width = Math.max(0, ...attributes.map(([name]) => name.length))
    const lines = attributes.flatMap(([name, value]) => `${name.padEnd(width)} = ${value}`.split('\n'))
    const blocks = items.flatMap((item) =>
      item.kind === 'block' && (whole || this.#isWanted(item)) ? [this.block(item)] : [],
    )
    return [...lines, ...blocks.flatMap((block, index) => (index === 0 && lines.length === 0 ? block : ['', ...block]))]
  }

  #isWanted({ type, labels }: Block): boolean {
    return this.#names.has(type === 'dynamic' ? (labels[0]?.value ?? '') : type)
  }

  #value(node: Expression, name: string): string {
    const secret = SECRET_NAME.test(name)
    if (secret && !REFERENCES.has(node.kind) && node.kind !== 'object' && /["<]/.test(this.#text(node)))
      return NOT_SHOWN
    switch (node.kind) {
      case 'tuple':
        return node.items.length === 0 ? '[]' : this.#list(node.items, name)
      case 'object':
        return this.#object(node.items, secret)
      case 'call':
        return node.name === 'jsonencode' && node.args[0] !== undefined
          ? `jsonencode(${this.#value(node.args[0], name)})`
          : this.#text(node)
      default:
        return this.#text(node)
    }
  }

  #list(items: readonly Expression[], name: string): string {
    const values = items.map((item) => this.#value(item, name))
    if (values.every((value) => !value.includes('\n'))) return `[${values.join(', ')}]`
    return `[\n${values.map((value) => `${indented(value)},\n`).join('')}]`
  }

  /** With the members of those names; where none is among them, or all are secret, only that there are some is shown. */
  #object(items: readonly ObjectItem[], secret: boolean): string {
    if (items.length === 0) return '{}'
    const wanted = secret ? [] : items.filter(({ keyName }) => keyName !== undefined && this.#names.has(keyName))
    const members = (wanted.length > 0 ? wanted : items).map(({ key, keyName, value }): readonly [string, string] => [
      this.#text(key),
      wanted.length > 0 ? this.#value(value, keyName ?? '') : NOT_SHOWN,
    ])
    const width = Math.max(...members.map(([key]) => key.length))
    return `{\n${members.map(([key, value]) => `${indented(`${key.padEnd(width)} = ${value}`)}\n`).join('')}}`
  }

  #text({ span }: Expression): string {
    return this.#source.slice(span.start, span.end)
  }
}

/** Lines of a heredoc keep their place: its end would not be found. */
function indented(text: string): string {
  return text.includes('<<') ? text : text.replaceAll(/^(?=.)/gm, '  ')
}
