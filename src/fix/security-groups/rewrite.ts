import {
  attribute,
  attributeOf,
  type EditRefusal,
  folderOf,
  type HclValue,
  raw,
  rewriteAttributes,
  valueText,
} from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import { giveVariable } from '../shared/given-variable.ts'
import { variableName } from '../shared/callers.ts'
import type { FixSession } from '../shared/session.ts'
import type { Expression } from '../../parse/hcl/ast.ts'
import { adminValue, adminVariable } from './admins.ts'
import { addInside, addMore } from './more-rules.ts'
import { lookUp } from './peers.ts'
import { isBadAlone, planRule, type RulePlan } from './plan.ts'
import {
  instancesOf,
  isWrittenHere,
  listElsewhere,
  listForm,
  type Ranges,
  rangesOf,
  rulesIn,
  type RuleView,
  writtenText,
} from './view.ts'

/** What attributes of a rule become: expressions, or undefined for those that go. */
type Changes = Map<string, string | undefined>

const GROUP_ATTRIBUTE: Readonly<Record<RuleView['form'], string>> = {
  block: 'security_groups',
  object: 'security_groups',
  rule: 'source_security_group_id',
  single: 'referenced_security_group_id',
}

/** The plans of the instances that one piece of text writes, in the order of the findings. */
export interface Job {
  readonly view: RuleView
  readonly plan: RulePlan
}

/** Rewrites a rule, or the text that several rules are made from. */
export function rewriteRule(session: FixSession, given: readonly Job[], description?: string): EditRefusal | undefined {
  const [first] = given
  if (first === undefined) return undefined
  const jobs = [...given, ...likewise(session, given)]
  const kinds = new Map<string, Job[]>()
  for (const job of jobs) {
    const key = signature(job)
    kinds.set(key, [...(kinds.get(key) ?? []), job])
  }
  const planned = new Set(jobs.map(({ view }) => placeKey(view)))
  const others = instancesOf(first.view).filter((view) => !planned.has(placeKey(view)) && isOpen(view))
  const narrow = instancesOf(first.view).some((view) => !planned.has(placeKey(view)) && hasRanges(view))
  const elsewhere = editElsewhere(session, jobs)
  if (elsewhere === 'done')
    return description === undefined ? undefined : describeRule(session, first.view, description)
  if (elsewhere !== undefined) return elsewhere
  if (narrow && others.length === 0 && takesRanges(first))
    return {
      refused: 'the same text gives others narrow ranges, which they would lose: narrow the list where it is written',
    }
  if (kinds.size === 1 && others.length === 0) {
    const changes = changesOf(session, first)
    if (!(changes instanceof Map)) return changes
    if (description !== undefined) changes.set('description', JSON.stringify(description))
    return write(session, first, changes)
  }
  return rewriteByPort(session, first, [...kinds.values()], description)
}

/** Other rules of the same text that have the same fault: one cannot be mended without the others. */
function likewise({ values }: FixSession, jobs: readonly Job[]): readonly Job[] {
  const [first] = jobs
  if (first === undefined) return []
  const planned = new Set(jobs.map(({ view }) => placeKey(view)))
  const plans = new Set(jobs.map(signature))
  return instancesOf(first.view).flatMap((view) => {
    if (planned.has(placeKey(view)) || !isOpen(view) || !isBadAlone(view)) return []
    const plan = planRule(view, values)
    return 'refused' in plan || !plans.has(signature({ view, plan })) ? [] : [{ view, plan }]
  })
}

function signature({ plan, view }: Job): string {
  const { source, ports, kind } = plan
  const peer =
    source.kind === 'group' ? source.peer.expression : source.kind === 'network' ? source.network.expression : ''
  const wide = rangesOf(view).map((ranges) => `${ranges.family}${ranges.wide}${ranges.kept?.join()}`)
  return [kind, source.kind, peer, ports?.from, plan.inside?.expression, ...wide].join(' ')
}

