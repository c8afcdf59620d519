import {
  attribute,
  attributeOf,
  type EditRefusal,
  GAP,
  raw,
  renderValue,
  resource,
  valueText,
} from '../../edit/hcl/index.ts'
import { policyText } from '../shared/policy-text.ts'
import { once } from '../shared/session.ts'
import { freeName } from '../shared/target.ts'
import type { Plan, Subject } from './concern.ts'
import { hclValue, itemOfValue } from './items.ts'
import { needFor, objectionTo, valuesFor } from './values.ts'

/** Attaches what `values.iam` gives in place of one of AWS's own policies: another one, or a policy of the project. */
export function replaceAttached(subject: Subject): Plan | EditRefusal {
  const { target, complaint, context } = subject
  const { resource: holder, document, block } = target
  if (holder.type.startsWith('aws_ssoadmin')) {
    return {
      refused:
        'a permission set attaches policies of the project by another resource: aws_ssoadmin_customer_managed_policy_attachment',
    }
  }
  const given = valuesFor(context.values, holder)
  const other = given.find(({ policyArn }) => policyArn !== undefined)?.policyArn
  const grants = given.filter(({ actions = [], resources = [] }) => actions.length > 0 && resources.length > 0)
  for (const entry of grants) {
    const objection = objectionTo(entry)
    if (objection !== undefined) return { refused: objection }
  }
  const isIam = complaint.ruleId === 'iam-no-iam-full-access'
  const known = other !== undefined || grants.length > 0
  return {
    rank: 'B',
    title: other === undefined ? 'Attach a policy with what is needed instead' : `Attach ${other} instead`,
    minutes: 60,
    reason: `Whoever has it loses ${isIam ? 'the administration of identities' : 'everything but what is given'}, the right to undo this among it.`,
    needs: known ? [] : [needFor(holder, 'attachment')],
    group: `${document.path}#${block.span.start}`,
    runbook: 'attachment',
    apply: (session) => {
      const { at } = complaint
      const origin = at.value?.origin
      if (origin?.language !== 'hcl' || !session.estate.isOwn(origin.document.path)) {
        return { refused: 'the attached policy is computed' }
      }
      const { node } = origin
      const isHere =
        origin.document === document && node.span.start >= block.span.start && node.span.end <= block.span.end
      const written = isHere ? { document, span: node.span } : ownAttribute()
      if (
        written === undefined ||
        /\b(?:each|count)\./.test(written.document.text.slice(written.span.start, written.span.end))
      ) {
        return {
          refused: 'one expression says what several attach: give the administrators a resource of their own first',
        }
      }
      return once(session, `attachment ${written.span.start}`, () => {
        const name = freeName(target, 'aws_iam_policy', holder.name, 'policy')
        const value = other === undefined ? raw(`aws_iam_policy.${name}.arn`) : hclValue(itemOfValue(other))
        session.edits.replace(written.document, written.span, valueText(written.document, value))
        if (other !== undefined) return undefined
        const statements = grants.map(
          ({ actions = [], resources = [] }) =>
            `{\n    Effect   = "Allow"\n    Action   = ${listOf(actions)}\n    Resource = ${listOf(resources)}\n  }`,
        )
        session.edits.addBlockAfter(
          document,
          block,
          resource('aws_iam_policy', name, [
            attribute('name_prefix', `${name.replaceAll('_', '-')}-`),
            GAP,
            attribute('policy', raw(policyText(statements))),
          ]),
        )
        return undefined
      })

      function ownAttribute() {
        const own = attributeOf(at)
        return own === undefined ? undefined : { document: own.document, span: own.value }
      }
    },
  }
}

function listOf(values: readonly string[]): string {
  return renderValue(values.map((value) => hclValue(itemOfValue(value))))
}
