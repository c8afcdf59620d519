import type { HclDocument } from '../../parse/hcl/ast.ts'
import { type JsonNode, type JsonObject, scanJson } from '../../parse/hcl/json-scan.ts'
import type { Span } from '../../text/span.ts'
import { lastOffset } from './deletion.ts'
import type { Container, Insertion } from './edits.ts'
import { type BlockSpec, type ItemSpec, jsonBody, type JsonData } from './spec.ts'
import { documentStyle, indentAt } from './style.ts'

/** New members of an object that is a block in JSON syntax. */
export function insertIntoJson(
  document: HclDocument,
  container: Container,
  items: readonly ItemSpec[],
): readonly Insertion[] {
  const inner =
    container.kind === 'block' ? container.body.span : { start: container.span.start + 1, end: container.span.end - 1 }
  const members = Object.entries(jsonBody(items))
  return [membersInsertion(document, inner, members)]
}

/** New top-level blocks, below the keys that are there; those that share a new key share it as one object. */
export function jsonBlockInsertions(document: HclDocument, specs: readonly BlockSpec[]): readonly Insertion[] {
  const { root } = scanJson(document.text)
  const targets = new Map<JsonObject | undefined, Map<string, JsonData>>()
  for (const spec of specs) {
    const path = [spec.type, ...spec.labels]
    let node = objectOf(root)
    let depth = 0
    for (const key of path) {
      const next = node?.members.findLast((member) => member.key.value === key)?.value
      const inner = next === undefined ? undefined : objectOf(next)
      if (inner === undefined) break
      node = inner
      depth++
    }
    const members = targets.get(node) ?? new Map<string, JsonData>()
    targets.set(node, members)
    addPath(members, path.slice(depth), jsonBody(spec.items))
  }
  return [...targets].map(([node, members]) => {
    const { start, end } = node?.span ?? { start: -1, end: document.text.length + 1 }
    return membersInsertion(document, { start: start + 1, end: end - 1 }, [...members])
  })
}

function addPath(members: Map<string, JsonData>, [key = '', ...rest]: readonly string[], value: JsonData): void {
  const there = members.get(key)
  const inner = new Map<string, JsonData>(isJsonObject(there) ? Object.entries(there) : [])
  if (rest.length === 0) {
    members.set(key, value)
    return
  }
  addPath(inner, rest, value)
  members.set(key, Object.fromEntries(inner))
}

function isJsonObject(data: JsonData | undefined): data is { readonly [key: string]: JsonData } {
  return typeof data === 'object' && !Array.isArray(data)
}

/** An object, or the last object of an array: several bodies count as one. */
function objectOf(node: JsonNode): JsonObject | undefined {
  if (node.kind === 'object') return node
  return node.kind === 'array' ? node.items.findLast((item) => item.kind === 'object') : undefined
}

function membersInsertion(document: HclDocument, inner: Span, members: readonly [string, JsonData][]): Insertion {
  const { text, lines } = document
  const { eol, step } = documentStyle(document)
  const last = lastOffset(text, inner)
  const empty = last === inner.start
  const oneLine = !empty && lines.position(inner.start).line === lines.position(inner.end).line
  if (oneLine) {
    return {
      offset: last,
      text: members.map(([key, value]) => `, ${JSON.stringify(key)}: ${JSON.stringify(value)}`).join(''),
    }
  }
  const outer = indentAt(document, inner.start)
  const indent = outer + step
  const rendered = members.map(([key, value]) => {
    const [first = '', ...more] = JSON.stringify(value, null, step).split('\n')
    return [`${indent}${JSON.stringify(key)}: ${first}`, ...more.map((line) => indent + line)].join(eol)
  })
  if (!empty) return { offset: last, text: rendered.map((member) => `,${eol}${member}`).join('') }
  return {
    offset: inner.start,
    replaces: inner.end - inner.start,
    text: `${eol}${rendered.join(`,${eol}`)}${eol}${outer}`,
  }
}
