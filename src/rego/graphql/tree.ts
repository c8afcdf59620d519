/**
 * GraphQL documents in the shape that policies see: members with capitals, without positions and without what is empty. A policy
 * may also hand such a tree in, so everything behind the parser reads it with care.
 */

export type Tree = Readonly<Record<string, unknown>>

export class GraphqlError extends Error {
  /** From 1; absent where there is no text. */
  constructor(message: string, line?: number, column?: number) {
    super(line === undefined ? message : `${message} in GraphQL string at location ${line}:${column}`)
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(tree: Tree | undefined, name: string): string {
  const value = tree?.[name]
  return typeof value === 'string' ? value : ''
}

export function flag(tree: Tree | undefined, name: string): boolean {
  return tree?.[name] === true
}

export function child(tree: Tree | undefined, name: string): Tree | undefined {
  const value = tree?.[name]
  return isTree(value) ? value : undefined
}

export function list(tree: Tree | undefined, name: string): readonly Tree[] {
  const value = tree?.[name]
  return Array.isArray(value) ? value.filter(isTree) : []
}

export function texts(tree: Tree | undefined, name: string): readonly string[] {
  const value = tree?.[name]
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}

/** Kinds of values, by their number. */
export const VALUE_KINDS = [
  'variable',
  'int',
  'float',
  'string',
  'block',
  'boolean',
  'null',
  'enum',
  'list',
  'object',
] as const

/** A tree of its members, less those that are empty lists, empty trees or undefined. */
export function tree(members: Readonly<Record<string, unknown>>): Tree {
  const kept: [string, unknown][] = []
  for (const [name, value] of Object.entries(members)) {
    const empty = value === undefined || (Array.isArray(value) && value.length === 0)
    if (!empty) kept.push([name, value])
  }
  return Object.fromEntries(kept)
}

/** The name at the heart of a type: `Int` of `[Int!]!`. */
export function baseType(type: Tree | undefined): string {
  let at = type
  while (at !== undefined && text(at, 'NamedType') === '') at = child(at, 'Elem')
  return text(at, 'NamedType')
}

export function typeText(type: Tree | undefined): string {
  const named = text(type, 'NamedType')
  const inner = named === '' ? `[${typeText(child(type, 'Elem'))}]` : named
  return flag(type, 'NonNull') ? `${inner}!` : inner
}
