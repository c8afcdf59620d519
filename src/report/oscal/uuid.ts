import { createHash } from 'node:crypto'

/** Names that this program makes: a version 5 UUID of the tool's own, so that nobody else's names meet ours. */
const NAMESPACE = Buffer.from('6f1c1a5e6b5c5d0f9b1e7b0f2a9d4c11', 'hex')

/** RFC 9562, version 5: the same name, the same UUID. */
export function uuidOf(...name: readonly string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(name.join('\u0000')).digest().subarray(0, 16)
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6)
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
