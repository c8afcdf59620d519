/** An image reference taken apart: `registry.example/shop/backend:1.4@sha256:...`. */
export interface ImageReference {
  /** Empty if none is written, which means Docker Hub. */
  readonly registry: string
  /** `shop/backend`; `library/` and the registry are left out. */
  readonly repository: string
  readonly tag: string | undefined
  readonly digest: string | undefined
}

const REFERENCE = /^(?<name>[^@\s]+?)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>[\w+.-]+:[0-9a-fA-F]+))?$/

/** Undefined if the text is no image reference. */
export function parseImage(text: string): ImageReference | undefined {
  const groups = REFERENCE.exec(text)?.groups
  const name = groups?.['name']
  if (groups === undefined || name === undefined) return undefined
  const slash = name.indexOf('/')
  const host = slash === -1 ? '' : name.slice(0, slash)
  // Docker's rule: the first part is a registry if it could be a host, else a folder of Docker Hub.
  const registry = /[.:]/.test(host) || host === 'localhost' ? host : ''
  const path = registry === '' ? name : name.slice(slash + 1)
  return { registry, repository: path.replace(/^library\//, ''), tag: groups['tag'], digest: groups['digest'] }
}

/** True if a tool fills in what could hold the tag before a cluster sees the text: `${IMAGE}`, `app:$TAG`, `<image>`. */
export function isFilledIn(image: ImageReference): boolean {
  return image.tag === undefined && image.digest === undefined && /[$<>{}%]/.test(imageBaseName(image))
}

/** The last part of the repository's name: `backend`. */
export function imageBaseName(image: ImageReference): string {
  return image.repository.slice(image.repository.lastIndexOf('/') + 1)
}
