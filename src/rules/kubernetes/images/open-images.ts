/** Why nothing can be said of a container without `image`: the API server takes none, so this is a part of a manifest. */
export const NO_IMAGE = 'it names no image; something else adds it before the cluster sees it'
/** Why nothing can be said of `image: $IMAGE`. */
export const FILLED_IN = 'a tool fills in the image before the cluster sees it'
