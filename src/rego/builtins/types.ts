/** The types that builtins declare, for the compiler's type check. */

export type RegoType =
  | { readonly kind: 'any' | 'null' | 'boolean' | 'number' | 'string' }
  /** `items` stand first, each with its type; `rest` is the type of what follows, nothing if absent. */
  | { readonly kind: 'array'; readonly items: readonly RegoType[]; readonly rest?: RegoType }
  /** `members` are required; `key` and `value` say what else may be there. */
  | {
      readonly kind: 'object'
      readonly members: Readonly<Record<string, RegoType>>
      readonly key?: RegoType
      readonly value?: RegoType
    }
  | { readonly kind: 'set'; readonly of: RegoType }
  | { readonly kind: 'anyOf'; readonly of: readonly RegoType[] }

export const any: RegoType = { kind: 'any' }
export const nil: RegoType = { kind: 'null' }
export const boolean: RegoType = { kind: 'boolean' }
export const number: RegoType = { kind: 'number' }
export const string: RegoType = { kind: 'string' }

export function arrayOf(rest: RegoType): RegoType {
  return { kind: 'array', items: [], rest }
}

export function tuple(...items: readonly RegoType[]): RegoType {
  return { kind: 'array', items }
}

export function setOf(of: RegoType): RegoType {
  return { kind: 'set', of }
}

export function objectOf(key: RegoType, value: RegoType): RegoType {
  return { kind: 'object', members: {}, key, value }
}

/** With required members; others are allowed if `key` and `value` are given. */
export function record(members: Readonly<Record<string, RegoType>>, key?: RegoType, value?: RegoType): RegoType {
  return key === undefined || value === undefined
    ? { kind: 'object', members }
    : { kind: 'object', members, key, value }
}

export function anyOf(...of: readonly RegoType[]): RegoType {
  return { kind: 'anyOf', of }
}

export const anyArray: RegoType = arrayOf(any)
export const anySet: RegoType = setOf(any)
export const anyObject: RegoType = objectOf(any, any)

/** As people read it: `array[string]`, `object[string: any]`, `number | string`. */
export function describeType(type: RegoType): string {
  switch (type.kind) {
    case 'array': {
      const items = type.items.map(describeType)
      if (type.rest !== undefined)
        items.push(items.length === 0 ? describeType(type.rest) : `...${describeType(type.rest)}`)
      return type.rest !== undefined && type.items.length === 0 ? `array[${items.join('')}]` : `[${items.join(', ')}]`
    }
    case 'object': {
      const members = Object.entries(type.members).map(([name, member]) => `${name}: ${describeType(member)}`)
      if (type.key !== undefined && type.value !== undefined) {
        members.push(`${describeType(type.key)}: ${describeType(type.value)}`)
      }
      return `object[${members.join(', ')}]`
    }
    case 'set':
      return `set[${describeType(type.of)}]`
    case 'anyOf':
      return type.of.map(describeType).join(' | ')
    default:
      return type.kind
  }
}
