import { HclEdits, type HclValue, type ItemSpec, setNested } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { decide, type Place, type Reading, type Tri } from '../../resources/place.ts'
import {
  type LocalFix,
  type NotApplicable,
  type Outcome,
  pass,
  type Problem,
  type RuleContext,
  type RuleDefinition,
  undecided,
  type Undecided,
} from '../rule.ts'
import { requireAttribute } from './terraform-attributes.ts'
import { unlessExempt } from './terraform-companions.ts'
import { withFix } from './terraform-fixes.ts'
import { refuses } from './terraform-validation.ts'

/** What a rule says of itself; the family that it belongs to adds the rest. */
export type RuleHead = Pick<
  RuleDefinition,
  | 'id'
  | 'version'
  | 'title'
  | 'severity'
  | 'severityReason'
  | 'confidence'
  | 'controls'
  | 'sameAs'
  | 'resources'
  | 'remediation'
>

/** Why a rule does not bind a resource; asked only where something would be said otherwise. */
export type Exemption = (resource: Place, context: RuleContext) => NotApplicable | Undecided | undefined

interface RuleFamily extends RuleHead {
  readonly message: string
  readonly exempt?: Exemption
}

interface SettingFamily extends RuleFamily {
  /** Blocks and attribute with dots between them, `*` for each block of a type: `listener.*.lb_protocol`; or several. */
  readonly path: string | readonly string[]
  /** Nothing for a place that needs more than this value. */
  readonly fix?: SettingFix | ((at: Place) => SettingFix | undefined)
}

export interface PresenceRule extends RuleFamily {
  readonly path: string
}

/** How a wrong setting is mended; blocks that are missing on the way are added. */
export interface SettingFix extends Omit<LocalFix, 'edits'> {
  readonly value: HclValue
  /** What else a block that is added needs. */
  readonly beside?: readonly ItemSpec[]
}

export interface SettingRule<T> extends SettingFamily {
  readonly read: (at: Place) => Reading<T>
  /** Gets undefined where nothing is set, so that it states the provider's default. */
  readonly holds: (value: T | undefined) => boolean
  /** Values that a variable's own validation must refuse for the rule to pass on it; none if no validation can prove it. */
  readonly bad: readonly (string | number | boolean | null)[]
}

export interface FlagRule extends SettingFamily {
  readonly wanted: boolean
  /** The provider's default; the same unless it is given. */
  readonly fallback?: boolean
}

/** A setting that must have one of the right values wherever it can stand. `{value}` of the message is what it has. */
export function settingRule<T>(rule: SettingRule<T>): RuleDefinition<'wrong'> {
  const { path, read, holds, bad, message, exempt, fix, ...head } = rule
  const paths = typeof path === 'string' ? [path] : path
  return {
    ...head,
    kind: 'terraform',
    messages: { wrong: message },
    *check(resource, context) {
      const outcomes = paths.flatMap((each) => {
        const { places, open } = settingsAt(resource, each)
        const required = !each.includes('*')
        return [
          ...places.flatMap((at) => [...repaired(judge(at, { read, holds, bad }, required), at, context.estate)]),
          ...open.map((place) => undecided(place, 'there may be more blocks than can be read')),
        ]
      })
      yield* unlessExempt(outcomes, () => exempt?.(resource, context))
    },
  }

  function repaired(outcomes: Iterable<Outcome<'wrong'>>, at: Place, estate: Estate): Iterable<Outcome<'wrong'>> {
    const mended = typeof fix === 'function' ? fix(at) : fix
    return mended === undefined ? outcomes : withFix(outcomes, () => settingFix(estate, at, mended))
  }
}

/** A switch that must be in one position. */
export function flagRule({ wanted, fallback = false, ...rule }: FlagRule): RuleDefinition<'wrong'> {
  return settingRule({
    ...rule,
    read: (at) => at.bool(),
    holds: (value) => (value ?? fallback) === wanted,
    bad: fallback === wanted ? [!wanted] : [!wanted, null],
  })
}

/** An attribute or a block that must be there. */
export function presenceRule({ path, message, exempt, ...head }: PresenceRule): RuleDefinition<'missing'> {
  return {
    ...head,
    kind: 'terraform',
    messages: { missing: message },
    *check(resource, context) {
      const at = resource.get(...path.split('.'))
      yield* unlessExempt(requirePresence(at, { at, message: 'missing' }), () => exempt?.(resource, context))
    },
  }
}

/** The problem if nothing is set here; an empty text or an empty list of blocks is nothing. */
export function* requirePresence<M extends string>(at: Place, problem: Problem<M>): Iterable<Outcome<M>> {
  if (refuses(at, null, '')) {
    yield pass("the variable's validation refuses to leave it empty")
    return
  }
  const there = isThere(at)
  if (there === 'no') yield problem
  else if (there === 'unknown') yield undecided(at, uncertainReason(at))
}

/** Whether something that is not empty is written here for sure. */
export function isThere(at: Place): Tri {
  const { value } = at
  if (value?.kind === 'list' && value.rest === undefined) {
    if (value.items.length === 0) return 'no'
    return at.items().some((item) => item.certain) ? 'yes' : 'unknown'
  }
  if (value?.kind === 'string' && value.value === '') return 'no'
  const set = at.isSet()
  return set === 'yes' && (!at.certain || mayBeEmpty(at)) ? 'unknown' : set
}

/** A variable that is never null may still be the empty text; what a resource is called or made of is not. */
function mayBeEmpty({ unknown }: Place): boolean {
  return unknown !== undefined && unknown.candidates === undefined && (unknown.refs ?? unknown.parts ?? []).length === 0
}

/** The places that a path leads to, and the lists on the way that may hold more. */
export function settingsAt(resource: Place, path: string): { places: readonly Place[]; open: readonly Place[] } {
  let places: readonly Place[] = [resource]
  const open: Place[] = []
  for (const step of path.split('.')) {
    if (step === '*') open.push(...places.filter((place) => place.mayHaveMore()))
    places = places.flatMap((place) => (step === '*' ? place.items() : [place.get(step)]))
  }
  return { places, open }
}

function* judge<T>(
  at: Place,
  { read, holds, bad }: Pick<SettingRule<T>, 'read' | 'holds' | 'bad'>,
  required: boolean,
): Iterable<Outcome<'wrong'>> {
  if (bad.length > 0 && refuses(at, ...bad)) {
    yield pass("the variable's validation refuses what would be wrong")
    return
  }
  const reading = read(at)
  // The block that sets it right may not be there at all.
  if (!at.certain && required && !holds(undefined) && decide(reading, holds) === 'yes') {
    yield undecided(at, uncertainReason(at))
    return
  }
  const value = reading.kind === 'known' ? String(reading.value) : 'not set'
  yield* requireAttribute({ at, reading, holds, message: 'wrong', data: { value } })
}

function uncertainReason(at: Place): string {
  return at.unknown?.reason ?? `whether the dynamic block makes ${at.path[0]} is not known`
}

/** The setting's edit, or why it cannot be made. */
export function settingFix(estate: Estate, at: Place, { value, beside = [], ...fix }: SettingFix): LocalFix {
  const edits = new HclEdits()
  const refusal = setNested(edits, estate, at, value, beside)
  return { ...fix, edits: refusal ?? edits.finish() }
}
