import { parseUrl, UrlError, type Url } from '../go/url.ts'
import { RegoObject, type Value } from '../value/value.ts'
import { BuiltinError, define, operand, stringOperand } from './builtin.ts'
import { boolean, objectOf, string } from './types.ts'

/** Throws `BuiltinError`. */
export function urlOf(text: string): Url {
  try {
    return parseUrl(text)
  } catch (error) {
    if (error instanceof UrlError) throw new BuiltinError(error.message)
    throw error
  }
}

function parse(text: string): Value {
  const url = urlOf(text)
  const parts: [string, string][] = [
    ['scheme', url.scheme],
    ['hostname', url.hostname],
    ['port', url.port],
    ['path', url.path],
    ['raw_path', url.rawPath === '' ? url.path : url.rawPath],
    ['raw_query', url.rawQuery],
    ['fragment', url.fragment],
  ]
  return RegoObject.of(parts.filter(([, value]) => value !== ''))
}

export const uri = define('uri', [
  {
    name: 'uri.parse',
    args: [['uri', string, 'a URI, absolute or relative']],
    result: [objectOf(string, string), '`scheme`, `hostname`, `port`, `path`, `raw_path`, `raw_query`, `fragment`'],
    description: 'Takes a URI apart; parts that are not there are left out.',
    evaluate: (args) => parse(stringOperand(args, 0)),
  },
  {
    name: 'uri.is_valid',
    args: [['uri', string, 'a string']],
    result: [boolean, 'whether it is a URI'],
    description: 'Whether a string, not empty, is a URI.',
    evaluate: (args) => {
      const text = operand(args, 0)
      if (typeof text !== 'string' || text === '') return false
      try {
        parseUrl(text)
        return true
      } catch {
        return false
      }
    },
  },
])
