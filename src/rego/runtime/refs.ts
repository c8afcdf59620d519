/** Refs below a value: chains of look-ups and enumerations. */
import { isArray, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { lookup, lookupString } from './access.ts'
import type { KeyMode } from './flat.ts'
import type { Frame, Machine, Take } from './machine.ts'

/** Goes through the keys from `from` on and hands the values at the end to `last`. */
export function followKeys(modes: readonly KeyMode[], last: Take): Take {
  let next = last
  for (let index = modes.length - 1; index >= 0; index--) {
    const mode = modes[index]
    if (mode !== undefined) next = followKey(mode, next)
  }
  return next
}

export function followKey(mode: KeyMode, next: Take): Take {
  switch (mode.kind) {
    case 'const': {
      const key = mode.value
      if (typeof key === 'string') {
        return (machine, frame, value) => {
          const member = lookupString(value, key)
          return member !== undefined && next(machine, frame, member)
        }
      }
      return (machine, frame, value) => {
        const member = lookup(value, key)
        return member !== undefined && next(machine, frame, member)
      }
    }
    case 'read': {
      const { read } = mode
      return (machine, frame, value) => {
        const key = read(machine, frame)
        if (key === undefined) return false
        const member = lookup(value, key)
        return member !== undefined && next(machine, frame, member)
      }
    }
    case 'any':
      return (machine, frame, value) => eachValue(machine, frame, value, next)
    case 'bind': {
      const { slot } = mode
      return (machine, frame, value) => eachEntry(machine, frame, value, slot, next)
    }
    case 'match': {
      const { match } = mode
      return (machine, frame, value) =>
        enumerate(value, (key, member) => {
          machine.tick()
          return match(machine, frame, key) && next(machine, frame, member)
        })
    }
  }
}

function eachValue(machine: Machine, frame: Frame, value: Value, next: Take): boolean {
  if (value === null || typeof value !== 'object') return false
  if (value instanceof RegoObject) {
    for (const key of value.keys()) {
      machine.tick()
      const member = value.get(key)
      if (member !== undefined && next(machine, frame, member)) return true
    }
    return false
  }
  if (value instanceof RegoSet) {
    for (const member of value.sorted()) {
      machine.tick()
      if (next(machine, frame, member)) return true
    }
    return false
  }
  if (!isArray(value)) return false
  for (const item of value) {
    machine.tick()
    if (next(machine, frame, item)) return true
  }
  return false
}

function eachEntry(machine: Machine, frame: Frame, value: Value, slot: number, next: Take): boolean {
  if (value === null || typeof value !== 'object') return false
  if (value instanceof RegoObject) {
    for (const key of value.keys()) {
      machine.tick()
      const member = value.get(key)
      if (member === undefined) continue
      frame[slot] = key
      if (next(machine, frame, member)) return true
    }
    return false
  }
  if (value instanceof RegoSet) {
    for (const member of value.sorted()) {
      machine.tick()
      frame[slot] = member
      if (next(machine, frame, member)) return true
    }
    return false
  }
  if (!isArray(value)) return false
  for (let index = 0; index < value.length; index++) {
    machine.tick()
    const item = value[index]
    if (item === undefined) continue
    frame[slot] = index
    if (next(machine, frame, item)) return true
  }
  return false
}

/** Every key and member; stops at true. */
export function enumerate(value: Value, take: (key: Value, member: Value) => boolean): boolean {
  if (value === null || typeof value !== 'object') return false
  if (value instanceof RegoObject) {
    for (const key of value.keys()) {
      const member = value.get(key)
      if (member !== undefined && take(key, member)) return true
    }
    return false
  }
  if (value instanceof RegoSet) {
    for (const member of value.sorted()) if (take(member, member)) return true
    return false
  }
  if (!isArray(value)) return false
  for (let index = 0; index < value.length; index++) {
    const item = value[index]
    if (item !== undefined && take(index, item)) return true
  }
  return false
}
