/** Go's times and layouts: nanoseconds since 1970 in UTC, and texts after the model of `Mon Jan 2 15:04:05 MST 2006`. */
import { UTC, type Zone } from './time-zone.ts'

export const LAYOUTS: ReadonlyMap<string, string> = new Map([
  ['ANSIC', 'Mon Jan _2 15:04:05 2006'],
  ['UnixDate', 'Mon Jan _2 15:04:05 MST 2006'],
  ['RubyDate', 'Mon Jan 02 15:04:05 -0700 2006'],
  ['RFC822', '02 Jan 06 15:04 MST'],
  ['RFC822Z', '02 Jan 06 15:04 -0700'],
  ['RFC850', 'Monday, 02-Jan-06 15:04:05 MST'],
  ['RFC1123', 'Mon, 02 Jan 2006 15:04:05 MST'],
  ['RFC1123Z', 'Mon, 02 Jan 2006 15:04:05 -0700'],
  ['RFC3339', '2006-01-02T15:04:05Z07:00'],
  ['RFC3339Nano', '2006-01-02T15:04:05.999999999Z07:00'],
])

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|2006|__2|_2(?!006)|PM|pm|[-Z]07:00:00|[-Z]070000|[-Z]07:00|[-Z]0700|[-Z]07|[.,](?:0+|9+)(?!\d)|[1-5]/g

/** A time as calendar and clock of a zone show it. */
export interface Civil {
  readonly year: number
  /** From 1. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nanosecond: number
  /** From 0, which is Sunday. */
  readonly weekday: number
  readonly yearDay: number
  /** Seconds east of UTC. */
  readonly offset: number
  readonly abbreviation: () => string
}

const BILLION = 1_000_000_000n

function split(time: bigint): { seconds: number; nanosecond: number } {
  const rest = ((time % BILLION) + BILLION) % BILLION
  return { seconds: Number((time - rest) / BILLION), nanosecond: Number(rest) }
}

export function toCivil(time: bigint, zone: Zone): Civil {
  const { seconds, nanosecond } = split(time)
  const offset = zone.offset(seconds)
  const date = new Date((seconds + offset) * 1000)
  const yearStart = Date.UTC(2000, 0, 1)
  const start = new Date(yearStart)
  start.setUTCFullYear(date.getUTCFullYear())
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond,
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - start.getTime()) / 86_400_000) + 1,
    offset,
    abbreviation: () => zone.abbreviation(seconds),
  }
}

