/** Time zones by IANA name, from ICU's data; the zone of the host plays no part. */

export interface Zone {
  /** Seconds east of UTC at a time (in seconds since 1970). */
  offset(seconds: number): number
  /** What the clock is called there, such as `CET`. */
  abbreviation(seconds: number): string
}

export const UTC: Zone = { offset: () => 0, abbreviation: () => 'UTC' }

/** English-speaking places that between them know most abbreviations. */
const LOCALES = ['en-US', 'en-GB', 'en-AU', 'en-NZ', 'en-IN', 'en-ZA', 'en-CA']

/** A January and a July. */
const SAMPLES = [1_610_000_000, 1_625_000_000]

class IanaZone implements Zone {
  readonly #name: string
  readonly #offsets: Intl.DateTimeFormat
  #names: Intl.DateTimeFormat[] | undefined

  constructor(name: string) {
    this.#name = name
    this.#offsets = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  offset(seconds: number): number {
    const fields = new Map<string, string>()
    for (const { type, value } of this.#offsets.formatToParts(seconds * 1000)) fields.set(type, value)
    const field = (name: string) => Number(fields.get(name) ?? 0)
    const year = fields.get('era') === 'BC' ? 1 - field('year') : field('year')
    const local = new Date(0)
    local.setUTCFullYear(year, field('month') - 1, field('day'))
    local.setUTCHours(field('hour'), field('minute'), field('second'))
    return local.getTime() / 1000 - seconds
  }

  abbreviation(seconds: number): string {
    this.#names ??= LOCALES.map(
      (locale) => new Intl.DateTimeFormat(locale, { timeZone: this.#name, timeZoneName: 'short' }),
    )
    const offset = this.offset(seconds)
    // The data names clocks of our days only: an earlier one with the same offset is taken for the same.
    for (const time of [seconds, ...SAMPLES.filter((sample) => this.offset(sample) === offset)]) {
      for (const format of this.#names) {
        const name = format.formatToParts(time * 1000).find(({ type }) => type === 'timeZoneName')?.value ?? ''
        if (/^[A-Z]{2,5}$/.test(name)) return name
      }
    }
    const minutes = Math.abs(Math.trunc(offset / 60))
    const hours = String(Math.trunc(minutes / 60)).padStart(2, '0')
    const rest = minutes % 60 === 0 ? '' : String(minutes % 60).padStart(2, '0')
    return `${offset < 0 ? '-' : '+'}${hours}${rest}`
  }
}

const cache = new Map<string, Zone>()

/** Undefined for an unknown name. `Local` is unknown on purpose. */
export function findZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return UTC
  const known = cache.get(name)
  if (known !== undefined) return known
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return undefined
  try {
    const zone = new IanaZone(name)
    if (cache.size < 200) cache.set(name, zone)
    return zone
  } catch {
    return undefined
  }
}
