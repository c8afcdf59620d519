/** URLs as Go's `net/url` reads them: more than browsers accept, and nothing is normalised. */

export interface Url {
  readonly scheme: string
  /** With the port. */
  readonly host: string
  readonly hostname: string
  readonly port: string
  /** Without escapes. */
  readonly path: string
  /** As it was written, if that is not how the path is escaped by default; else empty. */
  readonly rawPath: string
  readonly escapedPath: string
  readonly rawQuery: string
  readonly fragment: string
}

export class UrlError extends Error {
  constructor(url: string, problem: string) {
    super(`parse ${JSON.stringify(url)}: ${problem}`)
  }
}

function unescape(url: string, text: string): string {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text)
  if (bad !== null) throw new UrlError(url, `invalid URL escape ${JSON.stringify(bad[0])}`)
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}

/** Throws `UrlError`. */
export function parseUrl(url: string): Url {
  if (/[\x00-\x1f\x7f]/.test(url)) throw new UrlError(url, 'net/url: invalid control character in URL')
  const [body = '', fragment = ''] = cut(url, '#')
  const colon = /^([^/?#:]*):/.exec(body)
  let scheme = ''
  let rest = body
  if (colon !== null) {
    if (colon[1] === '') throw new UrlError(url, 'missing protocol scheme')
    if (/^[A-Za-z][A-Za-z0-9+.-]*$/.test(colon[1] ?? '')) {
      scheme = (colon[1] ?? '').toLowerCase()
      rest = body.slice(colon[0].length)
    } else if (!body.startsWith('/')) throw new UrlError(url, 'first path segment in URL cannot contain colon')
  }
  const [beforeQuery = '', rawQuery = ''] = cut(rest, '?')
  let path = beforeQuery
  let host = ''
  const none = { host: '', hostname: '', port: '', path: '', rawPath: '', escapedPath: '' }
  if (!path.startsWith('/') && scheme !== '') return { ...none, scheme, rawQuery, fragment: unescape(url, fragment) }
  if (path.startsWith('//') && (scheme !== '' || !path.startsWith('///'))) {
    const slash = path.indexOf('/', 2)
    const authority = slash < 0 ? path.slice(2) : path.slice(2, slash)
    path = slash < 0 ? '' : path.slice(slash)
    host = authority.slice(authority.lastIndexOf('@') + 1)
  }
  const plain = unescape(url, path)
  const escaped = escapePath(plain)
  return {
    ...splitHost(url, host),
    scheme,
    path: plain,
    rawPath: path === escaped ? '' : path,
    escapedPath: /^[\w\-.~!$&'()*+,;=:@[\]/%]*$/.test(path) ? path : escaped,
    rawQuery,
    fragment: unescape(url, fragment),
  }
}

function escapePath(path: string): string {
  return encodeURI(path.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*#?]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function cut(text: string, separator: string): string[] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)]
}

function splitHost(url: string, host: string): Pick<Url, 'host' | 'hostname' | 'port'> {
  if (host.startsWith('[') && !host.includes(']')) throw new UrlError(url, "missing ']' in host")
  const match = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(host)
  const port = match?.[2] ?? ''
  if (match === null || !/^\d*$/.test(port)) {
    throw new UrlError(url, `invalid port ${JSON.stringify(host.slice(host.lastIndexOf(':')))} after host`)
  }
  const name = match[1] ?? ''
  if (/[\s<>"{}|\\^`]/.test(name)) {
    const bad = /[\s<>"{}|\\^`]/.exec(name)?.[0] ?? ''
    throw new UrlError(url, `invalid character ${JSON.stringify(bad)} in host name`)
  }
  return { host: unescape(url, host), hostname: unescape(url, name.replace(/^\[|\]$/g, '')), port }
}
