import { createHash, createHmac } from 'node:crypto'
import { formatTime } from '../go/time.ts'
import { UTC } from '../go/time-zone.ts'
import { toBigInt } from '../number/decimal.ts'
import { jsonText } from '../value/json.ts'
import { printValue } from '../value/print.ts'
import { RegoObject, RegoSet, type Value } from '../value/value.ts'
import { define, numberOperand, objectOperand, OperandError, wrongOperand } from './builtin.ts'
import { goJsonString } from './encoding.ts'
import { any, anyObject, number, objectOf, string } from './types.ts'
import { urlOf } from './uri.ts'

const REQUIRED_CONFIG = ['aws_service', 'aws_access_key', 'aws_secret_access_key', 'aws_region']

/** The parameters of a request, as `http.send` has them. */
const REQUEST = new Set([
  'method',
  'url',
  'body',
  'enable_redirect',
  'force_json_decode',
  'force_yaml_decode',
  'headers',
  'raw_body',
  'tls_use_system_certs',
  'tls_ca_cert',
  'tls_ca_cert_file',
  'tls_ca_cert_env_variable',
  'tls_client_cert',
  'tls_client_cert_file',
  'tls_client_cert_env_variable',
  'tls_client_key',
  'tls_client_key_file',
  'tls_client_key_env_variable',
  'tls_insecure_skip_verify',
  'tls_server_name',
  'timeout',
  'cache',
  'force_cache',
  'force_cache_duration_seconds',
  'raise_error',
  'caching_mode',
  'max_retry_attempts',
  'cache_ignored_headers',
])
const UNSIGNED = new Set(['authorization', 'user-agent', 'x-amzn-trace-id'])

function refuse(position: number, problem: string, names: readonly Value[]): void {
  if (names.length > 0) throw new OperandError(`operand ${position} ${problem}: ${printValue(RegoSet.of(names))}`)
}

function checkRequest(request: RegoObject): void {
  const keys = request.keys()
  refuse(
    1,
    'invalid request parameters(s)',
    keys.filter((key) => typeof key !== 'string' || !REQUEST.has(key)),
  )
  refuse(
    1,
    'missing required request parameters(s)',
    ['method', 'url'].filter((name) => !request.has(name)),
  )
}

function checkConfig(config: RegoObject): void {
  refuse(
    2,
    'missing required AWS config parameters(s)',
    REQUIRED_CONFIG.filter((name) => !config.has(name)),
  )
  const wrong = REQUIRED_CONFIG.filter((name) => typeof config.getString(name) !== 'string')
  refuse(2, 'invalid values for required AWS config parameters(s)', wrong)
}

function text(object: RegoObject, name: string): string {
  const value = object.getString(name)
  return typeof value === 'string' ? value : ''
}

function bodyOf(request: RegoObject): string {
  if (request.has('raw_body')) return text(request, 'raw_body')
  const body = request.getString('body')
  return body === undefined ? '' : jsonText(body, goJsonString)
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex')
}

function mac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}

function sign(request: RegoObject, config: RegoObject, time: bigint): Value {
  const wrong = ['method', 'url'].filter((name) => typeof request.getString(name) !== 'string')
  refuse(1, 'invalid values for required request parameters(s)', wrong)
  const given = request.getString('headers') ?? RegoObject.empty
  if (!(given instanceof RegoObject)) throw wrongOperand(-1, given, 'object')
  const unsigned = config.getString('disable_payload_signing') ?? false
  if (typeof unsigned !== 'boolean') {
    throw new OperandError("operand 2 invalid value for 'disable_payload_signing' in AWS config")
  }
  const url = urlOf(text(request, 'url'))
  const service = text(config, 'aws_service')
  const content = unsigned ? 'UNSIGNED-PAYLOAD' : sha256(bodyOf(request))
  const day = formatTime(time, UTC, '20060102')
  const stamp = formatTime(time, UTC, '20060102T150405Z')

  const own = new Map([
    ['host', url.host],
    ['x-amz-date', stamp],
  ])
  if (service === 's3' || service === 'glacier') own.set('x-amz-content-sha256', content)
  if (text(config, 'aws_session_token') !== '') own.set('x-amz-security-token', text(config, 'aws_session_token'))
  const signed = new Map(own)
  const all = new Map<string, string>()
  for (const [key, value] of given) {
    if (typeof key !== 'string') continue
    const header = typeof value === 'string' ? value : ''
    all.set(key, header)
    if (!UNSIGNED.has(key.toLowerCase())) signed.set(key.toLowerCase(), header)
  }

  const names = [...signed.keys()].sort()
  const headers = names.map((name) => `${name}:${signed.get(name) ?? ''}\n`).join('')
  const list = names.join(';')
  const canonical = [text(request, 'method'), url.escapedPath, url.rawQuery, headers, list, content].join('\n')
  const scope = `${day}/${text(config, 'aws_region')}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(mac, `AWS4${text(config, 'aws_secret_access_key')}`)
  const credential = `${text(config, 'aws_access_key')}/${scope}`
  const signature = mac(key, toSign).toString('hex')
  all.set('Authorization', `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${list},Signature=${signature}`)
  for (const [name, value] of own) all.set(name, value)
  return RegoObject.of([...request.entries(), ['headers', RegoObject.of(all)]])
}

export const aws = define('providers', [
  {
    name: 'providers.aws.sign_req',
    args: [
      ['request', objectOf(string, any), 'the request: `method`, `url`, `headers`, `body` or `raw_body`'],
      ['aws_config', objectOf(string, any), 'credentials, region and service'],
      ['time_ns', number, 'when it is signed, in nanoseconds since 1970'],
    ],
    result: [anyObject, 'the request with the headers of the signature'],
    description: 'Signs a request with version 4 of the AWS signature. Nothing is sent.',
    evaluate: (args) => {
      const request = objectOperand(args, 0)
      const config = objectOperand(args, 1)
      checkConfig(config)
      const time = toBigInt(numberOperand(args, 2))
      if (time === undefined || BigInt.asIntN(64, time) !== time) {
        throw new OperandError('operand 3 could not convert time_ns value into a unix timestamp')
      }
      checkRequest(request)
      return sign(request, config, time)
    },
  },
])
