import type { Attribute, Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import type { Value } from '../../resources/value.ts'
import { type Span, spanContains } from '../../text/span.ts'
import { type Container, findAttribute, type HclEdits, valueText } from './edits.ts'
import type { EditRefusal } from './refusal.ts'
import { type HclValue, jsonValue } from './spec.ts'

/** A block, or in JSON syntax an object, with the file it is in. */
export interface WrittenContainer {
  readonly document: HclDocument
  readonly container: Container
}

export interface SetOptions {
  /** Where the value is computed, replace the expression that the attribute has in the resource's own block. */
  readonly orReplace?: boolean
}

/**
 * Makes a place have a value by editing what wrote it: the literal in the resource, or the default, the argument or the
 * `.tfvars` line behind the variable that it names; an absent attribute is added to its block.
 * @returns why it cannot be done, or undefined after adding the edit
 */
export function setPlace(
  edits: HclEdits,
  estate: Estate,
  place: Place,
  value: HclValue,
  options: SetOptions = {},
): EditRefusal | undefined {
  const unable = notEditable(place)
  if (unable !== undefined) return unable
  const origin = place.value?.origin
  if (origin === undefined) return place.value === undefined ? addToParent(edits, estate, place, value) : ownAttribute()
  if (!estate.isOwn(origin.document.path)) {
    return options.orReplace === true
      ? ownAttribute()
      : { refused: `the value comes from ${origin.document.path}, which is not part of this project` }
  }
  if (origin.language === 'yaml') return { refused: 'the value comes from a YAML file' }
  if (origin.language === 'embedded-json') {
    edits.replace(origin.document, origin.span, JSON.stringify(jsonValue(value)))
    return undefined
  }
  const { document, node } = origin
  if (node.kind !== 'attribute' && node.kind !== 'block' && isPlainLiteral(node) && standsAlone(document, node)) {
    edits.replace(document, node.span, valueText(document, value))
    return undefined
  }
  return ownAttribute()

  function ownAttribute(): EditRefusal | undefined {
    const own = attributeOf(place)
    if (own === undefined || options.orReplace !== true)
      return { refused: 'the value is computed, not written as a literal' }
    if (!estate.isOwn(own.document.path)) return { refused: 'the value is set in a downloaded module' }
    edits.replace(own.document, own.value, valueText(own.document, value))
    return undefined
  }
}

/** Sets an attribute in its own block whatever wrote its value so far: for references, which mean nothing elsewhere. */
export function setOwnAttribute(
  edits: HclEdits,
  estate: Estate,
  place: Place,
  value: HclValue,
): EditRefusal | undefined {
  const unable = notEditable(place)
  if (unable !== undefined) return unable
  const own = attributeOf(place)
  if (own === undefined) return addToParent(edits, estate, place, value)
  if (!estate.isOwn(own.document.path)) return { refused: 'the value is set in a downloaded module' }
  edits.replace(own.document, own.value, valueText(own.document, value))
  return undefined
}

/** Why nothing can be edited in a place's resource. */
export function notEditable(place: Place): EditRefusal | undefined {
  const { resource } = place
  if (resource.kind !== 'terraform') return { refused: 'the resource is not written in Terraform' }
  if (resource.source === undefined)
    return { refused: 'the resource was read from a plan: change the code that it was made from' }
  if (!resource.source.editable) return { refused: 'the resource belongs to a downloaded module' }
  if (!place.certain) return { refused: 'it stands in a dynamic block whose for_each is not known' }
  return undefined
}

/** True if the value that a place has is written as one literal that can be replaced where it stands. */
export function isWrittenLiteral(estate: Estate, place: Place): boolean {
  const origin = place.value?.origin
  if (origin?.language !== 'hcl' || !estate.isOwn(origin.document.path)) return false
  const { document, node } = origin
  return node.kind !== 'attribute' && node.kind !== 'block' && isPlainLiteral(node) && standsAlone(document, node)
}

function addToParent(edits: HclEdits, estate: Estate, place: Place, value: HclValue): EditRefusal | undefined {
  const name = place.path.at(-1)
  const target = place.parent === undefined ? undefined : containerOf(place.parent)
  if (target === undefined || typeof name !== 'string')
    return { refused: 'the block that it belongs to is not written out' }
  if (!estate.isOwn(target.document.path)) return { refused: 'the block that it belongs to is in a downloaded module' }
  edits.setAttribute(target.document, target.container, name, value)
  return undefined
}

/** The block (or JSON object) that a place is the inside of: a resource, or a nested block of which there is one. */
export function containerOf(place: Place): WrittenContainer | undefined {
  const { resource } = place
  if (place.path.length === 0) {
    if (resource.kind !== 'terraform' || resource.source === undefined) return undefined
    return { document: resource.source.document, container: resource.source.block }
  }
  const body = onlyItem(place.value)
  const origin = body?.origin
  if (origin?.language !== 'hcl') return undefined
  const { node, document } = origin
  return node.kind === 'block' || node.kind === 'object' ? { document, container: node } : undefined
}

function onlyItem(value: Value | undefined): Value | undefined {
  return value?.kind === 'list' ? (value.items.length === 1 ? value.items[0] : undefined) : value
}

/** The expression that an attribute has in its own block, whatever wrote its value in the end. */
export function attributeOf(
  place: Place,
): { readonly document: HclDocument; readonly value: Span; readonly expression: Expression } | undefined {
  const name = place.path.at(-1)
  const target = place.parent === undefined ? undefined : containerOf(place.parent)
  if (target === undefined || typeof name !== 'string') return undefined
  const { document, container } = target
  if (container.kind === 'block') {
    const found = findAttribute(container, name)
    return found === undefined ? undefined : { document, value: found.value.span, expression: found.value }
  }
  const member = container.items.find(({ key, keyName }) => keyName === name || literalText(key) === name)
  return member === undefined ? undefined : { document, value: member.value.span, expression: member.value }
}

/** The text of a string that is written without interpolation. */
export function literalText(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined
  const texts = expression.parts.map((part) => (part.kind === 'text' ? part.value : undefined))
  return texts.every((text) => text !== undefined) ? texts.join('') : undefined
}

function isPlainLiteral(node: Expression): boolean {
  return node.kind === 'literal' || literalText(node) !== undefined
}

/** True unless a call, a condition or the like decides over the literal: then another value elsewhere is what is meant. */
function standsAlone(document: HclDocument, node: Expression): boolean {
  const attribute = enclosingAttribute(document.body.items, node.span)
  let at: Expression | undefined = attribute?.value
  while (at !== undefined && at !== node) {
    if (at.kind === 'parentheses') at = at.inner
    else if (at.kind === 'tuple') at = at.items.find((item) => spanContains(item.span, node.span))
    else if (at.kind === 'object') at = at.items.find((item) => spanContains(item.value.span, node.span))?.value
    else return false
  }
  return at === node
}

function enclosingAttribute(items: readonly (Attribute | Block)[], span: Span): Attribute | undefined {
  for (const item of items) {
    if (!spanContains(item.span, span)) continue
    return item.kind === 'attribute' ? item : enclosingAttribute(item.body.items, span)
  }
  return undefined
}
