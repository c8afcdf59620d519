import type { Framework } from '../compliance/framework.ts'
import { FRAMEWORKS, frameworkById } from '../compliance/frameworks/index.ts'
import { nearest } from '../text/nearest.ts'
import { UsageError } from './project/root.ts'

/** @throws UsageError naming the nearest framework */
export function findFramework(id: string): Framework {
  const framework = frameworkById(id)
  if (framework !== undefined) return framework
  const ids = FRAMEWORKS.map((known) => known.id)
  const hint = nearest(id, ids)
  throw new UsageError(
    `no framework ${id}${hint === undefined ? '' : `; did you mean ${hint}?`} (known: ${ids.join(', ')})`,
  )
}