/** Fields may be out of their ranges: the 32nd of a month is a day of the next. Undefined beyond what a date can hold. */
export function fromCivil(
  fields: Pick<Civil, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'nanosecond'>,
  zone: Zone,
): bigint | undefined {
  const date = new Date(0)
  date.setUTCFullYear(fields.year, fields.month - 1, fields.day)
  date.setUTCHours(fields.hour, fields.minute, fields.second)
  const local = date.getTime() / 1000
  if (Number.isNaN(local)) return undefined
  let offset = zone.offset(local)
  if (offset !== 0) offset = zone.offset(local - offset)
  return BigInt(local - offset) * BILLION + BigInt(fields.nanosecond)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

export function formatTime(time: bigint, zone: Zone, layout: string): string {
  const civil = toCivil(time, zone)
  return layout.replace(ELEMENT, (element) => formatElement(element, civil))
}

function formatElement(element: string, civil: Civil): string {
  const month = MONTHS[civil.month - 1] ?? ''
  const weekday = DAYS[civil.weekday] ?? ''
  const twelve = civil.hour % 12 === 0 ? 12 : civil.hour % 12
  switch (element) {
    case 'January':
      return month
    case 'Jan':
      return month.slice(0, 3)
    case 'Monday':
      return weekday
    case 'Mon':
      return weekday.slice(0, 3)
    case 'MST':
      return civil.abbreviation()
    case '01':
      return two(civil.month)
    case '1':
      return String(civil.month)
    case '02':
      return two(civil.day)
    case '2':
      return String(civil.day)
    case '_2':
      return String(civil.day).padStart(2)
    case '002':
      return String(civil.yearDay).padStart(3, '0')
    case '__2':
      return String(civil.yearDay).padStart(3)
    case '03':
      return two(twelve)
    case '3':
      return String(twelve)
    case '15':
      return two(civil.hour)
    case '04':
      return two(civil.minute)
    case '4':
      return String(civil.minute)
    case '05':
      return two(civil.second)
    case '5':
      return String(civil.second)
    case '06':
      return two(((civil.year % 100) + 100) % 100)
    case '2006':
      return civil.year < 0 ? `-${String(-civil.year).padStart(4, '0')}` : String(civil.year).padStart(4, '0')
    case 'PM':
      return civil.hour >= 12 ? 'PM' : 'AM'
    case 'pm':
      return civil.hour >= 12 ? 'pm' : 'am'
    default:
      return /^[.,]/.test(element) ? fraction(element, civil.nanosecond) : formatOffset(element, civil.offset)
  }
}

function fraction(element: string, nanosecond: number): string {
  const digits = String(nanosecond)
    .padStart(9, '0')
    .slice(0, element.length - 1)
  if (element[1] === '0') return `${element[0]}${digits.padEnd(element.length - 1, '0')}`
  const trimmed = digits.replace(/0+$/, '')
  return trimmed === '' ? '' : `${element[0]}${trimmed}`
}

function formatOffset(element: string, offset: number): string {
  if (element.startsWith('Z') && offset === 0) return 'Z'
  const size = Math.abs(offset)
  const hours = two(Math.trunc(size / 3600))
  const minutes = two(Math.trunc(size / 60) % 60)
  const seconds = two(size % 60)
  const shown = [hours]
  if (element.length > 3) shown.push(minutes)
  if (element.length > 6) shown.push(seconds)
  return `${offset < 0 ? '-' : '+'}${shown.join(element.includes(':') ? ':' : '')}`
}

export class TimeError extends Error {}

/** Throws `TimeError` with Go's message. */
export function parseTime(layout: string, value: string): bigint {
  return new TimeParser(layout, value).parse()
}

class TimeParser {
  readonly #layout: string
  readonly #value: string
  #rest: string
  #year = 0
  #month = -1
  #day = -1
  #yearDay = -1
  #hour = 0
  #minute = 0
  #second = 0
  #nanosecond = 0
  #afternoon: boolean | undefined
  #offset: number | undefined
  #zoneName = ''

  constructor(layout: string, value: string) {
    this.#layout = layout
    this.#value = value
    this.#rest = value
  }

  #fail(element: string): TimeError {
    const q = JSON.stringify
    return new TimeError(
      `parsing time ${q(this.#value)} as ${q(this.#layout)}: cannot parse ${q(this.#rest)} as ${q(element)}`,
    )
  }

  #outOfRange(what: string): TimeError {
    return new TimeError(`parsing time ${JSON.stringify(this.#value)}: ${what} out of range`)
  }

  parse(): bigint {
    const elements = [...this.#layout.matchAll(ELEMENT)]
    let last = 0
    elements.forEach((match, index) => {
      this.#skip(this.#layout.slice(last, match.index))
      last = match.index + match[0].length
      const next = elements[index + 1]?.[0] ?? ''
      this.#element(match[0], /^[.,][09]/.test(next))
    })
    this.#skip(this.#layout.slice(last))
    if (this.#rest !== '') {
      throw new TimeError(`parsing time ${JSON.stringify(this.#value)}: extra text: ${JSON.stringify(this.#rest)}`)
    }
    return this.#result()
  }

  #skip(prefix: string): void {
    let expected = prefix
    while (expected !== '') {
      if (expected.startsWith(' ')) {
        if (this.#rest !== '' && !this.#rest.startsWith(' ')) throw this.#fail(prefix)
        expected = expected.replace(/^ +/, '')
        this.#rest = this.#rest.replace(/^ +/, '')
        continue
      }
      if (this.#rest === '' || this.#rest[0] !== expected[0]) throw this.#fail(prefix)
      expected = expected.slice(1)
      this.#rest = this.#rest.slice(1)
    }
  }

  #take(pattern: RegExp, element: string): string {
    const found = pattern.exec(this.#rest)?.[0]
    if (found === undefined) throw this.#fail(element)
    this.#rest = this.#rest.slice(found.length)
    return found
  }

  /** One or two digits; two if the layout writes two. */
  #number(element: string): number {
    return Number(this.#take(/^0\d$/.test(element) ? /^\d\d/ : /^\d\d?/, element))
  }

  #name(names: readonly string[], length: number | undefined, element: string): number {
    const text = this.#rest.toLowerCase()
    const index = names.findIndex((name) => text.startsWith(name.slice(0, length).toLowerCase()))
    if (index < 0) throw this.#fail(element)
    this.#rest = this.#rest.slice(length ?? names[index]?.length ?? 0)
    return index
  }

  #element(element: string, fractionFollows: boolean): void {
    switch (element) {
      case '2006':
        this.#year = Number(this.#take(/^\d{4}/, element))
        return
      case '06': {
        const year = Number(this.#take(/^\d\d/, element))
        this.#year = year >= 69 ? 1900 + year : 2000 + year
        return
      }
      case 'January':
      case 'Jan':
        this.#month = this.#name(MONTHS, element === 'Jan' ? 3 : undefined, element) + 1
        return
      case 'Monday':
      case 'Mon':
        this.#name(DAYS, element === 'Mon' ? 3 : undefined, element)
        return
      case '01':
      case '1':
        this.#month = this.#number(element)
        if (this.#month < 1 || this.#month > 12) throw this.#outOfRange('month')
        return
      case '_2':
        this.#rest = this.#rest.replace(/^ /, '')
        this.#day = this.#number('2')
        return
      case '02':
      case '2':
        this.#day = this.#number(element)
        return
      case '__2':
      case '002':
        this.#yearDay = Number(this.#take(element === '002' ? /^\d{3}/ : /^ {0,2}\d{1,3}/, element))
        return
      case '15':
        this.#hour = Number(this.#take(/^\d\d/, element))
        if (this.#hour > 23) throw this.#outOfRange('hour')
        return
      case '03':
      case '3':
        this.#hour = this.#number(element)
        if (this.#hour > 12) throw this.#outOfRange('hour')
        return
      case '04':
      case '4':
        this.#minute = this.#number(element)
        if (this.#minute > 59) throw this.#outOfRange('minute')
        return
      case '05':
      case '5':
        this.#second = this.#number(element)
        if (this.#second > 59) throw this.#outOfRange('second')
        // A fraction may follow the seconds even if the layout has none.
        if (!fractionFollows && /^[.,]\d/.test(this.#rest)) this.#fraction(/^[.,]\d+/, element)
        return
      case 'PM':
      case 'pm': {
        const text = this.#take(element === 'PM' ? /^[AP]M/ : /^[ap]m/, element)
        this.#afternoon = text.toLowerCase() === 'pm'
        return
      }
      case 'MST':
        this.#zoneName = this.#take(/^(?:UTC|GMT[+-]\d{1,2}|[+-]\d{2}(?:\d{2})?|[A-Z]{3,5})/, element)
        return
      default:
        if (!/^[.,]/.test(element)) this.#zone(element)
        else if (element[1] === '0') this.#fraction(new RegExp(`^[.,]\\d{${element.length - 1}}`), element)
        else if (/^[.,]\d/.test(this.#rest)) this.#fraction(/^[.,]\d{1,9}/, element)
    }
  }

  #fraction(pattern: RegExp, element: string): void {
    this.#nanosecond = Number(this.#take(pattern, element).slice(1, 10).padEnd(9, '0'))
  }

  #zone(element: string): void {
    if (element.startsWith('Z') && this.#rest.startsWith('Z')) {
      this.#rest = this.#rest.slice(1)
      this.#offset = 0
      return
    }
    const colon = element.includes(':') ? ':' : ''
    const digits = element.replace(/[-Z:]/g, '').length / 2
    const pattern = new RegExp(`^[+-]${Array.from({ length: digits }, () => '\\d\\d').join(colon)}`)
    const text = this.#take(pattern, element)
    const [hours = 0, minutes = 0, seconds = 0] = (text.slice(1).replaceAll(':', '').match(/\d\d/g) ?? []).map(Number)
    if (hours > 24) throw this.#outOfRange('time zone offset hour')
    if (minutes > 60) throw this.#outOfRange('time zone offset minute')
    const size = hours * 3600 + minutes * 60 + seconds
    this.#offset = text.startsWith('-') ? -size : size
  }

  #result(): bigint {
    let hour = this.#hour
    if (this.#afternoon === true && hour < 12) hour += 12
    else if (this.#afternoon === false && hour === 12) hour = 0
    this.#fromYearDay()
    const month = this.#month < 0 ? 1 : this.#month
    const day = this.#day < 0 ? 1 : this.#day
    const last = new Date(0)
    last.setUTCFullYear(this.#year, month, 0)
    if (day < 1 || day > last.getUTCDate()) throw this.#outOfRange('day')
    const clock = { hour, minute: this.#minute, second: this.#second, nanosecond: this.#nanosecond }
    const time = fromCivil({ year: this.#year, month, day, ...clock }, UTC) ?? 0n
    const gmt = /^GMT([+-]\d+)$/.exec(this.#zoneName)
    const offset = this.#offset ?? (gmt === null ? 0 : Number(gmt[1]) * 3600)
    return time - BigInt(offset) * BILLION
  }

  #fromYearDay(): void {
    if (this.#yearDay < 0) return
    const date = new Date(0)
    date.setUTCFullYear(this.#year, 0, this.#yearDay)
    if (this.#yearDay < 1 || date.getUTCFullYear() !== this.#year) throw this.#outOfRange('day-of-year')
    this.#month = date.getUTCMonth() + 1
    this.#day = date.getUTCDate()
  }
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  '\u00b5s': 1000n,
  '\u03bcs': 1000n,
  ms: 1_000_000n,
  s: BILLION,
  m: 60n * BILLION,
  h: 3600n * BILLION,
  d: 86_400n * BILLION,
  w: 604_800n * BILLION,
  y: 31_536_000n * BILLION,
}

/** Nanoseconds of `1h30m` and the like; days, weeks and years of 365 days too. Throws `TimeError`. */
export function parseDuration(text: string): bigint {
  const invalid = new TimeError(`time: invalid duration ${JSON.stringify(text)}`)
  const [sign = ''] = /^[+-]/.exec(text) ?? []
  const body = text.slice(sign.length)
  if (body === '0') return 0n
  let total = 0n
  let last = 0
  for (const match of body.matchAll(/(\d*)(?:\.(\d*))?([^\d.]+)/g)) {
    const [all, whole = '', part = '', unit = ''] = match
    if (match.index !== last || whole + part === '') throw invalid
    last = match.index + all.length
    const size = UNITS[unit]
    if (size === undefined) {
      throw new TimeError(`time: unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`)
    }
    total += (BigInt(whole + part) * size) / 10n ** BigInt(part.length)
  }
  if (last === 0 || last !== body.length) throw invalid
  if (total >= 2n ** 63n + (sign === '-' ? 1n : 0n)) throw invalid
  return sign === '-' ? -total : total
}
