import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Complaint, defineFixer, type Fixer } from '../fix/fixer.ts'
import type { Place } from '../resources/place.ts'
import { defineRule, type Rule } from '../rules/rule.ts'
import { planProject } from '../testing/project.ts'
import { createFile, fileEdit, mergeEdits, type WorkspaceEdit } from '../text/workspace-edit.ts'
import type { FixPlan } from './plan.ts'

/** A rule that wants an attribute of a queue to be `good`. */
function wants(attribute: string): Rule {
  return defineRule({
    id: `wants-${attribute}`,
    title: `${attribute} must be good`,
    severity: 'high',
    severityReason: 'A test.',
    controls: ['CM-6'],
    sameAs: [],
    kind: 'terraform',
    resources: ['demo_queue'],
    messages: { bad: 'not good' },
    remediation: 'Make it good.',
    *check(queue) {
      const place = queue.get(attribute)
      if (place.string().kind === 'known' && place.value?.kind === 'string' && place.value.value !== 'good') {
        yield { at: place, message: 'bad' }
      }
    },
  })
}

function replace(place: Place, text: string): WorkspaceEdit {
  const { document, span } = place.location
  return fileEdit(document.path, [{ span, text }])
}

/** A fixer for rules, with an edit of the test's own. */
function fixer(
  covers: readonly string[],
  edit: (complaint: Complaint) => WorkspaceEdit,
  rank: 'E' | 'C' | 'B' = 'E',
): Fixer {
  return defineFixer({
    name: 'test-fixer',
    title: 'A test',
    covers,
    assess: ({ at }) => ({ rank, title: 'Mend it', minutes: 1, group: at.resource.address, reason: 'a test' }),
    build: (complaints) => {
      const edits = complaints.map(edit)
      const merged = edits.reduce<WorkspaceEdit | undefined>(
        (all, next) => (all === undefined ? undefined : mergeEdits(all, next)),
        { changes: new Map(), creates: new Map() },
      )
      return merged ?? { code: 'no-fix', refused: 'its own edits overlap' }
    },
    nextSteps: () => [],
  })
}

const good = fixer(['wants-a'], ({ at }) => replace(at, '"good"'))

function plan(
  text: string,
  fixers: readonly Fixer[],
  approve: 'none' | 'C' | 'B' = 'none',
  rules = [wants('a')],
): FixPlan {
  return planProject({ files: { 'main.tf': text }, rules, fixers }, approve)
}

function outcome({ applied, held, refused }: FixPlan): Record<string, string> {
  return Object.fromEntries([
    ...applied.map(({ judged, curedBy }) => [
      judged.finding.resource.address,
      curedBy === undefined ? 'applied' : 'cured',
    ]),
    ...held.map(({ finding }) => [finding.resource.address, 'held']),
    ...refused.map(({ judged, code }) => [judged.finding.resource.address, code]),
  ])
}

const queue = (name: string, value = 'bad'): string => `resource "demo_queue" "${name}" {\n  a = "${value}"\n}\n`

