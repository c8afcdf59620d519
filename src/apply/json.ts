import { createHash } from 'node:crypto'

export type JsonObject = Readonly<Record<string, unknown>>

export function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

export function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object in a state file; undefined if it is something else: state may come from a hostile repository. */
export function parseObject(data: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(data).toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A state file that does not have the shape that this program writes. */
export class MalformedState extends Error {}

function malformed(key: string): never {
  throw new MalformedState(`"${key}" is not what this program writes`)
}

export function readString(object: JsonObject, key: string): string {
  const value = object[key]
  return typeof value === 'string' ? value : malformed(key)
}

export function readOneOf<T extends string>(object: JsonObject, key: string, allowed: readonly T[]): T {
  const value = object[key]
  return allowed.find((one) => one === value) ?? malformed(key)
}

export function readBoolean(object: JsonObject, key: string): boolean {
  const value = object[key]
  return typeof value === 'boolean' ? value : malformed(key)
}

export function readCount(object: JsonObject, key: string): number {
  const value = object[key]
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : malformed(key)
}

/** Permission bits, or null where there is no file. */
export function readMode(object: JsonObject, key: string): number | null {
  const value = object[key]
  if (value === null) return null
  const mode = readCount(object, key)
  return mode <= 0o777 ? mode : malformed(key)
}

/** A sha256 in hexadecimal, or null where there is no file. */
export function readHash(object: JsonObject, key: string): string | null {
  const value = object[key]
  if (value === null) return null
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : malformed(key)
}

export function readStrings(object: JsonObject, key: string): string[] {
  const value = object[key]
  if (!Array.isArray(value)) return malformed(key)
  return value.map((item: unknown) => (typeof item === 'string' ? item : malformed(key)))
}

export function readObject(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : malformed(key)
}

export function readObjects(object: JsonObject, key: string): JsonObject[] {
  const value = object[key]
  if (!Array.isArray(value)) return malformed(key)
  return value.map((item: unknown) => (isObject(item) ? item : malformed(key)))
}
