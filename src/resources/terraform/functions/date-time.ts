import type { Value } from '../../value.ts'
import { str } from './convert.ts'
import { define, Fault, type FunctionContext, type FunctionTable, text } from './definition.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "Date and Time Functions". */
export const dateFunctions: FunctionTable = {
  formatdate: define({
    parameters: [text('format'), text('time')],
    returns: 'string',
    call: ([format, time]) => formatDate(format, parseTimestamp(time)),
  }),
  timeadd: define({
    parameters: [text('timestamp'), text('duration')],
    returns: 'string',
    call([timestamp, duration]) {
      const time = parseTimestamp(timestamp)
      return formatRfc3339({ ...time, nanoseconds: time.nanoseconds + parseDuration(duration) })
    },
  }),
  timecmp: define({
    parameters: [text('timestamp_a'), text('timestamp_b')],
    returns: 'number',
    call([a, b]) {
      const difference = parseTimestamp(a).nanoseconds - parseTimestamp(b).nanoseconds
      return difference === 0n ? 0 : difference < 0n ? -1 : 1
    },
  }),
  timestamp: define({ parameters: [], returns: 'string', call: (_, __, context) => runTime('timestamp', context) }),
  plantimestamp: define({
    parameters: [],
    returns: 'string',
    call: (_, __, context) => runTime('plantimestamp', context),
  }),
}

function runTime(name: string, { now }: FunctionContext): Value {
  if (now !== undefined) return str(now)
  return { kind: 'unknown', reason: `${name}() differs on every run`, type: 'string', notNull: true }
}

interface Timestamp {
  /** Since 1970 in UTC. */
  readonly nanoseconds: bigint
  /** Minutes east of UTC; undefined for UTC itself. */
  readonly offset: number | undefined
}

const timestampSyntax = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/

/** RFC 3339, the only form Terraform reads. */
function parseTimestamp(text: string): Timestamp {
  const match = timestampSyntax.exec(text)
  if (match === null) throw new Fault('not a valid RFC 3339 timestamp')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const exact = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  if (!exact || hour > 23 || minute > 59 || second > 59) throw new Fault('not a valid RFC 3339 timestamp')
  const fraction = BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'))
  const zone = match[8] ?? 'Z'
  if (zone === 'Z') return { nanoseconds: BigInt(date.getTime()) * 1_000_000n + fraction, offset: undefined }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  if (hours > 23 || minutes > 59) throw new Fault('not a valid RFC 3339 timestamp')
  const offset = (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
  const nanoseconds = BigInt(date.getTime() - offset * 60_000) * 1_000_000n + fraction
  return { nanoseconds, offset: offset === 0 ? undefined : offset }
}

const unitNanoseconds: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
])

/** Go's durations: `-1h30m`, `1.5s`; the largest unit is the hour. */
function parseDuration(text: string): bigint {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text)
  if (match === null) throw new Fault('not a valid duration')
  let total = 0n
  for (const [, amount, unit = ''] of (match[2] ?? '').matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    const nanoseconds = Math.round(Number(amount) * (unitNanoseconds.get(unit) ?? 0))
    if (!Number.isFinite(nanoseconds) || nanoseconds > 2 ** 63) throw new Fault('the duration is too long')
    total += BigInt(nanoseconds)
  }
  return match[1] === '-' ? -total : total
}

/** The clock on the wall of the timestamp's own zone, as a date in UTC. */
function wallClock({ nanoseconds, offset }: Timestamp): Date {
  // Rounds towards the past, so that a fraction of a second before 1970 stays in its second.
  const seconds = (nanoseconds - (((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n)) / 1_000_000_000n
  const date = new Date(Number(seconds) * 1000 + (offset ?? 0) * 60_000)
  if (Number.isNaN(date.getTime())) throw new Fault('the time is out of range')
  return date
}

function formatRfc3339(time: Timestamp): string {
  const date = wallClock(time)
  const year = date.getUTCFullYear()
  if (year < 0 || year > 9999) throw new Fault('the time is out of range')
  return date.toISOString().slice(0, 19) + (time.offset === undefined ? 'Z' : formatOffset(time.offset, ':'))
}

function formatOffset(minutes: number, separator: string): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

const months = 'January February March April May June July August September October November December'.split(' ')
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

function formatDate(format: string, time: Timestamp): string {
  const date = wallClock(time)
  let result = ''
  for (const [token] of format.matchAll(/'(?:[^']|'')*'|'|([a-zA-Z])\1*|[^a-zA-Z']+/g)) {
    if (token.startsWith("'")) {
      if (token.length < 2) throw new Fault('format: a quote is not closed')
      result += token.slice(1, -1).replaceAll("''", "'")
    } else {
      result += /^[a-zA-Z]/.test(token) ? formatToken(token, date, time.offset) : token
    }
  }
  return result
}

function formatToken(token: string, date: Date, offset: number | undefined): string {
  const [month = '', day = ''] = [months[date.getUTCMonth()], days[date.getUTCDay()]]
  const hour = date.getUTCHours()
  const hour12 = hour % 12 === 0 ? 12 : hour % 12
  const utc = offset === undefined || offset === 0
  switch (token) {
    case 'YYYY':
      return String(date.getUTCFullYear()).padStart(4, '0')
    case 'YY':
      return two(date.getUTCFullYear() % 100)
    case 'MMMM':
      return month
    case 'MMM':
      return month.slice(0, 3)
    case 'MM':
      return two(date.getUTCMonth() + 1)
    case 'M':
      return String(date.getUTCMonth() + 1)
    case 'DD':
      return two(date.getUTCDate())
    case 'D':
      return String(date.getUTCDate())
    case 'EEEE':
      return day
    case 'EEE':
      return day.slice(0, 3)
    case 'hh':
      return two(hour)
    case 'h':
      return String(hour)
    case 'HH':
      return two(hour12)
    case 'H':
      return String(hour12)
    case 'AA':
      return hour < 12 ? 'AM' : 'PM'
    case 'aa':
      return hour < 12 ? 'am' : 'pm'
    case 'mm':
      return two(date.getUTCMinutes())
    case 'm':
      return String(date.getUTCMinutes())
    case 'ss':
      return two(date.getUTCSeconds())
    case 's':
      return String(date.getUTCSeconds())
    case 'ZZZZZ':
      return formatOffset(offset ?? 0, ':')
    case 'ZZZZ':
      return formatOffset(offset ?? 0, '')
    case 'ZZZ':
      return utc ? 'UTC' : formatOffset(offset, '')
    case 'Z':
      return utc ? 'Z' : formatOffset(offset, ':')
    default:
      throw new Fault(`format: ${token} has no meaning; text belongs in quotes`)
  }
}
