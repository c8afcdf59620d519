/** Bodies as closures: each step knows what it binds and what runs next. */
import type {
  ComprehensionIR,
  EveryStep,
  Flat,
  Local,
  Operand,
  PrintStep,
  RefIR,
  Step,
  TemplateIR,
  UnifyStep,
} from '../compiler/ir.ts'
import { isBound, order, readsOuter, type LocalSet } from '../compiler/safety.ts'
import { equalValues, keyOf, ObjectBuilder, SetBuilder, type Value } from '../value/value.ts'
import { displayValue } from '../value/print.ts'
import { RegoError } from '../errors.ts'
import { makeCall, type Make } from './calls.ts'
import { followData } from './data.ts'
import { keyMode, matchFlat, readFlat, type KeyMode } from './flat.ts'
import type { Unit } from './linker.ts'
import type { Frame, Machine, Next, Read, Take } from './machine.ts'
import { traceKeys } from './provenance.ts'
import { enumerate, followKeys } from './refs.ts'
import { makeWith } from './with.ts'

/** `last` runs for each solution; it may read everything that the body binds. */
export function compileBody(
  unit: Unit,
  steps: readonly Step[],
  initial: LocalSet,
  last: (bound: LocalSet) => Next,
): Next {
  const ordered = order(steps, initial)
  if (ordered.unsafe.length > 0) throw new RegoError('rego_unsafe_var_error', 'a body was compiled that is not safe')
  const bound = new Set(initial)
  const makes = ordered.steps.map((step) => makeStep(unit, step, bound))
  let next = last(bound)
  for (let index = makes.length - 1; index >= 0; index--) {
    const make = makes[index]
    if (make !== undefined) next = make(next)
  }
  return next
}

function makeStep(unit: Unit, step: Step, bound: Set<Local>): Make {
  const make = makePlain(unit, step, bound)
  const traced = unit.linker.coverage ? covered(step, make) : make
  return step.with.length === 0 ? traced : makeWith(unit, step.with, traced)
}

function covered(step: Step, make: Make): Make {
  const { source, span } = step
  return (next) => {
    const inner = make(next)
    return (machine, frame) => {
      machine.cover(source, span.start)
      return inner(machine, frame)
    }
  }
}

function makePlain(unit: Unit, step: Step, bound: Set<Local>): Make {
  switch (step.k) {
    case 'unify':
      return makeUnify(unit, step, bound)
    case 'test':
      return makeTest(unit, step.term, bound)
    case 'call':
      return makeCall(unit, step, bound)
    case 'not':
      return makeNot(unit, step.step, bound)
    case 'every':
      return makeEvery(unit, step, bound)
    case 'print':
      return makePrint(unit, step, bound)
  }
}

// --- unification

function makeUnify(unit: Unit, { left, right, message }: UnifyStep, bound: Set<Local>): Make {
  if (isFlat(left))
    return isFlat(right) && !isBound(right, bound)
      ? makeInto(unit, left, right, bound, message)
      : makeInto(unit, right, left, bound, message)
  if (isFlat(right)) return makeInto(unit, left, right, bound, message)
  // Two refs or comprehensions: the first waits in a slot.
  const slot = unit.slots++
  const first = makeSource(unit, left, bound, message)
  const second = makeSource(unit, right, bound, message)
  return (next) => {
    const compare: Take = (machine, frame, value) => {
      const other = frame[slot]
      return other !== undefined && equalValues(value, other) && next(machine, frame)
    }
    const inner = second(compare)
    return first((machine, frame, value) => {
      frame[slot] = value
      return inner(machine, frame)
    })
  }
}

function isFlat(term: Operand): term is Flat {
  return term.k !== 'ref' && term.k !== 'comprehension' && term.k !== 'template'
}

/** Values of `from`, matched against a flat term. */
function makeInto(unit: Unit, from: Operand, to: Flat, bound: Set<Local>, message: boolean): Make {
  const source = makeSource(unit, from, bound, message)
  if (to.k === 'local' && !bound.has(to.local)) {
    bound.add(to.local)
    const { slot } = to.local
    return (next) =>
      source((machine, frame, value) => {
        frame[slot] = value
        return next(machine, frame)
      })
  }
  const match = matchFlat(to, bound)
  return (next) => source((machine, frame, value) => match(machine, frame, value) && next(machine, frame))
}

