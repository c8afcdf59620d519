import {
  attributeOf,
  containerOf,
  type EditRefusal,
  folderOf,
  type HclValue,
  setOwnAttribute,
  setPlace,
} from '../../edit/hcl/index.ts'
import type { Expression } from '../../parse/hcl/ast.ts'
import { Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { FixSession } from './session.ts'

/** The module call behind a resource; undefined in a root module. */
export function callOf({ estate }: FixSession, resource: Resource): TerraformResource | undefined {
  if (resource.kind !== 'terraform' || resource.modulePath === '') return undefined
  const call = estate.terraform('module', resource.root).find(({ address }) => address === resource.modulePath)
  return call?.source?.editable === true ? call : undefined
}

/** Sets an argument of the call, so that only this call of a shared module changes. */
export function passArgument(
  session: FixSession,
  call: TerraformResource,
  name: string,
  value: HclValue,
): EditRefusal | undefined {
  const written = containerOf(Place.of(call))
  if (written === undefined) return { refused: 'the module call is not written out' }
  session.edits.setAttribute(written.document, written.container, name, value)
  return undefined
}

export function callerFolder(call: TerraformResource): string {
  return folderOf(call.source?.document.path ?? '.')
}

/** `X` of an expression that is just `var.X`. */
export function variableName(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'parentheses') return variableName(expression.inner)
  if (expression?.kind !== 'get-attribute' || expression.target.kind !== 'variable') return undefined
  return expression.target.name === 'var' ? expression.name : undefined
}

/**
 * Where a switch variable of a module decides between two literals (`var.versioning ? "Enabled" : "Suspended"`), turns
 * the switch where the caller sets it.
 * @returns true if that was done
 */
function turnSwitch(session: FixSession, place: Place, wanted: string | boolean): boolean {
  const expression = attributeOf(place)?.expression
  const call = callOf(session, place.resource)
  if (expression === undefined || call === undefined) return false
  const decision = decisionOf(expression, wanted)
  if (decision === undefined || decidesMore(session, place.resource, decision.variable)) return false
  const argument = Place.of(call).get(decision.variable)
  if (argument.value === undefined) return passArgument(session, call, decision.variable, decision.value) === undefined
  return setPlace(session.edits, session.estate, argument, decision.value) === undefined
}

/** True if the module asks the variable anywhere else: turning it would change more than this setting. */
function decidesMore({ estate }: FixSession, resource: Resource, variable: string): boolean {
  if (resource.kind !== 'terraform' || resource.source === undefined) return true
  const text = estate
    .moduleDocuments(folderOf(resource.source.document.path))
    .map((document) => document.text)
    .join('\n')
  return (text.match(/\bvar\.[\w-]+/g) ?? []).filter((use) => use === `var.${variable}`).length > 1
}

/**
 * Sets a switch of a resource: by the variable that decides it and nothing else, by the literal behind it, else by
 * replacing what the attribute says.
 */
export function setSwitch(session: FixSession, place: Place, wanted: string | boolean): EditRefusal | undefined {
  const { edits, estate } = session
  if (turnSwitch(session, place, wanted)) return undefined
  const variable = variableName(attributeOf(place)?.expression)
  if (variable !== undefined && decidesMore(session, place.resource, variable))
    return setOwnAttribute(edits, estate, place, wanted)
  return setPlace(edits, estate, place, wanted, { orReplace: true })
}

interface Decision {
  readonly variable: string
  readonly value: boolean
}

function decisionOf(expression: Expression, wanted: string | boolean): Decision | undefined {
  if (expression.kind === 'parentheses') return decisionOf(expression.inner, wanted)
  if (expression.kind === 'unary' && expression.operator === '!' && typeof wanted === 'boolean') {
    return decisionOf(expression.operand, !wanted)
  }
  if (expression.kind === 'conditional') {
    const [yes, no] = [expression.then, expression.else].map((branch) => isLiteral(branch, wanted))
    if (yes === no) return undefined
    return decisionOf(expression.condition, yes === true)
  }
  const variable = variableName(expression)
  return variable === undefined || typeof wanted !== 'boolean' ? undefined : { variable, value: wanted }
}

function isLiteral(expression: Expression, wanted: string | boolean): boolean {
  if (expression.kind === 'literal') return expression.value === wanted
  const [only, ...more] = expression.kind === 'template' ? expression.parts : []
  return more.length === 0 && only?.kind === 'text' && only.value === wanted
}
