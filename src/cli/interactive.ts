import { createInterface } from 'node:readline/promises'
import { type GivenValue, readAnswer, valuesOf, writeValues } from '../app/config-values.ts'
import { diffBetween, disruptionsBetween, prepareFix, type PreparedFix } from '../app/fix.ts'
import type { Session } from '../app/session.ts'
import type { Need } from '../fix/fixer.ts'
import { visible, visibleLines } from '../report/escape.ts'
import { count } from '../report/words.ts'
import type { Approval, Scope } from '../verify/approval.ts'
import type { HeldFix } from '../verify/results.ts'

/** Where the questions go and the answers come from. */
export interface Terminal {
  /** Undefined when nobody answers any more (end of input). */
  ask(question: string): Promise<string | undefined>
  say(text: string): void
}

export interface Walk {
  readonly session: Session
  /** Reads the project again, with values that `secops.yaml` does not hold. */
  readonly reopen: (values: Readonly<Record<string, unknown>>) => Promise<Session>
  readonly approval: (session: Session) => Approval
  readonly scope: (session: Session) => Scope
}

export interface Walked {
  readonly session: Session
  readonly approval: Approval
}

/** Asks for missing values, then goes through what is held, one fix at a time, and returns what was released. */
export async function walkHeld(walk: Walk, terminal: Terminal): Promise<Walked> {
  const session = await askValues(walk, terminal)
  const scope = walk.scope(session)
  let approval: Approval = { ...walk.approval(session), informed: [] }
  let prepared = await prepareFix(session, approval, scope)
  const queue = prepared.result.held.filter(({ needs }) => needs.length === 0)
  terminal.say(
    queue.length === 0
      ? 'Nothing is held that an approval could release.'
      : `${count(queue.length, 'fix', 'fixes')} held.`,
  )
  for (const [index, held] of queue.entries()) {
    // An earlier approval may have cured this one too.
    if (!prepared.result.held.some(({ fingerprint }) => fingerprint === held.fingerprint)) continue
    const released = withMore(approval, [held.fingerprint], [held.fingerprint])
    const next = await prepareFix(session, released, scope)
    describe(held, { number: index + 1, of: queue.length }, prepared, next, session, terminal)
    const answer = await choose(terminal)
    if (answer === 'q') break
    if (answer === 'n') continue
    // Of what follows nobody has seen what it replaces: that stays held.
    const rest = queue.slice(index).map(({ fingerprint }) => fingerprint)
    approval = answer === 'y' ? released : withMore(approval, rest, [held.fingerprint])
    if (answer === 'a') break
    prepared = next
  }
  return { session, approval }
}

function withMore(approval: Approval, fingerprints: readonly string[], informed: readonly string[]): Approval {
  return {
    ...approval,
    fingerprints: [...approval.fingerprints, ...fingerprints],
    informed: [...(approval.informed ?? []), ...informed],
  }
}

type Answer = 'y' | 'n' | 'a' | 'q'

async function choose(terminal: Terminal): Promise<Answer> {
  for (;;) {
    const given = await terminal.ask('Apply this fix? [y,n,a,q,?] ')
    switch (given?.trim().toLowerCase()) {
      case undefined:
      case 'q':
        return 'q'
      case 'y':
      case 'yes':
        return 'y'
      case 'n':
      case 'no':
        return 'n'
      case 'a':
        return 'a'
      default:
        terminal.say(
          'y: apply it; n: leave it held; a: apply it and all that follow; q: ask no more, keep what was said',
        )
    }
  }
}

function describe(
  held: HeldFix,
  at: { readonly number: number; readonly of: number },
  before: PreparedFix,
  after: PreparedFix,
  session: Session,
  { say }: Terminal,
): void {
  const mask = (text: string): string => session.mask.mask(text)
  say('')
  say(mask(`(${at.number}/${at.of}) ${held.rank}  ${visible(held.title)}  ${visible(held.address)}`))
  say(mask(`Why it is held: ${visible(held.reason)}`))
  for (const sentence of disruptionsBetween(session, before.plan, after.plan)) say(mask(`Mind: ${visible(sentence)}`))
  if (held.blastRadius.length > 0) say(mask(`Touches: ${held.blastRadius.map(visible).join(', ')}`))
  if (held.runbook !== '') say(mask(`\n${visibleLines(held.runbook).trimEnd()}`))
  const diff = diffBetween(session, before.plan.files, after.plan.files)
  const refused = after.result.refused.find(({ fingerprint }) => fingerprint === held.fingerprint)
  if (diff !== '') say(`\n${visibleLines(diff).trimEnd()}`)
  else say(`It would change nothing${refused === undefined ? '' : mask(`: ${visible(refused.reason)}`)}.`)
}

async function askValues({ session, reopen, approval, scope }: Walk, terminal: Terminal): Promise<Session> {
  const { result } = await prepareFix(session, approval(session), scope(session))
  const needs = new Map<string, Need>()
  for (const need of result.held.flatMap((held) => held.needs)) needs.set(need.key, needs.get(need.key) ?? need)
  const given: GivenValue[] = []
  const { root } = session.project
  if (needs.size > 0) terminal.say('Values that only you know; leave one empty to skip it.')
  for (const need of needs.values()) {
    const value = await askValue(need, root, terminal)
    if (value === 'end') break
    if (value !== undefined) given.push(value)
  }
  if (given.length === 0) return session
  const keep = await terminal.ask('Write these values to secops.yaml? [Y/n] ')
  if (keep !== undefined && !/^n(?:o)?$/i.test(keep.trim())) {
    await writeValues(root, given)
    return reopen({})
  }
  return reopen(valuesOf(given))
}

async function askValue(need: Need, root: string, terminal: Terminal): Promise<GivenValue | 'end' | undefined> {
  for (;;) {
    const answer = await terminal.ask(`${visible(need.question)}\n${visible(need.key)}: `)
    if (answer === undefined) return 'end'
    if (answer.trim() === '') return undefined
    const read = readAnswer(root, need.key, answer)
    if ('value' in read) return { key: need.key, value: read.value }
    terminal.say(`That does not fit: ${visible(read.invalid)}`)
  }
}

/** Runs a dialogue on the terminal of this process. */
export async function onTerminal<T>(talk: (terminal: Terminal) => Promise<T>): Promise<T> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new AbortController()
  lines.once('close', () => closed.abort())
  try {
    return await talk({
      ask: async (question) =>
        closed.signal.aborted ? undefined : lines.question(question, { signal: closed.signal }).catch(() => undefined),
      say: (text) => process.stderr.write(`${text}\n`),
    })
  } finally {
    lines.close()
  }
}
