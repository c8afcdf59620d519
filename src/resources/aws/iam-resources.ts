import { asString } from '../place.ts'
import type { Value } from '../value.ts'

/** Stands for what is not known in a text: an account id, a region. */
export const UNKNOWN_PART = '\u0001'
/** Resource texts that leave nothing out. */
export const EVERY_RESOURCE = /^(?:\*+|arn(?::\*+|:aws[a-z-]*)?:[*:]*\*)$/
/** What an ARN ends with that leaves nothing of its service, or of one type of it, out. */
export const EVERY_OF_A_SERVICE = /^(?:\*|\*\/\*|[a-z-]+[/:]\*)$/
/** Where an ARN ends with a name and no type: `arn:aws:s3:::receipts/*` is one bucket. */
const UNTYPED = new Set(['s3', 'sns', 'sqs'])

/** `arn:aws:s3:::*`, `arn:aws:iam::123456789012:role/*` */
export function isEveryOf(service: string, arn: string): boolean {
  const [scheme, , owner, , , ...rest] = arn.split(':')
  const name = rest.join(':')
  const every = UNTYPED.has(service) ? /^\*(?:\/\*)?$/ : EVERY_OF_A_SERVICE
  return scheme === 'arn' && owner === service && every.test(name)
}

/** A text with what is not known in it marked; undefined if it is not a text or nothing of it is known. */
export function textOf(value: Value | undefined): string | undefined {
  if (value === undefined) return undefined
  if (value.kind !== 'unknown') return asString(value)
  if (value.parts === undefined) return undefined
  return value.parts.map((part) => (typeof part === 'string' ? part : (textOf(part) ?? UNKNOWN_PART))).join('')
}
