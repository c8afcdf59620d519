import { HclEdits } from '../../edit/hcl/index.ts'
import { type Assessment, type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import { type Attempt, builtFrom, firstRefusal } from '../shared/attempt.ts'
import type { FixSession } from '../shared/session.ts'
import { terraformTarget, unreachable } from '../shared/target.ts'
import { emptyDefaultGroup } from './default-group.ts'
import { describe, describeGroup } from './descriptions.ts'
import { membersOf } from './peers.ts'
import { planRule } from './plan.ts'
import { describeRule, type Job, rewriteRule } from './rewrite.ts'
import { runbookFor } from './runbook.ts'
import { stepsFor } from './steps.ts'
import { viewOf } from './view.ts'

const RULE_DESCRIPTION = 'security-group-rule-description'
const GROUP_DESCRIPTION = 'security-group-description'
const DEFAULT_GROUP = 'vpc-default-security-group'

export default defineFixer({
  name: 'security-groups',
  title: 'Security groups: who gets in, what gets out, descriptions, default groups',
  covers: [
    DEFAULT_GROUP,
    GROUP_DESCRIPTION,
    'security-group-no-public-all-ports',
    'security-group-no-public-database-ports',
    'security-group-no-public-http',
    'security-group-no-public-rdp',
    'security-group-no-public-ssh',
    'security-group-no-unrestricted-egress',
    RULE_DESCRIPTION,
  ],

  assess(complaint, context) {
    const judged = judge(complaint, context)
    if ('refused' in judged || (judged.needs ?? []).length > 0) return judged
    // Tried alone, so that what cannot be edited is said now and with its own reason.
    return firstRefusal(attempt([complaint], context)) ?? judged
  },

  build(complaints, context) {
    return builtFrom(attempt(complaints, context))
  },

  nextSteps: stepsFor,
})

function judge(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { at, ruleId } = complaint
  const target = terraformTarget(context.estate, at.resource)
  if (target === undefined) return unreachable(at.resource)
  const { document, block } = target
  const group = document.syntax === 'json' ? document.path : `${document.path}#${block.span.start}`
  if (ruleId === DEFAULT_GROUP) {
    const reason = 'Whatever uses the default group loses all its connections: look for its members first.'
    const title = 'Take over the default security group and empty it'
    return { rank: 'B', title, minutes: 30, group, reason, runbook: runbookFor('default', reason) }
  }
  if (ruleId === GROUP_DESCRIPTION) {
    const reason = 'AWS cannot change the description of a group: it is replaced, and cannot be while anything has it.'
    const blastRadius = membersOf(context.estate, target.resource).map(({ address }) => address)
    const shared = { rank: 'B', minutes: 30, group, reason, runbook: runbookFor('description', reason) } as const
    return { ...shared, title: 'Say what the group is for', ...(blastRadius.length > 0 && { blastRadius }) }
  }
  const view = viewOf(context.estate, at)
  if (view === undefined) return { code: 'no-fix', refused: 'the rule is computed, not written out here' }
  if (ruleId === RULE_DESCRIPTION) {
    if (view.form === 'block' || view.form === 'object') {
      const reason =
        'Terraform takes a rule away and puts it back to describe it: for seconds no new connection is let in.'
      return { rank: 'D', title: 'Say what the rule is for', minutes: 1, group, reason }
    }
    return { rank: 'E', title: 'Say what the rule is for', minutes: 1, group }
  }
  const plan = planRule(view, context.values)
  if ('refused' in plan) return plan
  const { rank, reason } = plan.judged
  const members = view.group === undefined ? [] : membersOf(context.estate, view.group).map(({ address }) => address)
  return {
    ...plan.judged,
    group,
    ...(members.length > 0 && { blastRadius: members }),
    ...(rank !== 'D' && { runbook: runbookFor(plan.kind, reason) }),
  }
}

/** The edits for all complaints that can be settled, and why the others cannot, by fingerprint. */
function attempt(complaints: readonly Complaint[], context: FixContext): Attempt {
  const session: FixSession = { ...context, edits: new HclEdits(), done: new Set() }
  const refusals = new Map<string, FixRefusal>()
  const refuse = ({ fingerprint }: Complaint, refused: string): void => {
    refusals.set(fingerprint, { code: 'no-fix', refused })
  }
  /** The findings of each piece of text that writes rules. */
  const texts = new Map<unknown, { jobs: Map<string, Job>; complaints: Complaint[]; undescribed: boolean }>()
  for (const complaint of complaints) {
    const { ruleId, at } = complaint
    const whole = ruleId === DEFAULT_GROUP ? emptyDefaultGroup : ruleId === GROUP_DESCRIPTION ? undefined : null
    if (whole !== null) {
      const refused = whole === undefined ? describeGroup(session, at) : whole(session, complaint)
      if (refused !== undefined) refuse(complaint, refused.refused)
      continue
    }
    const view = viewOf(context.estate, at)
    if (view === undefined) {
      refuse(complaint, 'the rule is computed, not written out here')
      continue
    }
    const text = texts.get(view.written.container) ?? {
      jobs: new Map<string, Job>(),
      complaints: [],
      undescribed: false,
    }
    texts.set(view.written.container, text)
    text.complaints.push(complaint)
    if (ruleId === RULE_DESCRIPTION) {
      text.undescribed = true
      continue
    }
    const plan = planRule(view, context.values)
    if ('refused' in plan) refuse(complaint, plan.refused)
    else text.jobs.set(`${at.resource.root} ${at.resource.address} ${view.rule.place.path.join('.')}`, { view, plan })
  }
  for (const text of texts.values()) {
    const refused = settle(session, text)
    if (refused === undefined) continue
    for (const complaint of text.complaints) refuse(complaint, refused.refused)
  }
  return { edits: session.edits, refusals }
}

/** Rewrites the rules of one piece of text, and describes them if they say nothing, or say what is no longer true. */
function settle(
  session: FixSession,
  { jobs, complaints, undescribed }: { jobs: Map<string, Job>; complaints: readonly Complaint[]; undescribed: boolean },
): { readonly refused: string } | undefined {
  const [job] = jobs.values()
  const [first] = complaints
  const view = job?.view ?? (first === undefined ? undefined : viewOf(session.estate, first.at))
  if (view === undefined) return undefined
  if (job === undefined) return describeRule(session, view, describe(view))
  const description =
    undescribed || job.plan.ports !== undefined || job.plan.outdated === true ? describe(view, job.plan) : undefined
  return rewriteRule(session, [...jobs.values()], description)
}
