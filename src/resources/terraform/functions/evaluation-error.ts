import type { Reference, UnknownValue, Value } from '../../value.ts'

/** An unknown value on which Terraform would fail; nothing more is known of it than that. */
export interface ErrorValue extends UnknownValue {
  readonly candidates?: undefined
}

const errors = new WeakSet<Value>()
const searched = new WeakMap<Value, UnknownValue | 'none'>()

/** A value for an expression on which Terraform would fail, as opposed to one whose value is merely not known. */
export function errorValue(reason: string, refs?: readonly Reference[]): ErrorValue {
  const value: ErrorValue = { kind: 'unknown', reason, refs }
  errors.add(value)
  return value
}

/** Whether Terraform would fail where this value came from. Copies of an error value are no error values. */
export function isErrorValue(value: Value): value is ErrorValue {
  return errors.has(value)
}

/** The first error value in a value or anywhere inside it: `[var.x.missing]` fails as a whole. */
export function findError(value: Value): UnknownValue | undefined {
  if (isErrorValue(value)) return value
  if (value.kind !== 'list' && value.kind !== 'map') return undefined
  const known = searched.get(value)
  if (known !== undefined) return known === 'none' ? undefined : known
  let found: UnknownValue | undefined
  for (const child of value.kind === 'list' ? value.items : value.entries.values()) {
    found = findError(child)
    if (found !== undefined) break
  }
  searched.set(value, found ?? 'none')
  return found
}

const fallible = new WeakSet<Value>()

/** Marks an unknown value as one on which Terraform may yet fail: a function that could not be called. Returns it. */
export function markFallible(value: UnknownValue): UnknownValue {
  fallible.add(value)
  return value
}

/** Whether `try` may still move on from this value. */
export function isFallible(value: Value): boolean {
  return fallible.has(value)
}
