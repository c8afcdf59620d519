import { DAYS, formatTime, fromCivil, LAYOUTS, parseDuration, parseTime, TimeError, toCivil } from '../go/time.ts'
import { findZone, UTC, type Zone } from '../go/time-zone.ts'
import { fromBigInt, toBigInt } from '../number/decimal.ts'
import { isArray, isNumber, type Value } from '../value/value.ts'
import { BuiltinError, define, intOperand, operand, stringOperand, wrongOperand } from './builtin.ts'
import { anyOf, number, string, tuple } from './types.ts'

const TIME = anyOf(number, tuple(number, string))
const STAMP = ['x', TIME, 'nanoseconds since 1970, or those and the name of a time zone'] as const
const LIMIT = 2n ** 63n

interface Moment {
  readonly time: bigint
  readonly zone: Zone
  readonly layout: string
}

function momentOperand(args: readonly Value[], index: number): Moment {
  const value = operand(args, index)
  if (isNumber(value)) return { time: nanoseconds(value), zone: UTC, layout: '' }
  const [time, zone, layout] = isArray(value) ? value : []
  if (time === undefined) throw wrongOperand(index, value, 'either number (ns) or [number (ns), string (tz)]')
  if (!isNumber(time)) throw wrongOperand(0, time, 'number')
  for (const text of [zone, layout]) {
    if (text !== undefined && typeof text !== 'string') throw wrongOperand(0, text, 'string')
  }
  const name = typeof zone === 'string' ? zone : ''
  const found = findZone(name)
  if (found === undefined) throw new BuiltinError(`unknown time zone ${name}`)
  return { time: nanoseconds(time), zone: found, layout: typeof layout === 'string' ? layout : '' }
}

function nanoseconds(value: Value): bigint {
  const whole = isNumber(value) ? toBigInt(value) : undefined
  if (whole === undefined || whole >= LIMIT || whole < -LIMIT) throw new BuiltinError('timestamp too big')
  return whole
}

function stamp(time: bigint | undefined): Value {
  if (time === undefined || time >= LIMIT || time < -LIMIT) throw new BuiltinError('time outside of valid range')
  return fromBigInt(time)
}

function guarded<T>(compute: () => T): T {
  try {
    return compute()
  } catch (error) {
    if (error instanceof TimeError) throw new BuiltinError(error.message)
    throw error
  }
}

/** Years, months, days, hours, minutes and seconds between two times, by the calendar of the first one's zone. */
function difference(args: readonly Value[]): Value {
  const first = momentOperand(args, 0)
  const second = momentOperand(args, 1)
  const [early, late] = first.time > second.time ? [second.time, first.time] : [first.time, second.time]
  const from = toCivil(early, first.zone)
  const to = toCivil(late, first.zone)
  const result = [
    to.year - from.year,
    to.month - from.month,
    to.day - from.day,
    to.hour - from.hour,
    to.minute - from.minute,
    to.second - from.second,
  ]
  const daysInMonth = new Date(Date.UTC(2000 + (from.year % 400), from.month, 0)).getUTCDate()
  const sizes = [0, 12, daysInMonth, 24, 60, 60]
  for (let field = 5; field > 0; field--) {
    if ((result[field] ?? 0) < 0) {
      result[field] = (result[field] ?? 0) + (sizes[field] ?? 0)
      result[field - 1] = (result[field - 1] ?? 0) - 1
    }
  }
  return result
}

export const time = define('time', [
  {
    name: 'time.now_ns',
    args: [],
    result: [number, 'nanoseconds since 1970'],
    description: 'The time of the evaluation: the same wherever it is asked for.',
    nondeterministic: true,
    evaluate: (_, context) => fromBigInt(context.now),
  },
  {
    name: 'time.parse_ns',
    args: [
      ['layout', string, "how the time is written, in Go's manner, or the name of a layout such as `RFC1123`"],
      ['value', string, 'a time'],
    ],
    result: [number, 'nanoseconds since 1970'],
    description: 'Reads a time.',
    evaluate: (args) => {
      const layout = stringOperand(args, 0)
      const value = stringOperand(args, 1)
      return stamp(guarded(() => parseTime(LAYOUTS.get(layout) ?? layout, value)))
    },
  },
  {
    name: 'time.parse_rfc3339_ns',
    args: [['value', string, 'a time such as `2026-11-21T12:00:00Z`']],
    result: [number, 'nanoseconds since 1970'],
    description: 'Reads a time in the form of RFC 3339.',
    evaluate: (args) => {
      const value = stringOperand(args, 0)
      return stamp(guarded(() => parseTime('2006-01-02T15:04:05Z07:00', value)))
    },
  },
  {
    name: 'time.parse_duration_ns',
    args: [['duration', string, 'a duration such as `1h30m` or `7d`']],
    result: [number, 'nanoseconds'],
    description: 'Reads a duration of ns, us, ms, s, m, h, d, w or y.',
    evaluate: (args) => {
      const text = stringOperand(args, 0)
      return fromBigInt(guarded(() => parseDuration(text)))
    },
  },
  {
    name: 'time.format',
    args: [
      [
        'x',
        anyOf(number, tuple(number, string), tuple(number, string, string)),
        'nanoseconds since 1970, perhaps with a time zone and a layout',
      ],
    ],
    result: [string, 'the time as text'],
    description: 'Writes a time; in the form of RFC 3339 unless there is a layout.',
    evaluate: (args) => {
      const { time: at, zone, layout } = momentOperand(args, 0)
      return formatTime(at, zone, LAYOUTS.get(layout === '' ? 'RFC3339Nano' : layout) ?? layout)
    },
  },
  {
    name: 'time.date',
    args: [STAMP],
    result: [tuple(number, number, number), 'year, month and day'],
    description: 'The date of a time.',
    evaluate: (args) => {
      const { time: at, zone } = momentOperand(args, 0)
      const { year, month, day } = toCivil(at, zone)
      return [year, month, day]
    },
  },
  {
    name: 'time.clock',
    args: [STAMP],
    result: [tuple(number, number, number), 'hour, minute and second'],
    description: 'The time of day of a time.',
    evaluate: (args) => {
      const { time: at, zone } = momentOperand(args, 0)
      const { hour, minute, second } = toCivil(at, zone)
      return [hour, minute, second]
    },
  },
  {
    name: 'time.weekday',
    args: [STAMP],
    result: [string, '`Monday` and so on'],
    description: 'The day of the week of a time.',
    evaluate: (args) => {
      const { time: at, zone } = momentOperand(args, 0)
      return DAYS[toCivil(at, zone).weekday]
    },
  },
  {
    name: 'time.add_date',
    args: [
      ['ns', number, 'nanoseconds since 1970'],
      ['years', number, 'years to add'],
      ['months', number, 'months to add'],
      ['days', number, 'days to add'],
    ],
    result: [number, 'nanoseconds since 1970'],
    description: 'Moves a time by years, months and days of the calendar.',
    evaluate: (args) => {
      const { time: at, zone } = momentOperand(args, 0)
      const years = intOperand(args, 1)
      const months = intOperand(args, 2)
      const days = intOperand(args, 3)
      const from = toCivil(at, zone)
      return stamp(
        fromCivil({ ...from, year: from.year + years, month: from.month + months, day: from.day + days }, zone),
      )
    },
  },
  {
    name: 'time.diff',
    args: [
      ['ns1', TIME, 'a time'],
      ['ns2', TIME, 'another time'],
    ],
    result: [tuple(number, number, number, number, number, number), 'years, months, days, hours, minutes and seconds'],
    description: 'What lies between two times.',
    evaluate: difference,
  },
])
