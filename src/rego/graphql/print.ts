/** Trees as GraphQL text. */
import type { Schema } from './schema.ts'
import { child, flag, list, text, texts, typeText, VALUE_KINDS, type Tree } from './tree.ts'

function printValue(value: Tree | undefined): string {
  const raw = text(value, 'Raw')
  const kind = value?.['Kind']
  switch (typeof kind === 'number' ? VALUE_KINDS[kind] : undefined) {
    case 'variable':
      return `$${raw}`
    case 'string':
    case 'block':
      return JSON.stringify(raw)
    case 'list':
      return `[${list(value, 'Children')
        .map((one) => printValue(child(one, 'Value')))
        .join(', ')}]`
    case 'object':
      return `{${list(value, 'Children')
        .map((one) => `${text(one, 'Name')}: ${printValue(child(one, 'Value'))}`)
        .join(', ')}}`
    default:
      return raw === '' ? 'null' : raw
  }
}

function printArguments(args: readonly Tree[]): string {
  if (args.length === 0) return ''
  return `(${args.map((one) => `${text(one, 'Name')}: ${printValue(child(one, 'Value'))}`).join(', ')})`
}

function printDirectives(tree: Tree): string {
  return list(tree, 'Directives')
    .map((one) => ` @${text(one, 'Name')}${printArguments(list(one, 'Arguments'))}`)
    .join('')
}

function printDefault(tree: Tree): string {
  const value = child(tree, 'DefaultValue')
  return value === undefined ? '' : ` = ${printValue(value)}`
}

function printInput(one: Tree): string {
  return `${text(one, 'Name')}: ${typeText(child(one, 'Type'))}${printDefault(one)}${printDirectives(one)}`
}

function printInputs(args: readonly Tree[]): string {
  return args.length === 0 ? '' : `(${args.map(printInput).join(', ')})`
}

const KEYWORDS: Readonly<Record<string, string>> = {
  SCALAR: 'scalar',
  OBJECT: 'type',
  INTERFACE: 'interface',
  UNION: 'union',
  ENUM: 'enum',
  INPUT_OBJECT: 'input',
}

function printDefinition(definition: Tree): string {
  const kind = text(definition, 'Kind')
  const interfaces = texts(definition, 'Interfaces')
  const head = `${KEYWORDS[kind] ?? 'type'} ${text(definition, 'Name')}`
  const implemented = interfaces.length === 0 ? '' : ` implements ${interfaces.join(' & ')}`
  const types = texts(definition, 'Types')
  const union = types.length === 0 ? '' : ` = ${types.join(' | ')}`
  const fields = list(definition, 'Fields').map((field) =>
    kind === 'INPUT_OBJECT'
      ? printInput(field)
      : `${text(field, 'Name')}${printInputs(list(field, 'Arguments'))}: ${typeText(child(field, 'Type'))}${printDirectives(field)}`,
  )
  const values = list(definition, 'EnumValues').map((value) => `${text(value, 'Name')}${printDirectives(value)}`)
  const members = [...fields, ...values]
  const body = members.length === 0 ? '' : ` {\n  ${members.join('\n  ')}\n}`
  return `${head}${implemented}${printDirectives(definition)}${union}${body}`
}

export function printSchema({ types, directives, roots }: Schema): string {
  const parts: string[] = []
  if (roots.size > 0)
    parts.push(`schema {\n${Array.from(roots, ([operation, type]) => `  ${operation}: ${type}`).join('\n')}\n}`)
  for (const directive of directives.values()) {
    const repeatable = flag(directive, 'IsRepeatable') ? ' repeatable' : ''
    const locations = texts(directive, 'Locations').join(' | ')
    parts.push(
      `directive @${text(directive, 'Name')}${printInputs(list(directive, 'Arguments'))}${repeatable} on ${locations}`,
    )
  }
  for (const definition of types.values()) if (!flag(definition, 'BuiltIn')) parts.push(printDefinition(definition))
  return parts.join('\n\n')
}

function printSelections(tree: Tree): string {
  const selections = list(tree, 'SelectionSet')
  return selections.length === 0 ? '' : ` {${selections.map((one) => ` ${printSelection(one)}`).join('')} }`
}

function printSelection(one: Tree): string {
  const alias = text(one, 'Alias')
  const name = text(one, 'Name')
  if (alias !== '') {
    const label = alias === name ? name : `${alias}: ${name}`
    return `${label}${printArguments(list(one, 'Arguments'))}${printDirectives(one)}${printSelections(one)}`
  }
  const condition = text(one, 'TypeCondition')
  if (name !== '' && condition === '') return `...${name}${printDirectives(one)}`
  return `...${condition === '' ? '' : ` on ${condition}`}${printDirectives(one)}${printSelections(one)}`
}

function printVariables(variables: readonly Tree[]): string {
  if (variables.length === 0) return ''
  const each = variables.map(
    (one) => `$${text(one, 'Variable')}: ${typeText(child(one, 'Type'))}${printDefault(one)}${printDirectives(one)}`,
  )
  return `(${each.join(', ')})`
}

export function printQuery(document: Tree): string {
  const operations = list(document, 'Operations').map(
    (one) =>
      `${text(one, 'Operation') || 'query'} ${text(one, 'Name')}${printVariables(list(one, 'VariableDefinitions'))}${printDirectives(one)}${printSelections(one)}`,
  )
  const fragments = list(document, 'Fragments').map(
    (one) =>
      `fragment ${text(one, 'Name')}${printVariables(list(one, 'VariableDefinition'))} on ${text(one, 'TypeCondition')}${printDirectives(one)}${printSelections(one)}`,
  )
  return [...operations, ...fragments].join('\n')
}
