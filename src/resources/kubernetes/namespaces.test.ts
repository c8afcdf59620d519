import { describe, expect, test } from 'vitest'
import { Place } from '../place.ts'
import { readEstate } from '../read.ts'
import { builtWith, namespaceOf, sameNamespace } from './namespaces.ts'

const object = (namespace?: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${namespace === undefined ? '' : `, namespace: ${namespace}`}}\n`
const kustomization = (lines: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lines}\n`

function read(files: Readonly<Record<string, string>>): ReturnType<typeof namespaceOf> {
  const estate = readEstate({ files: new Map(Object.entries(files)), vendored: new Map() })
  const [first] = estate.kubernetes('ConfigMap')
  if (first === undefined) throw new Error('no object')
  return namespaceOf(Place.of(first), estate)
}

describe('the namespace of an object', () => {
  test('is what the manifest says', () => {
    expect(read({ 'c.yaml': object('bank') })).toEqual({ kind: 'known', value: 'bank' })
    expect(read({ 'c.yaml': object() })).toEqual({ kind: 'absent' })
    expect(read({ 'c.yaml': object('""') })).toEqual({ kind: 'absent' })
    expect(read({ 'c.yaml': object('[]') }).kind).toBe('unknown')
  })

  test('is what the kustomization says that builds the file, the outermost if several do', () => {
    const base = {
      'base/c.yaml': object('old'),
      'base/kustomization.yaml': kustomization('resources: [c.yaml]\nnamespace: inner'),
    }
    expect(read(base)).toEqual({ kind: 'known', value: 'inner' })
    const overlay = { ...base, 'prod/kustomization.yml': kustomization('namespace: bank\nresources: [../base/]') }
    expect(read(overlay)).toEqual({ kind: 'known', value: 'bank' })
    const bare = { ...base, 'prod/kustomization.yaml': kustomization('resources: [../base]') }
    expect(read(bare)).toEqual({ kind: 'known', value: 'inner' })
  })

  test('is one of several if overlays disagree', () => {
    const files = {
      'base/c.yaml': object(),
      'base/kustomization.yaml': kustomization('resources: [c.yaml]'),
      'b/kustomization.yaml': kustomization('namespace: b\nresources: [../base]'),
      'a/kustomization.yaml': kustomization('namespace: a\nbases: [../base]'),
    }
    expect(read(files)).toEqual({ kind: 'unknown', reason: 'it is built for a and b', options: ['a', 'b'] })
  })

  test('is open if only one of them sets it', () => {
    const files = {
      'base/c.yaml': object(),
      'base/kustomization.yaml': kustomization('resources: [c.yaml]'),
      'dev/kustomization.yaml': kustomization('namespace: dev\nresources: [../install]'),
      'install/kustomization.yaml': kustomization('resources: [../base]'),
    }
    expect(read(files)).toEqual({ kind: 'known', value: 'dev' })
    const other = { ...files, 'bare/kustomization.yaml': kustomization('resources: [../base]') }
    expect(read(other)).toEqual({
      kind: 'unknown',
      reason: 'it is built for dev and for none',
      options: ['dev', undefined],
    })
    expect(read({ ...other, 'base/c.yaml': object('own') })).toEqual({
      kind: 'unknown',
      reason: 'it is built for dev and own',
      options: ['dev', 'own'],
    })
  })

  test('does not loop where kustomizations name each other', () => {
    const files = {
      'a/c.yaml': object(),
      'a/kustomization.yaml': kustomization('namespace: a\nresources: [c.yaml, ../b]'),
      'b/kustomization.yaml': kustomization('resources: [../a]'),
    }
    expect(read(files)).toEqual({ kind: 'known', value: 'a' })
  })

  test("is Helm's to say in a chart, unless the template does", () => {
    const chart = { 'x/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 1.0.0\n' }
    expect(read({ ...chart, 'x/templates/c.yaml': object() }).kind).toBe('unknown')
    expect(read({ ...chart, 'x/templates/c.yaml': object('bank') })).toEqual({ kind: 'known', value: 'bank' })
    expect(read({ 'x/templates/c.yaml': object() })).toEqual({ kind: 'absent' })
  })
})

test('objects share a namespace if both say so, or neither says anything', () => {
  const [a, b, fallback] = ['a', 'b', 'default'].map((value) => ({ kind: 'known', value }) as const)
  const absent = { kind: 'absent' } as const
  const either = { kind: 'unknown', reason: 'it is built for a and c', options: ['a', 'c'] } as const
  if (a === undefined || b === undefined || fallback === undefined) throw new Error('no readings')
  expect([sameNamespace(a, a), sameNamespace(a, b), sameNamespace(absent, absent)]).toEqual(['yes', 'no', 'yes'])
  expect([sameNamespace(absent, fallback), sameNamespace(a, absent)]).toEqual(['yes', 'unknown'])
  expect([sameNamespace(either, either), sameNamespace(either, a), sameNamespace(b, either)]).toEqual([
    'yes',
    'unknown',
    'no',
  ])
  expect(sameNamespace(either, absent)).toBe('unknown')
  const open = { kind: 'unknown', reason: 'it is built for a and for none', options: ['a', undefined] } as const
  expect([sameNamespace(open, open), sameNamespace(open, b)]).toEqual(['yes', 'unknown'])
})

test('an object of an optional component is only where an overlay builds both', () => {
  const files = {
    'base/c.yaml': object(),
    'base/kustomization.yaml': kustomization('resources: [c.yaml]'),
    'extra/d.yaml': object(),
    'extra/kustomization.yaml': kustomization('resources: [d.yaml]'),
    'plain.yaml': object(),
  }
  const built = (more: Readonly<Record<string, string>>): boolean[] => {
    const estate = readEstate({ files: new Map(Object.entries({ ...files, ...more })), vendored: new Map() })
    const [base, extra, plain] = estate.kubernetes('ConfigMap').map((resource) => Place.of(resource))
    if (base === undefined || extra === undefined || plain === undefined) throw new Error('no objects')
    return [builtWith(extra, base, estate), builtWith(extra, plain, estate), builtWith(plain, base, estate)]
  }
  expect(built({})).toEqual([false, false, true])
  const overlay = kustomization('resources: [../base]\ncomponents: [../extra]')
  expect(built({ 'prod/kustomization.yaml': overlay })).toEqual([true, false, true])
})
