import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { define, stringOperand, type Declaration } from './builtin.ts'
import { boolean, string } from './types.ts'

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'

function digest(algorithm: Algorithm): Declaration {
  return {
    name: `crypto.${algorithm}`,
    args: [['x', string, 'a string']],
    result: [string, 'hexadecimal digits'],
    description: `The ${algorithm.toUpperCase()} digest of a string.`,
    evaluate: (args) => createHash(algorithm).update(stringOperand(args, 0)).digest('hex'),
  }
}

function keyedDigest(algorithm: Algorithm): Declaration {
  return {
    name: `crypto.hmac.${algorithm}`,
    args: [
      ['x', string, 'a string'],
      ['key', string, 'the key'],
    ],
    result: [string, 'hexadecimal digits'],
    description: `The ${algorithm.toUpperCase()} HMAC of a string.`,
    evaluate: (args) => {
      const text = stringOperand(args, 0)
      return createHmac(algorithm, stringOperand(args, 1)).update(text).digest('hex')
    },
  }
}

export const crypto = define('crypto', [
  digest('md5'),
  digest('sha1'),
  digest('sha256'),
  keyedDigest('md5'),
  keyedDigest('sha1'),
  keyedDigest('sha256'),
  keyedDigest('sha512'),
  {
    name: 'crypto.hmac.equal',
    args: [
      ['mac1', string, 'a digest'],
      ['mac2', string, 'another digest'],
    ],
    result: [boolean, 'whether they are equal'],
    description: 'Compares two digests in a time that says nothing about them.',
    evaluate: (args) => {
      const first = Buffer.from(stringOperand(args, 0))
      const second = Buffer.from(stringOperand(args, 1))
      return first.length === second.length && timingSafeEqual(first, second)
    },
  },
])
