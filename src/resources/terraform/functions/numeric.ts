import { any, define, Fault, type FunctionTable, integer, items, number, readNumber, NotKnown } from './definition.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "Numeric Functions". */
export const numericFunctions: FunctionTable = {
  abs: define({ parameters: [number('num')], returns: 'number', call: ([value]) => Math.abs(value) }),
  ceil: define({ parameters: [number('num')], returns: 'number', call: ([value]) => Math.ceil(value) }),
  floor: define({ parameters: [number('num')], returns: 'number', call: ([value]) => Math.floor(value) }),
  log: define({
    parameters: [number('num'), number('base')],
    returns: 'number',
    call: ([value, base]) => Math.log(value) / Math.log(base),
  }),
  max: define({
    parameters: [],
    variadic: number('numbers'),
    least: 1,
    returns: 'number',
    call: (_, values) => values.reduce((a, b) => Math.max(a, b)),
  }),
  min: define({
    parameters: [],
    variadic: number('numbers'),
    least: 1,
    returns: 'number',
    call: (_, values) => values.reduce((a, b) => Math.min(a, b)),
  }),
  parseint: define({
    parameters: [any('number'), integer('base')],
    returns: 'number',
    call([digits, base]) {
      if (digits.kind !== 'string') throw new Fault('number: a string is required')
      return parseInteger(digits.value, base)
    },
  }),
  pow: define({
    parameters: [number('num'), number('power')],
    returns: 'number',
    call: ([value, power]) => value ** power,
  }),
  signum: define({ parameters: [integer('num')], returns: 'number', call: ([value]) => Math.sign(value) }),
  sum: define({
    parameters: [items('list')],
    returns: 'number',
    call([list]) {
      if (list.rest !== undefined) throw new NotKnown(list.rest)
      if (list.items.length === 0) throw new Fault('cannot sum an empty list')
      return list.items.reduce((total, item) => total + readNumber(item), 0)
    },
  }),
}

/** Bases to 36 do not tell upper case from lower; above, lower case comes first, as in Go. */
function parseInteger(text: string, base: number): number {
  if (base < 2 || base > 62) throw new Fault('base must be between 2 and 62')
  const match = /^([+-]?)([0-9a-zA-Z]+)$/.exec(text)
  if (match === null) throw new Fault('not a whole number in this base')
  const [, sign, digits = ''] = match
  let total = 0
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const value = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'.indexOf(digit)
    if (value >= base) throw new Fault('not a whole number in this base')
    total = total * base + value
  }
  return sign === '-' && total !== 0 ? -total : total
}
