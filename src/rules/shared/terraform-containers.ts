import {
  attributeOf,
  containerOf,
  documentStyle,
  HclEdits,
  indentAt,
  notEditable,
  setPlace,
} from '../../edit/hcl/index.ts'
import type { HclDocument, ObjectExpression } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import { type LocalFix, type Outcome, type RuleDefinition, undecided } from '../rule.ts'
import { withFix } from './terraform-fixes.ts'
import type { RuleHead } from './terraform-settings.ts'
import { requireFlag } from './terraform-validation.ts'

export interface ContainerFlagRule extends Omit<RuleHead, 'resources'> {
  /** The key in the definition of a container; off unless it is set. */
  readonly flag: string
  readonly wanted: boolean
  /** `{container}` is its name. */
  readonly message: string
  readonly fix: Pick<LocalFix, 'title' | 'minutes' | 'reason'>
}

/** A switch of every container of an ECS task, in `jsonencode` or in JSON text. */
export function containerFlagRule({ flag, wanted, message, fix, ...head }: ContainerFlagRule): RuleDefinition<'wrong'> {
  return {
    ...head,
    kind: 'terraform',
    resources: ['aws_ecs_task_definition'],
    messages: { wrong: message },
    *check(task, { estate }) {
      const definitions = task.get('container_definitions').decoded()
      if (definitions.value?.kind !== 'list' || definitions.mayHaveMore())
        yield undecided(definitions, 'the definitions of its containers are not fully known')
      if (definitions.value?.kind !== 'list') return
      for (const [index, container] of definitions.items().entries()) {
        const at = container.get(flag)
        const name = container.get('name').string()
        const data = { container: name.kind === 'known' ? name.value : `number ${index + 1}` }
        const outcomes = withFix<'wrong'>(requireFlag({ at, wanted, fallback: false, message: 'wrong' }), () => ({
          fixer: 'ecs',
          rank: 'C',
          ...fix,
          edits: setMember(at, wanted, estate),
        }))
        for (const outcome of outcomes) yield named(outcome, data)
      }
    },
  }
}

function named(outcome: Outcome<'wrong'>, data: { readonly container: string }): Outcome<'wrong'> {
  return outcome.outcome === undefined || outcome.outcome === 'problem' ? { ...outcome, data } : outcome
}

/** Sets a member of an object that is written out, inside `jsonencode` too; in JSON text one that is there already. */
function setMember(at: Place, value: boolean, estate: Estate): LocalFix['edits'] {
  const edits = new HclEdits()
  const unable = notEditable(at)
  if (unable !== undefined) return unable
  const origin = at.value?.origin
  const own = attributeOf(at)
  if (own !== undefined && origin?.language === 'hcl' && origin.node === own.expression) {
    if (!estate.isOwn(own.document.path)) return { refused: 'the value is set in a downloaded module' }
    edits.replace(own.document, own.value, String(value))
    return edits.finish()
  }
  const holder = at.parent === undefined || !at.absent ? undefined : containerOf(at.parent)
  if (holder?.container.kind !== 'object' || holder.document.syntax === 'json') {
    return setPlace(edits, estate, at, value) ?? edits.finish()
  }
  const { document, container } = holder
  if (!estate.isOwn(document.path)) return { refused: 'the container is defined in a downloaded module' }
  const { offset, before } = memberInsertion(document, container)
  edits.insert(document, offset, `${before}${String(at.path.at(-1))} = ${value}`)
  return edits.finish()
}

/** On the line of the other members, or below the last of them. */
function memberInsertion(document: HclDocument, object: ObjectExpression): { offset: number; before: string } {
  const last = object.items.at(-1)
  if (last === undefined) return { offset: object.span.start + 1, before: '' }
  const { end } = last.value.span
  const lineEnd = document.lines.lineEnd(document.lines.position(end).line)
  if (object.span.end <= lineEnd) return { offset: end, before: ', ' }
  const { eol } = documentStyle(document)
  return { offset: lineEnd, before: `${eol}${eol}${indentAt(document, last.key.span.start)}` }
}
