import { attributeOf, containerOf, type WrittenContainer } from '../../edit/hcl/index.ts'
import type { Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { isWide } from '../../resources/aws/cidrs.ts'
import { type Direction, type IngressRule, rulesOf } from '../../resources/aws/security-group-rules.ts'
import { groupsOf } from '../../resources/aws/security-group-users.ts'
import { type Estate, oncePerEstateAnd } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'

/**
 * How a rule is written: a nested block, an object of a list (`ingress = [{...}]`, JSON syntax), a resource that takes
 * lists of ranges, or a resource for one range.
 */
type Form = 'block' | 'object' | 'rule' | 'single'

/** One rule of a security group, as it can be edited. */
export interface RuleView {
  readonly estate: Estate
  readonly direction: Direction
  readonly form: Form
  readonly rule: IngressRule
  readonly resource: TerraformResource
  /** The group that it belongs to, if that is declared here. */
  readonly group: TerraformResource | undefined
  readonly written: WrittenContainer
}

/** Ranges of one address family in a rule. */
export interface Ranges {
  readonly place: Place
  readonly family: 4 | 6
  /** True if some of them let in much of the internet. */
  readonly wide: boolean
  /** The others as expressions of the rule's own module; undefined if one of them cannot be written there. */
  readonly kept: readonly string[] | undefined
}

const FORMS: Readonly<Record<string, Form>> = {
  aws_security_group_rule: 'rule',
  aws_vpc_security_group_ingress_rule: 'single',
  aws_vpc_security_group_egress_rule: 'single',
}

/** The rules of a resource in both directions. */
export function rulesIn(resource: TerraformResource): readonly { direction: Direction; rule: IngressRule }[] {
  const place = Place.of(resource)
  const directions: readonly Direction[] =
    resource.type === 'aws_vpc_security_group_egress_rule'
      ? ['egress']
      : resource.type === 'aws_vpc_security_group_ingress_rule'
        ? ['ingress']
        : ['ingress', 'egress']
  return directions.flatMap((direction) => {
    const reading = rulesOf(place, direction)
    return reading.kind === 'rules' ? reading.rules.map((rule) => ({ direction, rule })) : []
  })
}

/** The rule that a finding points into; undefined if it is not written out in the project's own files. */
export function viewOf(estate: Estate, at: Place): RuleView | undefined {
  const { resource } = at
  if (resource.kind !== 'terraform' || resource.source?.editable !== true) return undefined
  const found = rulesIn(resource).find(({ rule }) => startsWith(at.path, rule.place.path))
  return found === undefined ? undefined : viewRule(estate, resource, found.direction, found.rule)
}

function viewRule(
  estate: Estate,
  resource: TerraformResource,
  direction: Direction,
  rule: IngressRule,
): RuleView | undefined {
  const written = containerOf(rule.place)
  if (written === undefined || !estate.isOwn(written.document.path)) return undefined
  const [group] = groupsOf(Place.of(resource), estate)
  const form = FORMS[resource.type] ?? (written.container.kind === 'block' ? 'block' : 'object')
  const known = group?.kind === 'terraform' && GROUPS.has(group.type) ? group : undefined
  return { estate, direction, form, rule, resource, group: known, written }
}

const GROUPS: ReadonlySet<string> = new Set(['aws_security_group', 'aws_default_security_group'])

function startsWith(path: Place['path'], start: Place['path']): boolean {
  return start.every((step, i) => path[i] === step)
}

/** The rules that the same text writes: instances of `count`, `for_each`, `dynamic` and module calls. */
export function instancesOf({ estate, resource, written }: RuleView): readonly RuleView[] {
  const block = resource.source?.block
  if (block === undefined) return []
  return viewsOf(estate, block).filter((view) => view.written.container === written.container)
}

/** A module that is called everywhere has many instances, and the finding of each asks for all of them. */
const viewsOf = oncePerEstateAnd((estate, block: Block): readonly RuleView[] =>
  estate
    .instancesOf(block)
    .filter(({ dormant }) => !dormant)
    .flatMap((other) =>
      rulesIn(other).flatMap(({ direction, rule }) => viewRule(estate, other, direction, rule) ?? []),
    ),
)

const rangesOfRule = new WeakMap<IngressRule, readonly Ranges[]>()

export function rangesOf({ rule }: RuleView): readonly Ranges[] {
  const known =
    rangesOfRule.get(rule) ??
    rule.cidrs.flatMap(({ place, family }) => (place.absent ? [] : [readRanges(place, family)]))
  rangesOfRule.set(rule, known)
  return known
}

function readRanges(place: Place, family: 4 | 6): Ranges {
  const { value } = place
  const items = value?.kind === 'list' ? place.items() : [place]
  const open = (item: Place): boolean => (item.value === undefined ? false : opens(item.value))
  const kept = items.filter((item) => !open(item)).map((item) => writtenAs(place, item))
  const readable = kept.every((text) => text !== undefined) && (value?.kind !== 'list' || value.rest === undefined)
  return {
    place,
    family,
    wide: items.some(open),
    kept: readable ? kept.filter((text) => text !== undefined) : undefined,
  }
}

function opens(value: Value): boolean {
  if (value.kind === 'unknown') return value.candidates?.every(opens) ?? false
  if (value.kind === 'list') return value.items.some(opens)
  const text = asString(value)
  return text !== undefined && isWide(text)
}

/** A range as it is written in the attribute itself, or as the literal that it is. */
function writtenAs(list: Place, item: Place): string | undefined {
  const own = attributeOf(list)
  const origin = item.value?.origin
  const inside =
    own !== undefined &&
    origin?.language === 'hcl' &&
    origin.document === own.document &&
    origin.node.span.start >= own.value.start &&
    origin.node.span.end <= own.value.end
  if (inside && own.document.syntax === 'native' && own.expression.kind === 'tuple') {
    return own.document.text.slice(origin.node.span.start, origin.node.span.end)
  }
  const text = item.value === undefined ? undefined : asString(item.value)
  return text === undefined ? undefined : JSON.stringify(text)
}

/** A list that stands outside of the rule: behind a variable, an argument of a call, an item that the rule is made for. */
export interface ListElsewhere {
  readonly document: HclDocument
  readonly node: Expression
  /** True where references mean nothing: defaults of variables, and `.tfvars` files. */
  readonly literalsOnly: boolean
}

export function listElsewhere({ estate }: RuleView, place: Place): ListElsewhere | undefined {
  const own = attributeOf(place)
  const origin = place.value?.origin
  if (own === undefined || origin?.language !== 'hcl' || origin.node.kind !== 'tuple') return undefined
  const { document, node } = origin
  if (own.expression === node || !estate.isOwn(document.path)) return undefined
  if (document === own.document && node.span.start >= own.value.start && node.span.end <= own.value.end)
    return undefined
  const block = document.body.items.find(
    (item) => item.span.start <= node.span.start && node.span.end <= item.span.end && item.kind === 'block',
  )
  const type = block?.kind === 'block' ? block.type : undefined
  return { document, node, literalsOnly: type === undefined || type === 'variable' }
}

/** The text of an attribute, on one line. */
export function writtenText(place: Place): string | undefined {
  const own = attributeOf(place)
  return own === undefined
    ? undefined
    : own.document.text.slice(own.value.start, own.value.end).replaceAll(/\s*\n\s*/g, ' ')
}

const PLAIN: ReadonlySet<Expression['kind']> = new Set(['tuple', 'template', 'variable', 'get-attribute', 'index'])

/**
 * How a list of ranges is written: plainly, as one branch of an expression (the text around it is given), or computed,
 * so that nothing can be taken out of it.
 */
export function listForm(place: Place): 'plain' | 'computed' | { readonly before: string; readonly after: string } {
  const own = attributeOf(place)
  if (own === undefined || PLAIN.has(own.expression.kind)) return 'plain'
  const origin = place.value?.origin
  const { text } = own.document
  if (origin?.language !== 'hcl' || origin.document !== own.document || origin.node.kind !== 'tuple') return 'computed'
  const { start, end } = origin.node.span
  if (start < own.value.start || end > own.value.end || own.expression.kind !== 'conditional') return 'computed'
  return { before: text.slice(own.value.start, start), after: text.slice(end, own.value.end) }
}

/** True if a list of ranges is written in the rule, and not behind a variable or the item that the rule is made for. */
export function isWrittenHere(place: Place): boolean {
  const kind = attributeOf(place)?.expression.kind
  return kind === 'tuple' || kind === 'template'
}
