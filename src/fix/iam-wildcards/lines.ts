import { LineMap } from '../../text/line-map.ts'
import type { TextFile } from './statement.ts'

const known = new WeakMap<TextFile, LineMap>()

export function lineMapOf(file: TextFile): LineMap {
  const there = known.get(file) ?? new LineMap(file.text)
  known.set(file, there)
  return there
}
