import { fromBigInt, parseNumber } from '../../../rego/number/decimal.ts'
import type { Value } from '../../../rego/value/value.ts'

/** A number of any size, exact; as a string where it is none that JSON could hold. */
export function numberOf(text: string): Value {
  return parseNumber(text) ?? text
}

const GO_INTEGER = /^([-+]?)(?:0[xX]([\da-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9]\d*))$/

/** An integer as Go's `ParseInt(text, 0, ...)` reads it: `0x1f`, `0b1`, `0o17`, `017`. */
export function goInteger(text: string): Value | undefined {
  const [, sign, hex, binary, octal, oldOctal, decimal] = GO_INTEGER.exec(text) ?? []
  const digits =
    hex !== undefined
      ? `0x${hex}`
      : binary !== undefined
        ? `0b${binary}`
        : (octal ?? oldOctal) !== undefined
          ? `0o${octal ?? oldOctal}`
          : decimal
  if (digits === undefined) return undefined
  const size = BigInt(digits)
  return fromBigInt(sign === '-' ? -size : size)
}
