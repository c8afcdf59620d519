/** Go's base64 decoders, with the place of the first error. */

export class Base64Error extends Error {
  constructor(at: number) {
    super(`illegal base64 data at input byte ${at}`)
  }
}

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Line ends are skipped. Throws `Base64Error`. */
export function decodeBase64(text: string, options: { url?: boolean; padded?: boolean } = {}): Buffer {
  const alphabet = options.url === true ? URL_SAFE : STANDARD
  const padded = options.padded !== false
  const bytes = Buffer.from(text, 'utf8')
  let digits = ''
  for (let at = 0; at < bytes.length; at++) {
    const character = String.fromCharCode(bytes[at] ?? 0)
    if (character === '\n' || character === '\r') continue
    if (character === '=' && padded) {
      checkPadding(bytes, at, digits.length % 4)
      return Buffer.from(digits, 'base64')
    }
    if (!alphabet.includes(character)) throw new Base64Error(at)
    digits += character
  }
  const rest = digits.length % 4
  if (rest === 1 || (rest !== 0 && padded)) throw new Base64Error(bytes.length - rest)
  return Buffer.from(digits, 'base64')
}

/** After two digits stand two signs, after three one, and nothing behind them. */
function checkPadding(bytes: Buffer, first: number, digits: number): void {
  const skip = (from: number): number => {
    let at = from
    while (bytes[at] === 10 || bytes[at] === 13) at++
    return at
  }
  if (digits < 2) throw new Base64Error(first)
  let at = skip(first + 1)
  if (digits === 2) {
    if (at >= bytes.length) throw new Base64Error(bytes.length)
    if (bytes[at] !== 0x3d) throw new Base64Error(at)
    at = skip(at + 1)
  }
  if (at < bytes.length) throw new Base64Error(at)
}