function placeKey({ resource, rule }: RuleView): string {
  return `${resource.root}\u0000${resource.address}\u0000${rule.place.path.join('.')}`
}

function hasRanges(view: RuleView): boolean {
  return rangesOf(view).some(({ kept }) => kept === undefined || kept.length > 0)
}

/** Whether a plan replaces ranges that are not written in the rule itself. */
function takesRanges({ view, plan }: Job): boolean {
  return plan.source.kind !== 'same' && rangesOf(view).some(({ place, wide }) => wide && !isWrittenHere(place))
}

function isOpen(view: RuleView): boolean {
  return rangesOf(view).some(({ wide }) => wide)
}

/** One text for several ports (`for_each = [22, 443]`): each port gets what its own rule needs. */
function rewriteByPort(
  session: FixSession,
  { view }: Job,
  kinds: readonly (readonly Job[])[],
  description: string | undefined,
): EditRefusal | undefined {
  const refused = { refused: 'one text makes rules for several ports, which need different sources: write them apart' }
  const [from, to] = [view.rule.from, view.rule.to].map((place) => {
    const own = attributeOf(place)
    return own === undefined ? undefined : own.document.text.slice(own.value.start, own.value.end)
  })
  if (from === undefined || from !== to || view.written.document.syntax === 'json') return refused
  const combined: Changes = new Map()
  for (const jobs of kinds) {
    const [first] = jobs
    if (first === undefined || first.plan.ports !== undefined) return refused
    const ports = jobs.map((job) => job.view.rule.from.number())
    const known = ports.flatMap((port) => (port.kind === 'known' ? [port.value] : []))
    const changes = changesOf(session, first)
    if (!(changes instanceof Map)) return changes
    if (known.length < ports.length) return refused
    const port = first.view.rule.from.value?.kind === 'string' ? `tonumber(${from})` : from
    const condition = `contains([${[...new Set(known)].toSorted((a, b) => a - b).join(', ')}], ${port})`
    const none = view.form === 'block' || view.form === 'object' ? '[]' : 'null'
    for (const [name, value] of changes) {
      const before = combined.get(name) ?? writtenText(view.rule.place.get(name)) ?? none
      const rest = before.includes(' ? ') ? `(${before})` : before
      combined.set(name, `${condition} ? ${value ?? none} : ${rest}`)
    }
  }
  if (description !== undefined) combined.set('description', JSON.stringify(description))
  return write(session, { view }, combined)
}

/** What one rule's attributes become. */
function changesOf(session: FixSession, { view, plan }: Pick<Job, 'view' | 'plan'>): Changes | EditRefusal {
  const changes: Changes = new Map()
  const { source, ports } = plan
  if (ports !== undefined) {
    changes.set('from_port', String(ports.from))
    changes.set('to_port', String(ports.to))
    changes.set(view.form === 'single' ? 'ip_protocol' : 'protocol', JSON.stringify(ports.protocol))
  }
  if (source.kind === 'same') return changes
  if (source.kind === 'network') lookUp(session, view.resource, source.network)
  const wide = rangesOf(view).filter((ranges) => ranges.wide)
  const lists = new Map<4 | 6, string | undefined>()
  if (source.kind === 'network') lists.set(4, source.network.expression)
  if (source.kind === 'admins') {
    for (const family of [4, 6] as const) {
      if (!wide.some((ranges) => ranges.family === family)) continue
      const value = adminValue(session, view, family)
      if (typeof value === 'object') return value
      lists.set(family, value)
    }
  }
  if (view.form === 'single') return singleChanges(changes, view, plan, lists)
  for (const { place, family, kept = [] } of wide) {
    const form = listForm(place)
    const list = replacement(source.kind, lists.get(family), kept)
    if (form === 'plain') changes.set(String(place.path.at(-1)), list)
    else if (form === 'computed' || list === undefined)
      return { refused: `${place.pathText} has branches: narrow the open one by hand` }
    else changes.set(String(place.path.at(-1)), `${form.before}${list}${form.after}`)
  }
  const ownList = rangesOf(view).find(({ family }) => family === 4)
  if (source.kind === 'network' && ownList?.wide !== true) {
    changes.set('cidr_blocks', `[${[source.network.expression, ...(ownList?.kept ?? [])].join(', ')}]`)
  }
  if (source.kind === 'group') {
    const name = GROUP_ATTRIBUTE[view.form]
    const { expression } = source.peer
    const there = writtenText(view.rule.place.get(name))
    if (view.form === 'rule') {
      // The provider takes ranges or a group, never both.
      const others = rangesOf(view).some((one) => (one.kept ?? (one.wide ? [] : ['?'])).length > 0)
      if (others || there !== undefined)
        return { refused: 'the rule has other sources as well: write one rule for each of them' }
      changes.set(name, expression)
    } else if (there === undefined || there === '[]') changes.set(name, `[${expression}]`)
    else
      changes.set(
        name,
        /^\[.*[^,]\]$/.test(there) ? `${there.slice(0, -1)}, ${expression}]` : `concat(${there}, [${expression}])`,
      )
  }
  return changes
}