/** Every value of a term. Adds what a ref binds on its way. */
function makeSource(unit: Unit, term: Operand, bound: Set<Local>, message: boolean): (take: Take) => Next {
  if (term.k === 'ref') return makeRef(unit, term, bound, message)
  const read =
    term.k === 'comprehension'
      ? readComprehension(unit, term, bound)
      : term.k === 'template'
        ? readTemplate(unit, term, bound)
        : readFlat(term)
  if (unit.linker.provenance && (term.k === 'comprehension' || term.k === 'template')) return tracedSource(read)
  return (take) => (machine, frame) => {
    const value = read(machine, frame)
    return value !== undefined && take(machine, frame, value)
  }
}

/** A value that says where it came from in `last`. */
function tracedSource(read: Read): (take: Take) => Next {
  return (take) => (machine, frame) => {
    const { trace } = machine
    if (trace !== undefined) trace.last = []
    const value = read(machine, frame)
    if (value === undefined) return false
    return trace === undefined
      ? take(machine, frame, value)
      : trace.along(trace.last, () => take(machine, frame, value))
  }
}

function makeRef(unit: Unit, { root, path }: RefIR, bound: Set<Local>, message: boolean): (take: Take) => Next {
  const modes: KeyMode[] = path.map((key) => keyMode(key, bound))
  const { linker } = unit
  const following = linker.provenance
    ? (take: Take) => traceKeys(modes, take, message)
    : (take: Take) => followKeys(modes, take)
  if (root === 'data') return (take) => followData(linker, modes, take, message)
  if (root === 'input') {
    return (take) => {
      const follow = following(take)
      return (machine, frame) => {
        const { input } = machine.state
        return input !== undefined && follow(machine, frame, input)
      }
    }
  }
  const { slot } = root
  return (take) => {
    const follow = following(take)
    return (machine, frame) => {
      const value = frame[slot]
      return value !== undefined && follow(machine, frame, value)
    }
  }
}

function makeTest(unit: Unit, term: Operand, bound: Set<Local>): Make {
  const source = makeSource(unit, term, bound, false)
  return (next) => source((machine, frame, value) => value !== false && next(machine, frame))
}

// --- bodies inside of bodies

const FOUND: Next = () => true

function makeNot(unit: Unit, step: Step, bound: LocalSet): Make {
  const inner = makeStep(unit, step, new Set(bound))(FOUND)
  if (unit.linker.provenance)
    return (next) => (machine, frame) =>
      tracedSearch(
        machine,
        () => !inner(machine, frame),
        () => next(machine, frame),
      )
  return (next) => (machine, frame) => !inner(machine, frame) && next(machine, frame)
}

/** A step that holds because a search failed: everything that was tried is why. */
function tracedSearch(machine: Machine, holds: () => boolean, next: () => boolean): boolean {
  const { trace } = machine
  if (trace === undefined) return holds() && next()
  const { value, log } = trace.search(holds)
  return value && trace.along(log, next)
}

function makeEvery(unit: Unit, { key, value, domain, body }: EveryStep, bound: LocalSet): Make {
  const inside = new Set(bound)
  if (key !== undefined) inside.add(key)
  inside.add(value)
  const inner = compileBody(unit, body, inside, () => FOUND)
  const read = readFlat(domain)
  const keySlot = key?.slot
  const valueSlot = value.slot
  const holds = (machine: Machine, frame: Frame): boolean => {
    const collection = read(machine, frame)
    if (collection === undefined || collection === null || typeof collection !== 'object') return false
    const path = machine.trace?.pathOf(collection)
    return !enumerate(collection, (each, member) => {
      machine.tick()
      if (path !== undefined) machine.trace?.locate(member, [...path, each])
      if (keySlot !== undefined) frame[keySlot] = each
      frame[valueSlot] = member
      return !inner(machine, frame)
    })
  }
  if (unit.linker.provenance)
    return (next) => (machine, frame) =>
      tracedSearch(
        machine,
        () => holds(machine, frame),
        () => next(machine, frame),
      )
  return (next) => (machine, frame) => holds(machine, frame) && next(machine, frame)
}

function readComprehension(unit: Unit, comprehension: ComprehensionIR, bound: LocalSet): Read {
  const plain = readCollection(unit, comprehension, bound)
  if (!unit.linker.provenance) return readsOuter(comprehension, bound) ? plain : cached(unit, plain)
  return (machine, frame) => {
    const { trace } = machine
    if (trace === undefined) return plain(machine, frame)
    const { members, collected } = trace
    trace.members = new Map()
    trace.collected = []
    const { value, log } = trace.search(() => plain(machine, frame))
    if (value !== undefined && comprehension.type === 'set') trace.remember(value, trace.members)
    // What it holds says where it came from; if it is empty, what was looked for does.
    trace.last = trace.collected.length > 0 ? trace.collected : log
    trace.members = members
    trace.collected = collected
    return value
  }
}

