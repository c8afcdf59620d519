import { brotliDecompressSync } from 'node:zlib'
import { PACKED_SCHEMA } from './data.ts'

/** Majors of the Terraform provider for AWS that the schema knows; a later one counts as the last of these. */
export type ProviderMajor = 4 | 5 | 6

export const PROVIDER_MAJORS: readonly ProviderMajor[] = [4, 5, 6]

/** `object` is a list, a set or one of objects; `any` is not looked into. */
type SchemaType = 'string' | 'number' | 'bool' | 'string-list' | 'number-list' | 'map' | 'object' | 'any'

/** One attribute or block of a resource type, in one major of the provider. */
export interface SchemaNode {
  readonly name: string
  /** `either` is a list of objects that may also be written as blocks. */
  readonly form: 'attribute' | 'block' | 'either'
  readonly type: SchemaType
  /** True for a block or object that occurs once at most. */
  readonly single: boolean
  readonly required: boolean
  /** Whether changing it replaces the resource; `maybe` depends on the values. */
  readonly replaces: 'yes' | 'maybe' | 'no'
  /** Undefined if there is no inside, or if it is left open. */
  readonly children: ReadonlyMap<string, SchemaNode> | undefined
}

export interface TypeSchema {
  readonly type: string
  readonly children: ReadonlyMap<string, SchemaNode>
  /** Paths (`a.b`, without indexes) of which two exclude each other. */
  readonly conflicts: readonly (readonly string[])[]
  /** Paths of which exactly one is set. */
  readonly exactlyOne: readonly (readonly string[])[]
}

interface MutableNode extends SchemaNode {
  readonly children: Map<string, MutableNode> | undefined
}

const read = new Map<string, TypeSchema | undefined>()
let blocks: ReadonlyMap<string, readonly string[]> | undefined

/** Every resource type that the schema knows in some major, in the order of their names. */
export function schemaTypes(): readonly string[] {
  return [...allBlocks().keys()]
}

/** True if the schema knows the resource type in some major. */
export function knowsType(type: string): boolean {
  return allBlocks().has(type)
}

/** The schema of a resource type; undefined if that major of the provider has no such type, or if it is not a known one. */
export function typeSchema(type: string, major: ProviderMajor): TypeSchema | undefined {
  const key = `${type} ${major}`
  if (!read.has(key)) read.set(key, parseType(allBlocks().get(type), major))
  return read.get(key)
}

/** The node at a path without indexes: `versioning_configuration.status`. */
export function nodeAt(schema: TypeSchema, path: readonly string[]): SchemaNode | undefined {
  let children: ReadonlyMap<string, SchemaNode> | undefined = schema.children
  let node: SchemaNode | undefined
  for (const name of path) {
    node = children?.get(name)
    if (node === undefined) return undefined
    children = node.children
  }
  return node
}

/**
 * The packed text: `aws_x 456` and then its lines, nested by one space each. `! 456 a b` exclude each other, of `= 56 a b`
 * exactly one is set; else name, form and type, flags: `r`equired, `f`orces replacement, `c` may force it, with the majors
 * behind them where it is not so in all (`f45`); `@56` where the name itself is not in all. Forms: `s`, `n`, `b`, `[s]`,
 * `{s}`, `any` for attributes, `B` a block, `E` either, `O` an object, with `*` many, `1` one, `?` left open.
 */
function allBlocks(): ReadonlyMap<string, readonly string[]> {
  if (blocks !== undefined) return blocks
  const found = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of brotliDecompressSync(Buffer.from(PACKED_SCHEMA, 'base64')).toString('utf8').split('\n')) {
    if (line.startsWith('aws_')) {
      lines = [line]
      found.set(line.slice(0, line.indexOf(' ')), lines)
    } else if (line !== '') lines.push(line)
  }
  blocks = found
  return found
}

function parseType(lines: readonly string[] | undefined, major: ProviderMajor): TypeSchema | undefined {
  const [head, ...rest] = lines ?? []
  const [type, majors] = head?.split(' ') ?? []
  if (type === undefined || majors?.includes(String(major)) !== true) return undefined
  const children = new Map<string, MutableNode>()
  const conflicts: string[][] = []
  const exactlyOne: string[][] = []
  // The nodes that enclose the next line, by depth; undefined where this major has no such node.
  const open: (Map<string, MutableNode> | undefined)[] = [children]
  for (const line of rest) {
    const depth = line.length - line.trimStart().length
    const [name = '', form = '', ...flags] = line.trim().split(' ')
    if (name === '!' || name === '=') {
      if (form.includes(String(major))) (name === '!' ? conflicts : exactlyOne).push(flags)
      continue
    }
    const into = open[depth - 1]
    const node = into === undefined ? undefined : parseNode(name, form, flags, String(major))
    if (node !== undefined) into?.set(name, node)
    open[depth] = node?.children
  }
  return { type, children, conflicts, exactlyOne }
}

const FORMS = { B: 'block', E: 'either', O: 'attribute' } as const

const TYPES: Readonly<Record<string, SchemaType>> = {
  s: 'string',
  n: 'number',
  b: 'bool',
  '[s]': 'string-list',
  '[n]': 'number-list',
}

function parseNode(name: string, form: string, flags: readonly string[], major: string): MutableNode | undefined {
  const has = (letter: string): boolean =>
    flags.some((flag) => flag.startsWith(letter) && (flag.length === 1 || flag.includes(major)))
  if (flags.some((flag) => flag.startsWith('@')) && !has('@')) return undefined
  const [first, second] = form
  const nested = first === 'B' || first === 'E' || first === 'O'
  return {
    name,
    form: nested ? FORMS[first] : 'attribute',
    type: nested ? 'object' : (TYPES[form] ?? (form.startsWith('{') ? 'map' : 'any')),
    single: nested && second === '1',
    required: has('r'),
    replaces: has('f') ? 'yes' : has('c') ? 'maybe' : 'no',
    children: nested && second !== '?' ? new Map() : undefined,
  }
}
