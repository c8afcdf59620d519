/** Values that look random and follow from the evaluation's seed. */
import { createHash } from 'node:crypto'
import { fromBigInt } from '../number/decimal.ts'
import { RegoObject, type Value } from '../value/value.ts'
import { bigIntOperand, define, operand, stringOperand } from './builtin.ts'
import { any, number, objectOf, string } from './types.ts'

function bytesOf(...parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

function formatUuid(bytes: Buffer): string {
  const hex = bytes.subarray(0, 16).toString('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function makeUuid(seed: string, key: string): string {
  const bytes = bytesOf('uuid', seed, key)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return formatUuid(bytes)
}

/** Between 1582-10-15, where UUIDs begin to count, and 1970, in steps of 100 ns. */
const UUID_EPOCH = 122_192_928_000_000_000n
const DOMAINS = ['Person', 'Group', 'Org']

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return 'RFC4122'
  if ((byte & 0xe0) === 0xc0) return 'Microsoft'
  return (byte & 0xe0) === 0xe0 ? 'Future' : 'Reserved'
}

function addressKind(byte: number): string {
  return `${(byte & 2) === 2 ? 'local' : 'global'}:${(byte & 1) === 1 ? 'multicast' : 'unicast'}`
}

function parseUuid(text: string): Value | undefined {
  const body =
    /^(?:urn:uuid:)?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$|^\{([^}]*)\}$|^([0-9a-f]{32})$/i.exec(
      text,
    )
  const hex = (body?.[1] ?? body?.[2] ?? body?.[3] ?? '').replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/i.test(hex)) return undefined
  const bytes = Buffer.from(hex, 'hex')
  const version = bytes.readUInt8(6) >> 4
  const fields: [string, Value][] = [
    ['version', version],
    ['variant', variantOf(bytes.readUInt8(8))],
  ]
  if (version === 1 || version === 2) {
    const high = (BigInt(bytes.readUInt16BE(6)) & 0xfffn) << 48n
    const ticks = high | (BigInt(bytes.readUInt16BE(4)) << 32n) | BigInt(bytes.readUInt32BE(0))
    fields.push(
      ['time', fromBigInt((ticks - UUID_EPOCH) * 100n)],
      [
        'nodeid',
        bytes
          .subarray(10)
          .toString('hex')
          .replace(/..(?!$)/g, '$&-'),
      ],
      ['macvariables', addressKind(bytes.readUInt8(10))],
      ['clocksequence', bytes.readUInt16BE(8) & 0x3fff],
    )
  }
  if (version === 2) {
    const domain = bytes.readUInt8(9)
    fields.push(['id', bytes.readUInt32BE(0)], ['domain', DOMAINS[domain] ?? `Domain${domain}`])
  }
  return RegoObject.of(fields)
}

export const random = define('random', [
  {
    name: 'rand.intn',
    args: [
      ['str', string, 'a name: the same one gives the same number during an evaluation'],
      ['n', number, 'above the greatest number'],
    ],
    result: [number, 'from 0 to below the size of `n`'],
    description: "A number that follows from the evaluation's seed.",
    nondeterministic: true,
    evaluate: (args, context) => {
      const name = stringOperand(args, 0)
      const given = bigIntOperand(args, 1)
      const limit = given < 0n ? -given : given
      if (limit === 0n) return 0
      return fromBigInt(BigInt(`0x${bytesOf('intn', context.seed, name, String(limit)).toString('hex')}`) % limit)
    },
  },
  {
    name: 'uuid.rfc4122',
    args: [['k', string, 'a name: the same one gives the same UUID during an evaluation']],
    result: [string, 'a UUID of version 4'],
    description: "A UUID that follows from the evaluation's seed.",
    nondeterministic: true,
    evaluate: (args, context) => makeUuid(context.seed, stringOperand(args, 0)),
  },
  {
    name: 'uuid.parse',
    args: [['uuid', string, 'a UUID']],
    result: [objectOf(string, any), '`version` and `variant`, and what versions 1 and 2 tell besides'],
    description: 'Reads a UUID; undefined if it is none.',
    evaluate: (args) => {
      const text = operand(args, 0)
      return parseUuid(typeof text === 'string' ? text : stringOperand(args, 0))
    },
  },
])