/** What reads no variable of the outer body is the same whenever it is asked for. */
function cached(unit: Unit, plain: Read): Read {
  const id = unit.linker.nextComprehension()
  return (machine, frame) => {
    const { comprehensions } = machine.state.cache
    const known = comprehensions[id]
    if (known !== undefined) return known
    const value = plain(machine, frame)
    comprehensions[id] = value
    return value
  }
}

/** Notes where a member came from. */
function collect(machine: Machine, member: Value): void {
  const { trace } = machine
  if (trace === undefined) return
  const origins = trace.since()
  const key = keyOf(member)
  if (!trace.members.has(key)) trace.members.set(key, origins)
  if (trace.collected.length < MAX_COLLECTED) trace.collected.push(...origins)
}

const MAX_COLLECTED = 500

function readCollection(unit: Unit, { type, key, value, body, span }: ComprehensionIR, bound: LocalSet): Read {
  const traced = unit.linker.provenance
  const readValue = readFlat(value)
  if (type === 'array') {
    const run = compileBody(unit, body, bound, () => (machine, frame) => {
      const item = readValue(machine, frame)
      if (item !== undefined) {
        machine.array.push(item)
        if (traced) collect(machine, item)
      }
      return false
    })
    return (machine, frame) => {
      const outer = machine.array
      const mine: Value[] = []
      machine.array = mine
      run(machine, frame)
      machine.array = outer
      return mine
    }
  }
  if (type === 'set') {
    const run = compileBody(unit, body, bound, () => (machine, frame) => {
      const item = readValue(machine, frame)
      if (item !== undefined) {
        machine.set.add(item)
        if (traced) collect(machine, item)
      }
      return false
    })
    return (machine, frame) => {
      const outer = machine.set
      const mine = new SetBuilder()
      machine.set = mine
      run(machine, frame)
      machine.set = outer
      return mine.build()
    }
  }
  const readKey: Read = key === undefined ? () => undefined : readFlat(key)
  const source = body[0]?.source
  const run = compileBody(unit, body, bound, () => (machine, frame) => {
    const at = readKey(machine, frame)
    const item = readValue(machine, frame)
    if (at === undefined || item === undefined) return false
    const known = machine.object.get(at)
    if (known !== undefined && !equalValues(known, item)) {
      throw new RegoError(
        'eval_conflict_error',
        'object keys must be unique',
        source === undefined ? undefined : { source, span },
      )
    }
    machine.object.set(at, item)
    if (traced) collect(machine, at)
    return false
  })
  return (machine, frame) => {
    const outer = machine.object
    const mine = new ObjectBuilder()
    machine.object = mine
    run(machine, frame)
    machine.object = outer
    return mine.build()
  }
}

function readTemplate(unit: Unit, { parts, span }: TemplateIR, bound: LocalSet): Read {
  const reads = parts.map((part) => (typeof part === 'string' ? part : captured(unit, part, bound)))
  return (machine, frame) => {
    let text = ''
    for (const part of reads) text += typeof part === 'string' ? part : part(machine, frame, span)
    return text
  }
}

/** The one value of a captured term as a text, or `<undefined>`. */
function captured(
  unit: Unit,
  comprehension: ComprehensionIR,
  bound: LocalSet,
): (machine: Machine, frame: Frame, span: { readonly start: number; readonly end: number }) => string {
  const read = readComprehension(unit, comprehension, bound)
  const source = comprehension.body[0]?.source
  return (machine, frame, span) => {
    const set = read(machine, frame)
    const members =
      set === undefined || set === null || typeof set !== 'object' || !('sorted' in set) ? [] : set.sorted()
    const [first, second] = members
    if (second !== undefined) {
      throw new RegoError(
        'eval_conflict_error',
        'template-strings must not produce multiple outputs',
        source === undefined ? undefined : { source, span },
      )
    }
    return first === undefined ? '<undefined>' : displayValue(first)
  }
}

function makePrint(unit: Unit, { args, span }: PrintStep, bound: LocalSet): Make {
  const reads = args.map((arg) => readComprehension(unit, arg, bound))
  void span
  return (next) => (machine, frame) => {
    const { print } = machine.context
    if (print !== undefined) {
      let lines: string[] = ['']
      for (const [index, read] of reads.entries()) {
        const set = read(machine, frame)
        const members =
          set === undefined || set === null || typeof set !== 'object' || !('sorted' in set) ? [] : set.sorted()
        const texts = members.length === 0 ? ['<undefined>'] : members.map(displayValue)
        lines = lines.flatMap((line) => texts.map((text) => (index === 0 ? text : `${line} ${text}`)))
      }
      for (const line of lines) print(line)
    }
    return next(machine, frame)
  }
}
