import { describe, expect, test } from 'vitest'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import { readEstate } from '../../resources/read.ts'
import { applyWorkspaceEdit } from '../../text/workspace-edit.ts'
import { HclEdits } from './edits.ts'
import { type SetOptions, setOwnAttribute, setPlace } from './place.ts'
import { type HclValue, raw } from './spec.ts'
import { addVariable, type VariableSpec } from './variables.ts'

const files = (input: Record<string, string>) => new Map(Object.entries(input))

function read(input: Record<string, string>, vendored: Record<string, string> = {}): Estate {
  return readEstate({ files: files(input), vendored: files(vendored) })
}

type Setter = (
  edits: HclEdits,
  estate: Estate,
  place: Place,
  value: HclValue,
  options?: SetOptions,
) => { refused: string } | undefined

/** The files that changed, or the reason for refusing. */
function set(
  input: Record<string, string>,
  address: string,
  path: readonly (string | number)[],
  value: HclValue,
  options?: SetOptions,
  setter: Setter = setPlace,
  vendored: Record<string, string> = {},
): Record<string, string> | string {
  const estate = read(input, vendored)
  const resource = estate.resources.find((candidate) => candidate.address === address)
  if (resource === undefined) throw new Error(`no ${address}`)
  const edits = new HclEdits()
  const refused = setter(edits, estate, Place.of(resource).get(...path), value, options)
  if (refused !== undefined) return refused.refused
  const after = applyWorkspaceEdit(files(input), edits.finish())
  return Object.fromEntries([...after].filter(([name, text]) => input[name] !== text))
}

describe('setPlace', () => {
  const one = (body: string): string => `resource "t" "n" {\n${body}}\n`

  test('replaces the literal in the resource', () => {
    expect(set({ 'a.tf': one('  x = "a" # c\n') }, 't.n', ['x'], 'b')).toEqual({ 'a.tf': one('  x = "b" # c\n') })
  })

  test('adds what is absent, also to a nested block', () => {
    expect(set({ 'a.tf': one('  b {\n    k = 1\n  }\n') }, 't.n', ['b', 'x'], true)).toEqual({
      'a.tf': one('  b {\n    k = 1\n    x = true\n  }\n'),
    })
    expect(set({ 'a.tf': one('') }, 't.n', ['b', 'x'], true)).toBe('the block that it belongs to is not written out')
  })

  test('follows a variable to its default, and to the tfvars line that wins', () => {
    const input = { 'a.tf': one('  x = var.v\n'), 'v.tf': 'variable "v" {\n  default = false\n}\n' }
    expect(set(input, 't.n', ['x'], true)).toEqual({ 'v.tf': 'variable "v" {\n  default = true\n}\n' })
    const tfvars = { ...input, 'terraform.tfvars': 'v = false # here\n' }
    expect(set(tfvars, 't.n', ['x'], true)).toEqual({ 'terraform.tfvars': 'v = true # here\n' })
  })

  test('follows a module argument, and an item of a local map', () => {
    const input = {
      'm/a.tf': `variable "v" {}\n${one('  x = var.v\n')}`,
      'main.tf':
        'module "m" {\n  source = "./m"\n  v      = local.all["k"]\n}\n\nlocals {\n  all = {\n    k = "old"\n  }\n}\n',
    }
    expect(set(input, 'module.m.t.n', ['x'], 'new')).toEqual({ 'main.tf': input['main.tf'].replace('old', 'new') })
  })

  test('edits JSON inside a heredoc', () => {
    const text = one('  p = <<EOT\n{"a": {"b": "x"}}\nEOT\n')
    const estate = read({ 'a.tf': text })
    const [resource] = estate.resources
    if (resource === undefined) throw new Error('no resource')
    const edits = new HclEdits()
    expect(setPlace(edits, estate, Place.of(resource).get('p').decoded().get('a', 'b'), 'y"')).toBeUndefined()
    expect(applyWorkspaceEdit(files({ 'a.tf': text }), edits.finish()).get('a.tf')).toBe(text.replace('"x"', '"y\\""'))
  })

  const computed = { 'a.tf': `variable "on" {\n  default = true\n}\n\n${one('  x = var.on ? "a" : "b"\n')}` }
  test('does not touch a branch of a condition', () => {
    expect(set(computed, 't.n', ['x'], 'b')).toBe('the value is computed, not written as a literal')
  })

  test('replaces what is computed if asked to', () => {
    expect(set(computed, 't.n', ['x'], 'c', { orReplace: true })).toEqual({
      'a.tf': computed['a.tf'].replace('var.on ? "a" : "b"', '"c"'),
    })
  })

  test('a reference is set in the resource itself, not in the default of a variable', () => {
    const input = { 'a.tf': `variable "v" {\n  default = null\n}\n\n${one('  x = var.v\n')}` }
    expect(set(input, 't.n', ['x'], raw('k.k.arn'), undefined, setOwnAttribute)).toEqual({
      'a.tf': input['a.tf'].replace('var.v', 'k.k.arn'),
    })
  })

  test('refuses downloaded modules', () => {
    const input = {
      'main.tf': 'module "m" {\n  source = "acme/m/aws"\n}\n',
      '.terraform/modules/modules.json': '',
    }
    const vendored = {
      '.terraform/modules/modules.json':
        '{"Modules":[{"Key":"m","Source":"registry.terraform.io/acme/m/aws","Dir":".terraform/modules/m"}]}',
      '.terraform/modules/m/a.tf': one('  x = "a"\n'),
    }
    const estate = read({ 'main.tf': input['main.tf'] }, vendored)
    const found = estate.resources.some(({ address }) => address === 'module.m.t.n')
    expect(found).toBe(true)
    expect(
      set({ 'main.tf': input['main.tf'] }, 'module.m.t.n', ['x'], 'b', { orReplace: true }, setPlace, vendored),
    ).toBe('the resource belongs to a downloaded module')
  })

  test('refuses what stands in a dynamic block of unknown size', () => {
    const input = {
      'a.tf': `variable "all" {\n  type = list(string)\n}\n\n${one('  dynamic "b" {\n    for_each = var.all\n    content {\n      x = "a"\n    }\n  }\n')}`,
    }
    expect(set(input, 't.n', ['b', 0, 'x'], 'b')).toBe('it stands in a dynamic block whose for_each is not known')
  })

  test('works in JSON syntax', () => {
    const text = '{"resource": {"t": {"n": {"x": "a", "b": {"k": 1}}}}}'
    expect(set({ 'a.tf.json': text }, 't.n', ['x'], 'b')).toEqual({ 'a.tf.json': text.replace('"a"', '"b"') })
    expect(set({ 'a.tf.json': text }, 't.n', ['b', 'y'], raw('t.m.id'))).toEqual({
      'a.tf.json': text.replace('"k": 1', '"k": 1, "y": "${t.m.id}"'),
    })
  })
})