/** What a list of ranges becomes; undefined if nothing is left of it. */
function replacement(
  kind: RulePlan['source']['kind'],
  list: string | undefined,
  kept: readonly string[],
): string | undefined {
  if (list === undefined) return kept.length === 0 ? undefined : `[${kept.join(', ')}]`
  if (kind !== 'admins') return `[${[list, ...kept].join(', ')}]`
  return kept.length === 0 ? list : `concat(${list}, [${kept.join(', ')}])`
}

function singleChanges(
  changes: Changes,
  view: RuleView,
  { source }: RulePlan,
  lists: ReadonlyMap<4 | 6, string | undefined>,
): Changes | EditRefusal {
  for (const { place, family } of rangesOf(view)) {
    const name = String(place.path.at(-1))
    const list = lists.get(family)
    if (source.kind === 'admins' && list !== undefined) changes.set(name, list)
    else if (source.kind === 'network' && family === 4) changes.set(name, source.network.expression)
    else changes.set(name, undefined)
  }
  if (source.kind === 'network' && !changes.has('cidr_ipv4')) changes.set('cidr_ipv4', source.network.expression)
  if (source.kind === 'group') changes.set(GROUP_ATTRIBUTE.single, source.peer.expression)
  return changes
}

/** Writes the changes into the rule's text. */
function write(
  session: FixSession,
  { view, plan }: { view: RuleView; plan?: RulePlan },
  changes: Changes,
): EditRefusal | undefined {
  const { edits } = session
  const { document, container } = view.written
  if (container.kind === 'block') {
    const sets = new Map<string, HclValue>()
    const removes = new Set<string>()
    for (const [name, value] of changes) {
      if (value === undefined) removes.add(name)
      else sets.set(name, literalOf(value))
    }
    rewriteAttributes(edits, document, container, sets, removes)
  } else {
    for (const [name, value] of changes) {
      const own = attributeOf(view.rule.place.get(name))
      const wanted = value === undefined ? [] : literalOf(value)
      if (own !== undefined) edits.replace(document, own.value, valueText(document, wanted))
      else if (value === undefined) continue
      else if (document.syntax === 'json') edits.addItem(document, container, attribute(name, wanted))
      else return { refused: `the rule has no ${name} to set: write it as a block first` }
    }
  }
  if (plan?.inside !== undefined) return addInside(session, view, plan.inside)
  if (plan?.source.kind === 'admins' && view.form === 'single') return addMore(session, view)
  return undefined
}

/** Says what a rule is for, and nothing else. */
export function describeRule(
  { edits }: FixSession,
  { rule, written }: RuleView,
  text: string,
): EditRefusal | undefined {
  const { document, container } = written
  if (container.kind === 'block') {
    edits.setAttribute(document, container, 'description', text)
    return undefined
  }
  const own = attributeOf(rule.place.get('description'))
  if (own !== undefined) edits.replace(document, own.value, valueText(document, text))
  else if (document.syntax === 'json') edits.addItem(document, container, attribute('description', text))
  else return { refused: 'the object has no description to set: write the rule as a block' }
  return undefined
}

