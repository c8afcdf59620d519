/** What the `source` of a module call leads to. */
export type ModuleSource =
  | { readonly kind: 'local' | 'registry' }
  /** A bucket or an archive: whoever can write there decides what comes. */
  | { readonly kind: 'archive' }
  | { readonly kind: 'git'; readonly ref: string | undefined }

/** Source: the "Module Sources" page of Terraform's documentation. */
export function moduleSource(text: string): ModuleSource {
  const source = text.trim()
  if (/^(?:\.{1,2}(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/.test(source)) return { kind: 'local' }
  if (/^(?:git::|git@|(?:www\.)?(?:github\.com|bitbucket\.org)[/:])/.test(source) || /\.git(?:$|[/?])/.test(source)) {
    return { kind: 'git', ref: refOf(source) }
  }
  if (/^(?:s3|gcs|hg|https?)::|^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return { kind: 'archive' }
  return { kind: 'registry' }
}

function refOf(source: string): string | undefined {
  const query = source.slice(source.indexOf('?') + 1)
  if (!source.includes('?')) return undefined
  const ref = new URLSearchParams(query).get('ref')
  return ref === null || ref === '' ? undefined : ref
}

/**
 * The hash of a commit: SHA-1, or SHA-256 in newer repositories; also abbreviated, as `ref` takes it. A date (`20260101`) is a
 * tag, and so is a word that happens to be hexadecimal (`facade`).
 */
export function isCommit(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref) || /^(?=\d*[a-f])(?=[a-f]*\d)[0-9a-f]{7,39}$/i.test(ref)
}

/** A tag that names a version: `v1.2.3`, `1.4`, `vpc/v2.0.1`, `release-3.1.0`. */
export function isVersionTag(ref: string): boolean {
  return /(?:^|[/_-])v?\d+\.\d+(?:\.\d+(?:[-+.][0-9A-Za-z.-]+)?)?$/.test(ref)
}

/** True if a version constraint has no upper bound, so that the next release comes by itself: `>= 1.2`. */
export function isOpenEnded(constraint: string): boolean {
  const parts = constraint.split(',').map((part) => part.trim())
  return parts.every((part) => part === '' || /^(?:>=?|!=)/.test(part))
}
