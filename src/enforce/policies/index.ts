import { PLAIN_TEXT } from './cards.ts'
import { CLUSTER } from './cluster.ts'
import { HOST } from './host.ts'
import { IMAGES } from './images.ts'
import type { Policy } from './policy.ts'
import { RUNTIME } from './runtime.ts'
import { SECURITY_CONTEXT } from './security-context.ts'

/** The library under `policies/`, in the order of the names. */
export const POLICIES: readonly Policy[] = [
  ...SECURITY_CONTEXT,
  ...HOST,
  ...IMAGES,
  ...RUNTIME,
  ...PLAIN_TEXT,
  ...CLUSTER,
].sort((a, b) => (a.name < b.name ? -1 : 1))
