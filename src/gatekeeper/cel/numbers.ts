/** Conversions, and the fields of times, with cel-go's limits and words. */
import type { Environment } from '@marcbachmann/cel-js'
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import { type Civil, parseDuration, toCivil } from '../../rego/go/time.ts'
import { findZone, type Zone } from '../../rego/go/time-zone.ts'
import { isInt } from './values.ts'

const TIMESTAMP = 'google.protobuf.Timestamp'
const DURATION = 'google.protobuf.Duration'

export function registerNumbers(env: Environment): void {
  const on = (signature: string, handler: (value: never) => unknown): void => {
    env.registerFunction(signature, handler, { async: false })
  }
  on('k8s_int(int): int', (value: bigint) => value)
  on('k8s_int(uint): int', (value: UnsignedInt) => integer(value.value))
  on('k8s_int(double): int', (value: number) => integer(wholeOf(value)))
  on('k8s_int(string): int', (text: string) => {
    const number = decimal(text, /^[+-]?\d+$/, 'int')
    if (!isInt(number)) throw unlike('int')
    return number
  })
  on(`k8s_int(${TIMESTAMP}): int`, (time: Date) => BigInt(Math.floor(time.getTime() / 1000)))
  on('k8s_uint(uint): uint', (value: UnsignedInt) => value)
  on('k8s_uint(int): uint', unsigned)
  on('k8s_uint(double): uint', (value: number) => unsigned(wholeOf(value)))
  on('k8s_uint(string): uint', (text: string) => {
    const number = decimal(text, /^\d+$/, 'uint')
    if (number >= 2n ** 64n) throw unlike('uint')
    return unsigned(number)
  })
  on('k8s_double(double): double', (value: number) => value)
  on('k8s_double(int): double', Number)
  on('k8s_double(uint): double', (value: UnsignedInt) => Number(value.value))
  on('k8s_double(string): double', (text: string) => {
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
    const named = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i.exec(text)
    if (named === null) throw unlike('double')
    return named[2] === undefined ? Number.NaN : named[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  })
  on('k8s_bool(bool): bool', (value: boolean) => value)
  on('k8s_bool(string): bool', (text: string) => {
    if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true
    if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return false
    throw unlike('bool')
  })
  on(`k8s_duration(string): ${DURATION}`, durationOf)
  registerTimes(env)
}

/** Rego's has days, too. */
const GO_DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/

function durationOf(text: string): Duration {
  if (!GO_DURATION.test(text)) throw new Error(`invalid duration ${JSON.stringify(text)}`)
  const time = parseDuration(text)
  return new Duration(time / 1_000_000_000n, Number(time % 1_000_000_000n))
}

function unlike(type: string): Error {
  return new Error(`type conversion error from 'string' to '${type}'`)
}

function decimal(text: string, form: RegExp, type: string): bigint {
  if (!form.test(text)) throw unlike(type)
  return BigInt(text.replace(/^\+/, ''))
}

function wholeOf(value: number): bigint {
  if (!Number.isFinite(value)) throw new Error('integer overflow')
  return BigInt(Math.trunc(value))
}

/** @throws Error if 64 bits do not hold it */
export function integer(value: bigint): bigint {
  if (!isInt(value)) throw new Error('integer overflow')
  return value
}

function unsigned(value: bigint): UnsignedInt {
  if (value < 0n || value >= 2n ** 64n) throw new Error('unsigned integer overflow')
  return new UnsignedInt(value)
}

/** Days of a month are counted from 1 as dates, and from 0 as days of the month, as months are. */
const FIELDS: Readonly<Record<string, (civil: Civil) => number>> = {
  getFullYear: ({ year }) => year,
  getMonth: ({ month }) => month - 1,
  getDate: ({ day }) => day,
  getDayOfMonth: ({ day }) => day - 1,
  getDayOfWeek: ({ weekday }) => weekday,
  getDayOfYear: ({ yearDay }) => yearDay - 1,
  getHours: ({ hour }) => hour,
  getMinutes: ({ minute }) => minute,
  getSeconds: ({ second }) => second,
  getMilliseconds: ({ nanosecond }) => Math.floor(nanosecond / 1_000_000),
}

/** The names of the functions that read a part of a time. */
export const TIME_FIELDS: readonly string[] = Object.keys(FIELDS)

/** Milliseconds in one of what a duration is asked for. */
const UNITS: Readonly<Record<string, number>> = {
  getHours: 3_600_000,
  getMinutes: 60_000,
  getSeconds: 1000,
  getMilliseconds: 1,
}

function registerTimes(env: Environment): void {
  for (const [name, read] of Object.entries(FIELDS)) {
    const field = (time: Date, zone = ''): bigint =>
      BigInt(read(toCivil(BigInt(time.getTime()) * 1_000_000n, zoneOf(zone))))
    env.registerFunction(`${TIMESTAMP}.k8s_${name}(): int`, (time: Date) => field(time), { async: false })
    env.registerFunction(`${TIMESTAMP}.k8s_${name}(string): int`, field, { async: false })
  }
  for (const [name, unit] of Object.entries(UNITS)) {
    env.registerFunction(
      `${DURATION}.k8s_${name}(): int`,
      (duration: { valueOf(): number }) => BigInt(Math.trunc(duration.valueOf() / unit)),
      { async: false },
    )
  }
}

/** A name of the time zone database, or hours and minutes from UTC. */
function zoneOf(name: string): Zone {
  const offset = /^([+-]?)(\d\d?):(\d\d)$/.exec(name)
  if (offset !== null) {
    const [, sign, hours, minutes] = offset
    const seconds = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60 : 60)
    return { offset: () => seconds, abbreviation: () => name }
  }
  const zone = findZone(name)
  if (zone === undefined) throw new Error(`unknown time zone ${name}`)
  return zone
}