describe('a plan', () => {
  test('fixes, verifies and leaves the rest alone', () => {
    const result = plan(`# keep\n${queue('x')}${queue('y', 'good')}`, [good])
    expect(outcome(result)).toEqual({ 'demo_queue.x': 'applied' })
    expect(result.files.get('main.tf')).toBe(`# keep\n${queue('x', 'good')}${queue('y', 'good')}`)
    expect(result.after.result.summary.total).toBe(0)
    expect(result.verification).toMatchObject([
      { decidesPass: true, nothingNew: true, parses: true, nothingVanished: true },
    ])
  })

  test('holds rank C and B until they are approved', () => {
    const held = fixer(['wants-a'], ({ at }) => replace(at, '"good"'), 'B')
    expect(outcome(plan(queue('x'), [held]))).toEqual({ 'demo_queue.x': 'held' })
    expect(outcome(plan(queue('x'), [held], 'C'))).toEqual({ 'demo_queue.x': 'held' })
    expect(outcome(plan(queue('x'), [held], 'B'))).toEqual({ 'demo_queue.x': 'applied' })
  })

  test('one that fails is refused alone', () => {
    const flawed = fixer(['wants-a'], ({ at }) => replace(at, at.resource.name === 'c' ? '"worse"' : '"good"'))
    const result = plan(['a', 'b', 'c', 'd', 'e'].map((name) => queue(name)).join(''), [flawed])
    expect(outcome(result)).toEqual({
      'demo_queue.a': 'applied',
      'demo_queue.b': 'applied',
      'demo_queue.c': 'verification-failed',
      'demo_queue.d': 'applied',
      'demo_queue.e': 'applied',
    })
    expect(result.refused[0]?.reason).toContain('does not pass')
  })

  test('a fixer that throws is refused with its error, and the rest is fixed', () => {
    const broken = fixer(['wants-a'], ({ at }) => {
      if (at.resource.name === 'a') throw new Error('boom')
      return replace(at, '"good"')
    })
    const result = plan(queue('a') + queue('b'), [broken])
    expect(outcome(result)).toEqual({ 'demo_queue.a': 'verification-failed', 'demo_queue.b': 'applied' })
    expect(result.refused[0]?.reason).toContain('boom')
  })

  test('overlapping edits wait for the next pass', () => {
    const whole = (at: Place): string => at.location.document.text
    // Both fixers rewrite from the start of the file to their own value: they can only go one after the other.
    const rewrite = (attribute: string): Fixer => ({
      ...fixer([`wants-${attribute}`], ({ at }) => {
        const { document, span } = at.location
        return fileEdit(document.path, [
          { span: { start: 0, end: span.end }, text: `${whole(at).slice(0, span.start)}"good"` },
        ])
      }),
      name: `fix-${attribute}`,
    })
    const result = plan(
      'resource "demo_queue" "x" {\n  a = "bad"\n  b = "bad"\n}\n',
      [rewrite('a'), rewrite('b')],
      'none',
      [wants('a'), wants('b')],
    )
    expect(result.files.get('main.tf')).toBe('resource "demo_queue" "x" {\n  a = "good"\n  b = "good"\n}\n')
    expect(result.applied).toHaveLength(2)
  })

  test('a finding that another fix cured names that fix', () => {
    const result = plan(
      'locals {\n  v = "bad"\n}\nresource "demo_queue" "x" {\n  a = local.v\n  b = local.v\n}\n',
      [fixer(['wants-a'], ({ at }) => replace(at, '"good"'))],
      'none',
      [wants('a'), wants('b')],
    )
    const [cured] = result.applied.filter(({ curedBy }) => curedBy !== undefined)
    expect(cured?.judged.finding.ruleId).toBe('wants-b')
    expect(cured?.curedBy).toBe(result.applied[0]?.judged.finding.fingerprint)
  })

  test('two modules of one body take the same edit once', () => {
    const files = {
      'main.tf': 'module "one" {\n  source = "./m"\n}\nmodule "two" {\n  source = "./m"\n}\n',
      'm/main.tf': queue('x'),
    }
    const result = planProject({ files, rules: [wants('a')], fixers: [good] })
    expect(result.applied.map(({ judged }) => judged.finding.resource.address)).toEqual([
      'module.one.demo_queue.x',
      'module.two.demo_queue.x',
    ])
    expect(result.files.get('m/main.tf')).toBe(queue('x', 'good'))
  })

  test('what was switched off may be switched on', () => {
    const text =
      'variable "on" {\n  default = "bad"\n}\nresource "demo_queue" "x" {\n  a = var.on\n}\nresource "demo_queue" "y" {\n  count = var.on == "bad" ? 0 : 1\n  a     = "good"\n}\n'
    expect(outcome(plan(text, [good]))).toEqual({ 'demo_queue.x': 'applied' })
  })

  test('a second run changes nothing', () => {
    const first = plan(queue('x') + queue('y'), [good])
    const second = plan(first.files.get('main.tf') ?? '', [good])
    expect([second.changes, second.applied]).toEqual([[], []])
  })

  test('applied, held and refused are every open finding, once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('good', 'bad', 'stuck', 'held', 'lost'), { maxLength: 8 }),
        fc.constantFrom('none' as const, 'B' as const),
        (values, approve) => {
          const mixed: Fixer = {
            ...fixer(['wants-a'], ({ at }) =>
              replace(at, at.value?.kind === 'string' && at.value.value === 'stuck' ? '"x"' : '"good"'),
            ),
            assess: ({ at }) => {
              const value = at.value?.kind === 'string' ? at.value.value : ''
              if (value === 'lost') return { code: 'no-fix', refused: 'lost' }
              return { rank: value === 'held' ? 'B' : 'E', title: 'x', minutes: 1, group: at.resource.address }
            },
          }
          const text = values.map((value, i) => queue(`q${i}`, value)).join('')
          const { before, applied, held, refused } = plan(text, [mixed], approve)
          const all = [...applied.map(({ judged }) => judged), ...held, ...refused.map(({ judged }) => judged)]
          const prints = all.map(({ finding }) => finding.fingerprint).sort()
          expect(prints).toEqual(before.result.findings.map(({ fingerprint }) => fingerprint).sort())
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('a lesser finding that a fix trades in', () => {
  const queue = (severity: Rule['severity']): Rule => ({ ...wants('b'), severity })
  /** Mends `a`, and writes a bad `b` below it or into another file. */
  const trading = (trades: readonly string[], elsewhere = false): Fixer => ({
    ...fixer(['wants-a'], ({ at }) => replace(at, '"good"\n  b = "bad"')),
    build: ([complaint]) => {
      if (complaint === undefined) return { code: 'no-fix', refused: 'nothing to do' }
      const { document } = complaint.at.location
      const own = replace(complaint.at, elsewhere ? '"good"' : '"good"\n  b = "bad"')
      const other = { span: { start: 0, end: 0 }, text: '' }
      const text = 'resource "demo_queue" "new" {\n  b = "bad"\n}\n'
      const edit = mergeEdits(own, elsewhere ? createFile('new.tf', text) : fileEdit(document.path, [other])) ?? own
      return { ...edit, trades }
    },
  })
  const applied = (lesser: Rule, one: Fixer): number =>
    planProject({
      files: { 'main.tf': 'resource "demo_queue" "q" {\n  a = "x"\n}\n' },
      rules: [wants('a'), lesser],
      fixers: [one],
    }).applied.length

  test('is accepted if it is named, less severe, and in what the fix touches', () => {
    expect(applied(queue('low'), trading(['wants-b']))).toBe(1)
    expect(applied(queue('low'), trading(['wants-b'], true))).toBe(1)
  })

  test('is refused if it is not named, or as severe as what is fixed', () => {
    expect(applied(queue('low'), trading([]))).toBe(0)
    expect(applied(queue('high'), trading(['wants-b']))).toBe(0)
    expect(applied(queue('critical'), trading(['wants-b'], true))).toBe(0)
  })
})

describe('deceptive fixes are refused', () => {
  const text = `${queue('x')}resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::b/*" }] })
}
`
  const deceive = (edit: (complaint: Complaint) => WorkspaceEdit): [string | undefined, string | undefined] => {
    const result = plan(text, [fixer(['wants-a'], edit)])
    expect(result.changes).toEqual([])
    return [result.refused[0]?.code, result.refused[0]?.reason]
  }
  const whole = (complaint: Complaint, change: (text: string) => string): WorkspaceEdit => {
    const { document } = complaint.at.location
    return fileEdit(document.path, [{ span: { start: 0, end: document.text.length }, text: change(document.text) }])
  }

  test.each<[string, string, (complaint: Complaint) => WorkspaceEdit]>([
    ['count = 0', 'no longer be audited', (c) => whole(c, (all) => all.replace('a = "bad"', 'count = 0\n  a = "bad"'))],
    [
      'removing the resource',
      'no longer be audited',
      (c) => whole(c, (all) => all.slice(all.indexOf('resource "aws_iam'))),
    ],
    [
      'renaming the resource',
      'no longer be audited',
      (c) => whole(c, (all) => all.replace('"x"', '"y"').replace('"bad"', '"good"')),
    ],
    ['commenting it out', 'no longer be audited', (c) => whole(c, (all) => `/* ${all.replace('\n}\n', '\n}\n*/')}`)],
    [
      'a suppression comment',
      'suppression',
      (c) => whole(c, (all) => `# checkov:skip=CKV_AWS_27\n${all.replace('"bad"', '"good"')}`),
    ],
    [
      'our own suppression',
      'suppression',
      (c) => whole(c, (all) => `# secops:ignore wants-a\n${all.replace('"bad"', '"good"')}`),
    ],
    ['an unknown in place of the value', 'does not pass', (c) => replace(c.at, 'terraform.workspace')],
    ['a text that no longer parses', 'no longer parse', (c) => replace(c.at, '"good')],
    ['a reference to nothing', 'dangle', (c) => replace(c.at, 'var.nowhere')],
    [
      'a wildcard elsewhere',
      'widen the scope',
      (c) => whole(c, (all) => all.replace('"bad"', '"good"').replace('"s3:GetObject"', '"s3:*"')),
    ],
    [
      'a wildcard of another kind in exchange',
      'widen the scope',
      (c) =>
        whole(c, (all) =>
          all
            .replace('"bad"', '"good"')
            .replace('"s3:GetObject"', '"s3:*"')
            .replace('"arn:aws:s3:::b/*"', '"arn:aws:s3:::b/c"'),
        ),
    ],
    [
      'the whole internet in a new group',
      'widen the scope',
      (c) =>
        mergeEdits(
          replace(c.at, '"good"'),
          createFile(
            'more.tf',
            'resource "aws_security_group" "g" {\n  ingress {\n    cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]\n  }\n}\n',
          ),
        ) ?? replace(c.at, '"good"'),
    ],
    [
      'the whole internet on more than HTTPS',
      'widen the scope',
      (c) =>
        mergeEdits(
          replace(c.at, '"good"'),
          createFile(
            'more.tf',
            'resource "aws_security_group" "g" {\n  ingress {\n    from_port = 443\n    to_port = 444\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n',
          ),
        ) ?? replace(c.at, '"good"'),
    ],
    [
      'a new finding elsewhere',
      'new finding',
      (c) => mergeEdits(replace(c.at, '"good"'), createFile('more.tf', queue('fresh'))) ?? replace(c.at, '"good"'),
    ],
  ])('%s', (_name, reason, edit) => {
    const [code, why] = deceive(edit)
    expect(code).toBe('verification-failed')
    expect(why).toContain(reason)
  })
})
