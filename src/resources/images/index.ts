import { oncePerEstateAnd } from '../estate.ts'
import { type ImageFacts, type ImageUser, officialImage } from './official.ts'
import { dockerfileFor, type OwnImage, readOwnImage } from './own.ts'
import { getRoutes, type HttpRoute } from './routes.ts'

export { type ImageFacts, type ImageUser, OFFICIAL_IMAGES, officialImage, publishedName } from './official.ts'
export { dockerfileFor, readOwnImage } from './own.ts'
export { type ImageReference, parseImage } from './reference.ts'

/** What the repository shows of an image that a container runs. */
export type KnownImage =
  | { readonly kind: 'official'; readonly facts: ImageFacts }
  | { readonly kind: 'own'; readonly image: OwnImage; readonly routes: readonly HttpRoute[] }

/** The published image that a container's image is, or is built upon. */
export function imageFacts(known: KnownImage | undefined): ImageFacts | undefined {
  return known?.kind === 'official' ? known.facts : known?.image.base
}

/**
 * The account that owns a service's files, which makes it the only one the service can run as: the published image's
 * own, or that of the database image that the repository's image is built upon.
 */
export function serviceUser(known: KnownImage | undefined): ImageUser | undefined {
  if (known?.kind === 'official') return known.facts.user
  const base = known?.image.base
  return base !== undefined && base.data.length > 0 ? base.user : undefined
}

/**
 * What is known of an image: from the repository's own Dockerfile and the source beside it, or from the table of
 * published images. Read once per estate.
 */
export const knownImage = oncePerEstateAnd((estate, text: string): KnownImage | undefined => {
  const facts = officialImage(text)
  if (facts !== undefined) return { kind: 'official', facts }
  const path = dockerfileFor(text, estate.files)
  const source = path === undefined ? undefined : estate.files.get(path)
  const image = path === undefined || source === undefined ? undefined : ownImage(path, source)
  if (image === undefined) return undefined
  let routes: readonly HttpRoute[] | undefined
  return {
    kind: 'own',
    image,
    // Reading the sources takes longer than all else here, and only a missing probe asks for them.
    get routes() {
      return (routes ??= getRoutes(image.folder, estate.files))
    },
  }
})

/** By path: the last text and what it says. An audit that follows an edit meets the others as they were. */
const OWN = new Map<string, { readonly text: string; readonly image: OwnImage | undefined }>()

function ownImage(path: string, text: string): OwnImage | undefined {
  const known = OWN.get(path)
  if (known?.text === text) return known.image
  const image = readOwnImage(path, text)
  OWN.set(path, { text, image })
  return image
}
