/** Builtins that need the parser or the evaluator, and those that would reach out of the process: these are declared and off. */
import { BuiltinError, objectOperand, OperandError, stringOperand, type Builtin } from './builtins/builtin.ts'
import { any, anyObject, boolean, string } from './builtins/types.ts'
import { RegoErrors } from './errors.ts'
import { moduleJson } from './module-json.ts'
import { parseModule } from './parser/parser.ts'
import { displayValue, printValue } from './value/print.ts'
import { RegoObject, RegoSet, type Value } from './value/value.ts'

const REQUEST_KEYS = new Set(
  (
    'method url body enable_redirect force_json_decode force_yaml_decode headers raw_body tls_use_system_certs tls_ca_cert ' +
    'tls_ca_cert_file tls_ca_cert_env_variable tls_client_cert tls_client_cert_file tls_client_cert_env_variable tls_client_key ' +
    'tls_client_key_file tls_client_key_env_variable tls_insecure_skip_verify tls_server_name timeout cache force_cache ' +
    'force_cache_duration_seconds raise_error caching_mode max_retry_attempts cache_ignored_headers'
  ).split(' '),
)

/** A request that OPA would refuse is refused in the same words; every other one fails because there is no network. */
function httpSend(args: readonly Value[]): never {
  const request = objectOperand(args, 0)
  const unknown = [...request.keys()].filter((key) => typeof key !== 'string' || !REQUEST_KEYS.has(key))
  if (unknown.length > 0)
    throw new OperandError(`operand 1 invalid request parameters(s): ${printValue(RegoSet.of(unknown))}`)
  const missing = ['method', 'url'].filter((key) => !request.has(key))
  if (missing.length > 0)
    throw new OperandError(`operand 1 missing required request parameters(s): ${printValue(RegoSet.of(missing))}`)
  throw new BuiltinError('is off: evaluation is offline')
}

function parse(args: readonly Value[]): Value {
  const file = stringOperand(args, 0)
  const text = stringOperand(args, 1)
  try {
    return moduleJson(parseModule(file, text, { version: 'v0' }))
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error
    throw new BuiltinError(String(error.errors[0]).replace(/^.*?: (?=rego_)/, ''))
  }
}

export const engineBuiltins: readonly Builtin[] = [
  {
    name: 'http.send',
    category: 'http',
    description: 'Off: evaluation is offline. Can be replaced with `with` in tests.',
    args: [{ name: 'request', type: anyObject, description: 'the request' }],
    result: { type: anyObject, description: 'the response' },
    deterministic: false,
    evaluate: httpSend,
  },
  {
    name: 'opa.runtime',
    category: 'opa',
    description: 'An empty object: policies see nothing of the process.',
    args: [],
    result: { type: anyObject, description: 'an empty object' },
    deterministic: true,
    evaluate: () => RegoObject.empty,
  },
  {
    name: 'rego.parse_module',
    category: 'rego',
    description: 'Parses a module into an AST in the form of JSON.',
    args: [
      { name: 'filename', type: string, description: 'file name for the positions' },
      { name: 'rego', type: string, description: 'the module' },
    ],
    result: { type: anyObject, description: 'AST' },
    deterministic: true,
    evaluate: parse,
  },
  {
    name: 'print',
    category: 'print',
    description: 'Prints its arguments; the compiler sees to it that undefined ones are printed too.',
    args: [{ name: 'args', type: any, description: 'what to print' }],
    variadic: true,
    deterministic: false,
    evaluate: () => true,
  },
  {
    name: 'trace',
    category: 'tracing',
    description: 'Prints a note.',
    args: [{ name: 'note', type: string, description: 'the note' }],
    result: { type: boolean, description: 'true' },
    deterministic: false,
    evaluate(args, { print }) {
      print?.(displayValue(stringOperand(args, 0)))
      return true
    },
  },
]
