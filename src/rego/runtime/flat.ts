/** Flat terms as closures: reading them, and matching values against them. */
import type { Trace } from './provenance.ts'
import type { Flat, Local } from '../compiler/ir.ts'
import { isBound, type LocalSet } from '../compiler/safety.ts'
import { equalValues, isArray, ObjectBuilder, RegoObject, RegoSet, type Value } from '../value/value.ts'
import type { Frame, Machine, Read } from './machine.ts'

export function readFlat(term: Flat): Read {
  switch (term.k) {
    case 'const': {
      const { value } = term
      return () => value
    }
    case 'local': {
      const { slot } = term.local
      return (_machine, frame) => frame[slot]
    }
    case 'array':
      return readArray(term.items.map(readFlat))
    case 'set': {
      const items = term.items.map(readFlat)
      return (machine, frame) => {
        const values: Value[] = []
        for (const item of items) {
          const value = item(machine, frame)
          if (value === undefined) return undefined
          values.push(value)
        }
        return RegoSet.of(values)
      }
    }
    case 'object':
      return readObject(term.entries.map(([key, value]) => [readFlat(key), readFlat(value)]))
  }
}

function readArray(items: readonly Read[]): Read {
  return (machine, frame) => {
    const values: Value[] = []
    for (const item of items) {
      const value = item(machine, frame)
      if (value === undefined) return undefined
      values.push(value)
    }
    return values
  }
}

function readObject(entries: readonly (readonly [Read, Read])[]): Read {
  return (machine, frame) => {
    const builder = new ObjectBuilder()
    for (const [readKey, readValue] of entries) {
      const key = readKey(machine, frame)
      const value = readValue(machine, frame)
      if (key === undefined || value === undefined) return undefined
      builder.set(key, value)
    }
    return builder.build()
  }
}

/** True where the value fits; variables that were not bound are then set. */
export type Match = (machine: Machine, frame: Frame, value: Value) => boolean

/** Adds the variables that it binds to `bound`. */
export function matchFlat(term: Flat, bound: Set<Local>): Match {
  if (term.k === 'local' && !bound.has(term.local)) {
    if (term.local.wild) return () => true
    bound.add(term.local)
    const { slot } = term.local
    return (_machine, frame, value) => {
      frame[slot] = value
      return true
    }
  }
  if (term.k === 'const') {
    const { value: wanted } = term
    if (typeof wanted === 'string' || typeof wanted === 'boolean' || wanted === null)
      return (_machine, _frame, value) => value === wanted
    return (_machine, _frame, value) => equalValues(value, wanted)
  }
  if (term.k === 'array' && !isBound(term, bound)) return matchArray(term.items.map((item) => matchFlat(item, bound)))
  if (term.k === 'object' && !isBound(term, bound)) {
    return matchObject(term.entries.map(([key, value]) => [readFlat(key), matchFlat(value, bound)]))
  }
  const read = readFlat(term)
  return (machine, frame, value) => {
    const wanted = read(machine, frame)
    return wanted !== undefined && equalValues(wanted, value)
  }
}

/** What a pattern takes out of a part of `input` is a part of it too. */
function locatePart(trace: Trace, whole: Value, key: Value, part: Value): void {
  const path = trace.pathOf(whole)
  if (path !== undefined) trace.locate(part, [...path, key])
}

function matchArray(items: readonly Match[]): Match {
  return (machine, frame, value) => {
    if (value === null || typeof value !== 'object' || !isArray(value) || value.length !== items.length) return false
    const { trace } = machine
    for (let index = 0; index < items.length; index++) {
      const item = value[index]
      if (item !== undefined && trace !== undefined) locatePart(trace, value, index, item)
      if (item === undefined || items[index]?.(machine, frame, item) !== true) return false
    }
    return true
  }
}

function matchObject(entries: readonly (readonly [Read, Match])[]): Match {
  return (machine, frame, value) => {
    if (!(value instanceof RegoObject) || value.size !== entries.length) return false
    for (const [readKey, match] of entries) {
      const key = readKey(machine, frame)
      if (key === undefined) return false
      const member = value.get(key)
      if (member !== undefined && machine.trace !== undefined) locatePart(machine.trace, value, key, member)
      if (member === undefined || !match(machine, frame, member)) return false
    }
    return true
  }
}

/** How a key of a ref is used: looked up, or enumerated. */
export type KeyMode =
  | { readonly kind: 'const'; readonly value: Value }
  | { readonly kind: 'read'; readonly read: Read }
  | { readonly kind: 'bind'; readonly slot: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'match'; readonly match: Match }

/** Adds what it binds to `bound`. */
export function keyMode(key: Flat, bound: Set<Local>): KeyMode {
  if (key.k === 'const') return { kind: 'const', value: key.value }
  if (isBound(key, bound as LocalSet)) return { kind: 'read', read: readFlat(key) }
  if (key.k === 'local') {
    if (key.local.wild) return { kind: 'any' }
    bound.add(key.local)
    return { kind: 'bind', slot: key.local.slot }
  }
  return { kind: 'match', match: matchFlat(key, bound) }
}
