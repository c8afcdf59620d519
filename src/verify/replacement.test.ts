import { describe, expect, test } from 'vitest'
import { defineFixer, type Fixer } from '../fix/fixer.ts'
import { DISRUPTIONS, VERSIONED_TYPES } from '../resources/aws/schema/disruption.ts'
import {
  nodeAt,
  PROVIDER_MAJORS,
  type ProviderMajor,
  type SchemaNode,
  schemaTypes,
  typeSchema,
} from '../resources/aws/schema/reader.ts'
import { defineRule, type Rule } from '../rules/rule.ts'
import { planProject } from '../testing/project.ts'
import { fileEdit } from '../text/workspace-edit.ts'
import type { FixPlan } from './plan.ts'

/** One attribute or block whose change replaces or disrupts the resource. */
interface Case {
  readonly path: readonly string[]
  readonly node: SchemaNode
}

const NOT_ARGUMENTS = new Set(['timeouts', 'provider'])

function replacing(type: string, major: ProviderMajor): Case[] {
  const schema = typeSchema(type, major)
  return schema === undefined ? [] : walk(schema.children, []).filter(({ node }) => node.replaces !== 'no')
}

function walk(children: ReadonlyMap<string, SchemaNode>, path: readonly string[]): Case[] {
  return [...children.values()].flatMap((node) => {
    if (path.length === 0 && NOT_ARGUMENTS.has(node.name)) return []
    const inner = [...path, node.name]
    return [{ path: inner, node }, ...(node.children === undefined ? [] : walk(node.children, inner))]
  })
}

/** The text of a resource with the attribute as it was; `MARK` shows where the fix writes. */
function textOf(type: string, major: ProviderMajor, { path, node }: Case, name: string): string {
  const inside = path.length - 1
  const lines = [`resource "${type}" "${name}" {`]
  const schema = typeSchema(type, major)
  for (let depth = 0; depth < inside; depth++) {
    const holder = schema === undefined ? undefined : nodeAt(schema, path.slice(0, depth + 1))
    const asAttribute = holder?.form === 'attribute' ? (holder.single ? ' = {' : ' = [{') : ' {'
    lines.push(`${path[depth] ?? ''}${asAttribute}`)
  }
  lines.push(node.type === 'object' || node.type === 'any' ? '# MARK' : `${node.name} = ${valueOf(node, 0)}`)
  for (let depth = inside - 1; depth >= 0; depth--) {
    const holder = schema === undefined ? undefined : nodeAt(schema, path.slice(0, depth + 1))
    lines.push(holder?.form === 'attribute' && !holder.single ? '}]' : '}')
  }
  return `${[...lines, '}'].join('\n')}\n`
}

function valueOf({ type }: SchemaNode, which: 0 | 1): string {
  const word = `"${['one', 'two'][which]}"`
  switch (type) {
    case 'number':
      return String(which + 1)
    case 'bool':
      return String(which === 1)
    case 'string-list':
      return `[${word}]`
    case 'number-list':
      return `[${which + 1}]`
    case 'map':
      return `{ a = ${word} }`
    default:
      return word
  }
}

function written({ node }: Case): string {
  if (node.type !== 'object') return `${node.name} = ${valueOf(node, 1)}`
  if (node.form === 'attribute') return `${node.name} = ${node.single ? '{}' : '[{}]'}`
  return `${node.name} {}`
}

const seed: Rule = defineRule({
  id: 'seed',
  title: 'A test',
  severity: 'high',
  severityReason: 'A test.',
  controls: ['CM-6'],
  sameAs: [],
  kind: 'terraform',
  resources: [...schemaTypes()],
  messages: { bad: 'as it was' },
  remediation: 'Change it.',
  *check(resource) {
    const text = textAt(resource.resource)
    if (text !== undefined && !text.includes('# fixed')) yield { at: resource, message: 'bad' }
  },
})

function textAt(
  resource: { kind: string; source?: unknown } & Parameters<Rule['check']>[0]['resource'],
): string | undefined {
  if (resource.kind !== 'terraform' || resource.source === undefined) return undefined
  const { document, block } = resource.source
  return document.text.slice(block.span.start, block.span.end)
}