describe('addVariable', () => {
  const spec: VariableSpec = {
    name: 'cidrs',
    type: 'list(string)',
    description: 'Who may come in.',
    validation: { condition: '!contains(var.cidrs, "0.0.0.0/0")', message: 'Not everybody.' },
  }
  const text = [
    'variable "cidrs" {',
    '  type        = list(string)',
    '  description = "Who may come in."',
    '  nullable    = false',
    '',
    '  validation {',
    '    condition     = !contains(var.cidrs, "0.0.0.0/0")',
    '    error_message = "Not everybody."',
    '  }',
    '}',
    '',
  ].join('\n')
  const add = (input: Record<string, string>, dir = '.'): Record<string, string> => {
    const estate = read(input)
    const edits = new HclEdits()
    addVariable(edits, estate, dir, spec)
    const after = applyWorkspaceEdit(files(input), edits.finish())
    return Object.fromEntries([...after].filter(([name, now]) => input[name] !== now))
  }
  const other = 'variable "x" {}\n'

  test.each<[string, Record<string, string>, string, Record<string, string>]>([
    [
      'variables.tf of the module',
      { 'variables.tf': '# ours', 'main.tf': other },
      '.',
      { 'variables.tf': `# ours\n\n${text}` },
    ],
    [
      'the file that has most',
      { 'a.tf': other, 'b.tf': `${other.replace('x', 'y')}${other.replace('x', 'z')}\nlocals {}\n` },
      '.',
      { 'b.tf': `variable "y" {}\nvariable "z" {}\n\n${text}\nlocals {}\n` },
    ],
    ['a new file', { 'main.tf': 'locals {}\n' }, '.', { 'variables.tf': text }],
    ['the right folder', { 'main.tf': other, 'm/main.tf': 'locals {}\n' }, 'm', { 'm/variables.tf': text }],
    ['nowhere if it is there', { 'main.tf': 'variable "cidrs" {}\n' }, '.', {}],
  ])('goes to %s', (_, input, dir, changed) => {
    expect(add(input, dir)).toEqual(changed)
  })
})
