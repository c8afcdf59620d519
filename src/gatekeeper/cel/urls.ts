/** Kubernetes' functions over URLs, which are Go's. */
import type { Environment } from '@marcbachmann/cel-js'
import { parseUrl, type Url, UrlError } from '../../rego/go/url.ts'
import { mapOf } from './values.ts'

class CelUrl {
  readonly text: string
  readonly parts: Url

  constructor(text: string) {
    this.text = text
    this.parts = parseRequestUri(text)
  }
}

/**
 * As Go's `ParseRequestURI`: absolute, or a path.
 * @throws UrlError
 */
export function parseRequestUri(text: string): Url {
  if (text === '') throw new UrlError(text, 'empty url')
  if (!/^(?:[A-Za-z][A-Za-z0-9+.-]*)?:|^\/|^\*$/.test(text)) throw new UrlError(text, 'invalid URI for request')
  return parseUrl(text)
}

export function registerUrls(env: Environment): void {
  const sync = { async: false }
  env.registerType('URL', CelUrl)
  env.registerFunction(
    'url(string): URL',
    (text: string) => {
      try {
        return new CelUrl(text)
      } catch (error) {
        if (!(error instanceof UrlError)) throw error
        throw new Error(`URL parse error during conversion from string: ${error.message}`, { cause: error })
      }
    },
    sync,
  )
  env.registerFunction(
    'isURL(string): bool',
    (text: string) => {
      try {
        return parseRequestUri(text) !== undefined
      } catch {
        return false
      }
    },
    sync,
  )
  const part = (name: string, read: (parts: Url) => string): void => {
    env.registerFunction(`URL.${name}(): string`, ({ parts }: CelUrl) => read(parts), sync)
  }
  part('getScheme', ({ scheme }) => scheme)
  part('getHost', ({ host }) => host)
  part('getHostname', ({ hostname }) => hostname)
  part('getPort', ({ port }) => port)
  part('getEscapedPath', ({ escapedPath }) => escapedPath)
  env.registerFunction('URL.getQuery(): map<string, list<string>>', ({ parts }: CelUrl) => query(parts.rawQuery), sync)
  env.registerOperator('URL == URL', (a: CelUrl, b: CelUrl) => a.text === b.text)
}

/** Pairs that Go does not take, for a semicolon or a bad escape, are left out. */
function query(raw: string): unknown {
  const found = new Map<string, string[]>()
  for (const pair of raw.split('&')) {
    if (pair === '' || pair.includes(';') || /%(?![0-9A-Fa-f]{2})/.test(pair)) continue
    const [[key, value] = ['', '']] = new URLSearchParams(pair)
    found.set(key, [...(found.get(key) ?? []), value])
  }
  return mapOf([...found])
}