/** Writes each resource's own change, claiming a rank. */
function fixer(cases: readonly Case[], rank: 'E' | 'D' | 'C' | 'B'): Fixer {
  return defineFixer({
    name: 'bold',
    title: 'A test',
    covers: ['seed'],
    assess: ({ at }) => ({ rank, title: 'Change it', minutes: 1, group: at.resource.address, reason: 'a test' }),
    build: ([complaint]) => {
      const resource = complaint?.at.resource
      const one = cases[Number(resource?.name.slice(1))]
      if (resource?.kind !== 'terraform' || resource.source === undefined || one === undefined)
        throw new Error('no case')
      const { document, block } = resource.source
      const old = document.text.slice(block.span.start, block.span.end)
      const before = old.includes('# MARK') ? '# MARK' : `${one.node.name} = ${valueOf(one.node, 0)}`
      const at = old.indexOf(`\n${before}\n`) + 1
      if (at === 0) throw new Error(`not found: ${before}`)
      const start = block.span.start + at
      return fileEdit(document.path, [{ span: { start, end: start + before.length }, text: `${written(one)} # fixed` }])
    },
    nextSteps: () => [],
  })
}

function planOf(
  type: string,
  major: ProviderMajor,
  cases: readonly Case[],
  rank: 'E' | 'D' | 'C' | 'B',
  approve: 'none' | 'C' | 'B',
): FixPlan {
  const versions = `terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> ${major}.1" }\n  }\n}\n`
  const files = {
    'versions.tf': versions,
    'main.tf': cases.map((one, index) => textOf(type, major, one, `r${index}`)).join(''),
  }
  return planProject({ files, rules: [seed], fixers: [fixer(cases, rank)] }, approve)
}

const table = schemaTypes().filter((type) => !VERSIONED_TYPES.has(type))

describe.each(PROVIDER_MAJORS)('provider v%i: what replaces is not applied without approval', (major) => {
  test('of rank E, D or C: none of the whole table', { timeout: 120_000 }, () => {
    let count = 0
    let heldCount = 0
    for (const type of table) {
      const cases = replacing(type, major)
      if (cases.length === 0) continue
      count += cases.length
      for (const [rank, approve] of [
        ['D', 'none'],
        ['C', 'C'],
      ] as const) {
        const { applied, held, refused } = planOf(type, major, cases, rank, approve)
        expect(
          applied.map(({ judged }) => cases[Number(judged.finding.resource.address.split('.r')[1])]?.path.join('.')),
          type,
        ).toEqual([])
        // Refused is only what the provider would not take, such as two attributes that exclude each other.
        expect(
          refused.filter(({ reason }) => !reason.startsWith('the provider would refuse')),
          type,
        ).toEqual([])
        expect([...held, ...refused], type).toHaveLength(cases.length)
        heldCount += held.length
        expect(
          held.every(({ finding }) => finding.rank === 'B'),
          type,
        ).toBe(true)
      }
    }
    // If the data lost its flags, there would be nothing to test.
    expect(count).toBeGreaterThan(500)
    expect(heldCount).toBeGreaterThan(count * 1.9)
  })

  test('of rank B: held until approved, and then applied', { timeout: 120_000 }, () => {
    for (const type of ['aws_db_instance', 'aws_ecr_repository', 'aws_security_group', 'aws_eks_cluster']) {
      const cases = replacing(type, major).filter(({ node }) => node.type !== 'object')
      expect(planOf(type, major, cases, 'B', 'C').held, type).toHaveLength(cases.length)
      expect(planOf(type, major, cases, 'B', 'B').applied, type).toHaveLength(cases.length)
    }
  })
})

test('what disrupts is a name of the schema, and is held just so', () => {
  for (const { types, paths } of DISRUPTIONS) {
    for (const type of types) {
      const schema = typeSchema(type, 6)
      const cases = paths.flatMap((path) => {
        const node = schema === undefined ? undefined : nodeAt(schema, path.split('.'))
        return node === undefined ? [] : [{ path: path.split('.'), node }]
      })
      expect(cases.length, `${type}: ${paths.join(', ')}`).toBeGreaterThan(0)
      const { applied, held } = planOf(type, 6, cases, 'C', 'C')
      expect([applied.length, held.length], type).toEqual([0, cases.length])
    }
  }
})

test('what the schema does not know counts as replacing', () => {
  const unknown: SchemaNode = {
    name: 'brand_new',
    form: 'attribute',
    type: 'string',
    single: false,
    required: false,
    replaces: 'no',
    children: undefined,
  }
  const { applied, held } = planOf('aws_db_instance', 6, [{ path: ['brand_new'], node: unknown }], 'D', 'none')
  expect([applied.length, held.length]).toEqual([0, 1])
})

test('what is changed in place is applied', () => {
  const schema = typeSchema('aws_db_instance', 6)
  const node = schema === undefined ? undefined : nodeAt(schema, ['deletion_protection'])
  const cases = node === undefined ? [] : [{ path: ['deletion_protection'], node }]
  expect(planOf('aws_db_instance', 6, cases, 'D', 'none').applied).toHaveLength(1)
})
