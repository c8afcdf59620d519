/** Modules as the JSON that `rego.parse_module` gives. */
import type { Head, Literal, Module, Rule, Term } from './ast.ts'
import { ObjectBuilder, type Value } from './value/value.ts'
import { isNumber } from './value/value.ts'

function object(entries: readonly (readonly [string, Value | undefined])[]): Value {
  const builder = new ObjectBuilder()
  for (const [key, value] of entries) if (value !== undefined) builder.set(key, value)
  return builder.build()
}

function typed(type: string, value: Value): Value {
  return object([
    ['type', type],
    ['value', value],
  ])
}

export function moduleJson(module: Module): Value {
  const path = [typed('var', 'data'), ...module.package.map((name) => typed('string', name))]
  const imports = module.imports.map(({ path: [root, ...rest], alias }) =>
    object([
      ['path', typed('ref', [typed('var', root ?? ''), ...rest.map((name) => typed('string', name))])],
      ['alias', alias],
    ]),
  )
  return object([
    ['package', object([['path', path]])],
    ['imports', imports.length === 0 ? undefined : imports],
    ['rules', module.rules.length === 0 ? undefined : module.rules.map(ruleJson)],
  ])
}

function ruleJson(rule: Rule): Value {
  const body =
    rule.body.length === 0
      ? [
          object([
            ['index', 0],
            ['terms', typed('boolean', true)],
          ]),
        ]
      : rule.body.map(literalJson)
  return object([
    ['body', body],
    ['head', headJson(rule.head)],
    ['default', rule.isDefault ? true : undefined],
    ['else', rule.else === undefined ? undefined : ruleJson(rule.else)],
  ])
}

function headJson({ ref, args, key, value, assign }: Head): Value {
  const [first] = ref
  return object([
    ['name', first?.kind === 'var' ? first.name : ''],
    ['args', args?.map(termJson)],
    ['key', key === undefined ? undefined : termJson(key)],
    ['value', value === undefined ? undefined : termJson(value)],
    ['assign', assign ? true : undefined],
    ['ref', ref.map(termJson)],
  ])
}

function literalJson(literal: Literal, index: number): Value {
  const entries: (readonly [string, Value | undefined])[] = [['index', index]]
  switch (literal.kind) {
    case 'expr': {
      const { term } = literal
      entries.push([
        'terms',
        term.kind === 'call' ? [operatorJson(term.operator), ...term.args.map(termJson)] : termJson(term),
      ])
      break
    }
    case 'unify':
    case 'assign':
      entries.push([
        'terms',
        [named(literal.kind === 'unify' ? 'eq' : 'assign'), termJson(literal.left), termJson(literal.right)],
      ])
      break
    case 'some':
      entries.push(['terms', object([['symbols', literal.vars.map(termJson)]])])
      break
    case 'somein': {
      const args =
        literal.key === undefined ? [literal.value, literal.domain] : [literal.key, literal.value, literal.domain]
      const call = typed('call', [
        named(args.length === 2 ? 'internal.member_2' : 'internal.member_3'),
        ...args.map(termJson),
      ])
      entries.push(['terms', object([['symbols', [call]]])])
      break
    }
    case 'every':
      entries.push([
        'terms',
        object([
          ['key', literal.key === undefined ? null : termJson(literal.key)],
          ['value', termJson(literal.value)],
          ['domain', termJson(literal.domain)],
          ['body', literal.body.map(literalJson)],
        ]),
      ])
      break
  }
  if ('negated' in literal && literal.negated) entries.push(['negated', true])
  if ('with' in literal && literal.with.length > 0) {
    const withs = literal.with.map(({ target, value }) =>
      object([
        ['target', termJson(target)],
        ['value', termJson(value)],
      ]),
    )
    entries.push(['with', withs])
  }
  return object(entries)
}

function named(name: string): Value {
  const [first = '', ...rest] = name.split('.')
  return typed('ref', [typed('var', first), ...rest.map((part) => typed('string', part))])
}

function operatorJson(operator: Term): Value {
  return operator.kind === 'var' ? named(operator.name) : termJson(operator)
}

function scalarJson(value: Value): Value {
  if (value === null) return object([['type', 'null']])
  if (isNumber(value)) return typed('number', value)
  return typed(typeof value === 'boolean' ? 'boolean' : 'string', value)
}

function termJson(term: Term): Value {
  switch (term.kind) {
    case 'scalar':
      return scalarJson(term.value)
    case 'var':
      return typed('var', term.name)
    case 'ref':
      return typed('ref', [termJson(term.head), ...term.path.map(termJson)])
    case 'array':
    case 'set':
      return typed(term.kind, term.items.map(termJson))
    case 'object':
      return typed(
        'object',
        term.entries.map(([key, value]) => [termJson(key), termJson(value)]),
      )
    case 'call':
      return typed('call', [operatorJson(term.operator), ...term.args.map(termJson)])
    case 'arraycomp':
    case 'setcomp': {
      const type = term.kind === 'arraycomp' ? 'arraycomprehension' : 'setcomprehension'
      return typed(type, comprehension([['term', termJson(term.head)]], term.body))
    }
    case 'objectcomp':
      return typed(
        'objectcomprehension',
        comprehension(
          [
            ['key', termJson(term.key)],
            ['value', termJson(term.value)],
          ],
          term.body,
        ),
      )
    case 'template': {
      const parts = term.parts.map((part) => (typeof part === 'string' ? typed('string', part) : literalJson(part, 0)))
      return typed('templatestring', object([['parts', parts]]))
    }
  }
}

function comprehension(entries: readonly (readonly [string, Value])[], body: readonly Literal[]): Value {
  return object([...entries, ['body', body.map(literalJson)]])
}