/** Numbers and quoted texts as such, so that JSON syntax shows them plainly. */
function literalOf(expression: string): HclValue {
  if (/^\d+$/.test(expression)) return Number(expression)
  const text = /^"([^"\\$%]*)"$/.exec(expression)?.[1]
  return text ?? raw(expression)
}

/**
 * Where the ranges come from a list that serves this rule alone (an argument of a call, a variable's default, the item
 * that the rule is made for), that list is narrowed.
 */
function editElsewhere(session: FixSession, jobs: readonly Job[]): EditRefusal | 'done' | undefined {
  const lists: { ranges: Ranges; view: RuleView }[] = []
  for (const { view, plan } of jobs) {
    if (plan.source.kind !== 'admins' || plan.ports !== undefined || view.form === 'single') return undefined
    const wide = rangesOf(view).filter((ranges) => ranges.wide)
    if (wide.length !== 1 || wide.some(({ place }) => listElsewhere(view, place) === undefined)) return undefined
    lists.push(...wide.map((ranges) => ({ ranges, view })))
  }
  for (const { ranges, view } of lists) {
    const there = listElsewhere(view, ranges.place)
    if (there === undefined || servesMore(session, view, ranges.place, there.node)) return undefined
    const { document, node, literalsOnly } = there
    const own = (session.values.adminCidrs ?? []).filter((cidr) => cidr.includes(':') === (ranges.family === 6))
    const kept = (ranges.kept ?? []).filter((text) => text.startsWith('"'))
    if (own.length === 0 || kept.length < (ranges.kept?.length ?? 0)) return undefined
    if (literalsOnly || kept.length > 0) {
      session.edits.replace(
        document,
        node.span,
        `[${[...own.map((cidr) => JSON.stringify(cidr)), ...kept].join(', ')}]`,
      )
      continue
    }
    const variable = adminVariable(own, ranges.family)
    const refused = giveVariable(session, folderOf(document.path), variable)
    if (refused !== undefined) return refused
    session.edits.replace(document, node.span, valueText(document, raw(`var.${variable.name}`)))
  }
  return 'done'
}

/** True if the list behind a rule's ranges decides over more than rules that are to be narrowed in the same way. */
function servesMore({ estate, values }: FixSession, view: RuleView, place: Place, list: Expression): boolean {
  const own = attributeOf(place)
  if (own === undefined) return true
  const text = own.document.text.slice(own.value.start, own.value.end)
  const variable = variableName(own.expression)
  // `each.value.cidrs`, `port.value.cidrs`: the item of this rule.
  if (variable === undefined) return /^(?:local|var|module|data)\b/.test(text) || !/^\w+\.value\b/.test(text)
  const texts = estate.moduleDocuments(folderOf(own.document.path)).map((document) => document.text)
  const uses = texts.flatMap((all) => all.match(/\bvar\.[\w-]+/g) ?? []).filter((use) => use === `var.${variable}`)
  const ranges = texts.flatMap((all) => all.match(/cidr_blocks\s*=\s*var\.[\w-]+/g) ?? [])
  if (uses.length > ranges.filter((use) => use.endsWith(`var.${variable}`)).length) return true
  return estate.terraform(view.resource.type, view.resource.root).some((resource) => {
    if (resource.dormant) return false
    return rulesIn(resource).some(({ direction, rule }) => {
      const origins = rule.cidrs.map((source) => source.place.value?.origin)
      if (!origins.some((origin) => origin?.language === 'hcl' && origin.node === list)) return false
      const other: RuleView = { ...view, resource, direction, rule }
      const plan = direction === 'egress' ? undefined : planRule(other, values)
      return plan === undefined || 'refused' in plan || plan.kind !== 'admins'
    })
  })
}
