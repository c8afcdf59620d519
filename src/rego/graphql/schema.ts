/** Whether a schema holds together: merged with its extensions and checked. */
import { baseType, child, flag, GraphqlError, list, text, texts, tree, typeText, type Tree } from './tree.ts'

export interface Schema {
  readonly types: ReadonlyMap<string, Tree>
  readonly directives: ReadonlyMap<string, Tree>
  /** By operation: `query`, `mutation`, `subscription`. */
  readonly roots: ReadonlyMap<string, string>
}

const SCALARS = ['Int', 'Float', 'String', 'Boolean', 'ID']
const INPUTS = new Set(['SCALAR', 'ENUM', 'INPUT_OBJECT'])

function argument(name: string, type: string, required: boolean, fallback?: string): Tree {
  const value = fallback === undefined ? undefined : { Raw: fallback, Kind: 3 }
  return tree({ Name: name, Type: { NamedType: type, NonNull: required }, DefaultValue: value })
}

const DIRECTIVES: readonly Tree[] = [
  {
    Name: 'include',
    Arguments: [argument('if', 'Boolean', true)],
    Locations: ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
  },
  {
    Name: 'skip',
    Arguments: [argument('if', 'Boolean', true)],
    Locations: ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
  },
  {
    Name: 'deprecated',
    Arguments: [argument('reason', 'String', false, 'No longer supported')],
    Locations: [
      'FIELD_DEFINITION',
      'ARGUMENT_DEFINITION',
      'INPUT_FIELD_DEFINITION',
      'ENUM_VALUE',
      'ENUM',
      'INPUT_OBJECT',
      'INTERFACE',
      'OBJECT',
      'SCALAR',
      'UNION',
    ],
  },
  { Name: 'specifiedBy', Arguments: [argument('url', 'String', true)], Locations: ['SCALAR'] },
  { Name: 'oneOf', Arguments: [], Locations: ['INPUT_OBJECT'] },
]

/** Throws `GraphqlError`. */
export function checkSchema(document: Tree): Schema {
  const types = mergeTypes(document)
  const directives = new Map(DIRECTIVES.map((one) => [text(one, 'Name'), one]))
  for (const directive of list(document, 'Directives')) {
    const name = text(directive, 'Name')
    if (directives.has(name)) {
      if (DIRECTIVES.some((one) => text(one, 'Name') === name)) continue
      throw new GraphqlError(`Cannot redeclare directive ${name}`)
    }
    directives.set(name, directive)
  }
  const check = new SchemaCheck(types, directives)
  const roots = check.roots(document)
  for (const name of [...types.keys()].sort()) check.definition(types.get(name))
  check.cycles()
  for (const name of [...directives.keys()].sort()) {
    const directive = directives.get(name)
    checkName(name)
    check.args(list(directive, 'Arguments'), name)
  }
  return { types, directives, roots }
}

function mergeTypes(document: Tree): Map<string, Tree> {
  const types = new Map<string, Tree>(SCALARS.map((name) => [name, { Kind: 'SCALAR', Name: name, BuiltIn: true }]))
  for (const definition of list(document, 'Definitions')) {
    const name = text(definition, 'Name')
    if (types.has(name)) throw new GraphqlError(`Cannot redeclare type ${name}`)
    types.set(name, definition)
  }
  for (const extension of list(document, 'Extensions')) {
    const name = text(extension, 'Name')
    const kind = text(extension, 'Kind')
    const base = types.get(name) ?? { Kind: kind, Name: name }
    if (text(base, 'Kind') !== kind) {
      throw new GraphqlError(`Cannot extend type ${name} because the base type is a ${text(base, 'Kind')}, not ${kind}`)
    }
    const joined: [string, unknown][] = ['Directives', 'Fields', 'EnumValues'].map((part) => [
      part,
      [...list(base, part), ...list(extension, part)],
    ])
    for (const part of ['Interfaces', 'Types']) joined.push([part, [...texts(base, part), ...texts(extension, part)]])
    types.set(name, { ...base, ...Object.fromEntries(joined) })
  }
  return types
}

function checkName(name: string): void {
  if (name.startsWith('__')) {
    throw new GraphqlError(
      `Name ${JSON.stringify(name)} must not begin with "__", which is reserved by GraphQL introspection`,
    )
  }
}

function once(names: readonly string[], problem: (name: string) => string): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) throw new GraphqlError(problem(name))
    seen.add(name)
  }
}

class SchemaCheck {
  readonly #types: ReadonlyMap<string, Tree>
  readonly #directives: ReadonlyMap<string, Tree>

  constructor(types: ReadonlyMap<string, Tree>, directives: ReadonlyMap<string, Tree>) {
    this.#types = types
    this.#directives = directives
  }

  #kind(name: string): string {
    return text(this.#types.get(name), 'Kind')
  }

  roots(document: Tree): Map<string, string> {
    const roots = new Map<string, string>()
    const definitions = list(document, 'Schema')
    if (definitions.length > 1) {
      throw new GraphqlError('Cannot have multiple schema entry points, consider schema extensions instead')
    }
    for (const part of [...definitions, ...list(document, 'SchemaExtension')]) {
      for (const entry of list(part, 'OperationTypes')) {
        const [operation, type] = [text(entry, 'Operation'), text(entry, 'Type')]
        if (!this.#types.has(type)) {
          throw new GraphqlError(`Schema root ${operation} refers to a type ${type} that does not exist`)
        }
        roots.set(operation, type)
      }
      this.#applied(list(part, 'Directives'), 'SCHEMA')
    }
    if (definitions.length === 0) {
      for (const type of ['Query', 'Mutation', 'Subscription']) {
        if (this.#types.has(type) && !roots.has(type.toLowerCase())) roots.set(type.toLowerCase(), type)
      }
    }
    return roots
  }

  definition(definition: Tree | undefined): void {
    const kind = text(definition, 'Kind')
    const name = text(definition, 'Name')
    const fields = list(definition, 'Fields')
    for (const field of fields) {
      checkName(text(field, 'Name'))
      this.#known(child(field, 'Type'))
      this.args(list(field, 'Arguments'))
      this.#applied(list(field, 'Directives'), kind === 'INPUT_OBJECT' ? 'INPUT_FIELD_DEFINITION' : 'FIELD_DEFINITION')
    }
    for (const type of texts(definition, 'Types')) {
      if (!this.#types.has(type)) throw new GraphqlError(`Undefined type ${JSON.stringify(type)}`)
      if (this.#kind(type) !== 'OBJECT') throw new GraphqlError(`${kind} type ${JSON.stringify(type)} must be OBJECT`)
    }
    for (const one of texts(definition, 'Interfaces')) this.#implements(definition, one)
    this.#members(definition, kind, name)
    once(
      fields.map((field) => text(field, 'Name')),
      (field) => `Field ${name}.${field} can only be defined once`,
    )
    once(
      list(definition, 'EnumValues').map((value) => text(value, 'Name')),
      (value) => `Enum value ${name}.${value} can only be defined once`,
    )
    once(texts(definition, 'Types'), (type) => `Union type ${name} can only include type ${type} once`)
    if (!flag(definition, 'BuiltIn')) checkName(name)
    this.#applied(list(definition, 'Directives'), kind, undefined, false)
  }

  #members(definition: Tree | undefined, kind: string, name: string): void {
    const fields = list(definition, 'Fields')
    const values = list(definition, 'EnumValues')
    if (kind === 'OBJECT' || kind === 'INTERFACE') {
      if (fields.length === 0) throw new GraphqlError(`${kind} ${name}: must define one or more fields`)
      if (fields.some((field) => this.#kind(baseType(child(field, 'Type'))) === 'INPUT_OBJECT')) {
        throw new GraphqlError(`${kind} ${name}: field must be one of SCALAR, OBJECT, INTERFACE, UNION, ENUM`)
      }
    } else if (kind === 'INPUT_OBJECT') {
      if (fields.length === 0) throw new GraphqlError(`${kind} ${name}: must define one or more input fields`)
      if (fields.some((field) => !INPUTS.has(this.#kind(baseType(child(field, 'Type')))))) {
        throw new GraphqlError(`${kind} ${name}: field must be one of SCALAR, ENUM, INPUT_OBJECT`)
      }
    } else if (kind === 'ENUM') {
      if (values.length === 0) throw new GraphqlError(`${kind} ${name}: must define one or more unique enum values`)
      for (const value of values) {
        const own = text(value, 'Name')
        if (['true', 'false', 'null'].includes(own)) throw new GraphqlError(`${kind} ${name}: non-enum value ${own}`)
        this.#applied(list(value, 'Directives'), 'ENUM_VALUE')
      }
    }
  }

  #known(type: Tree | undefined): void {
    const name = baseType(type)
    if (!this.#types.has(name)) throw new GraphqlError(`Undefined type ${name}`)
  }

  args(args: readonly Tree[], directive?: string): void {
    for (const one of args) {
      checkName(text(one, 'Name'))
      const type = child(one, 'Type')
      this.#known(type)
      const kind = this.#kind(baseType(type))
      if (!INPUTS.has(kind)) {
        throw new GraphqlError(
          `cannot use ${typeText(type)} as argument ${text(one, 'Name')} because ${kind} is not a valid input type`,
        )
      }
      this.#applied(list(one, 'Directives'), 'ARGUMENT_DEFINITION', directive)
    }
  }

  #applied(directives: readonly Tree[], location: string, within?: string, single = true): void {
    const seen = new Set<string>()
    for (const directive of directives) {
      const name = text(directive, 'Name')
      checkName(name)
      if (name === within) throw new GraphqlError(`Directive ${name} cannot refer to itself`)
      const definition = this.#directives.get(name)
      if (definition === undefined) throw new GraphqlError(`Undefined directive ${name}`)
      if (single && seen.has(name) && !flag(definition, 'IsRepeatable')) {
        throw new GraphqlError(`The directive ${name} can only be used once at this location`)
      }
      seen.add(name)
      if (!texts(definition, 'Locations').includes(location)) {
        throw new GraphqlError(`Directive ${name} is not applicable on ${location}`)
      }
      this.#arguments(directive, definition)
    }
  }

  #arguments(directive: Tree, definition: Tree): void {
    const given = new Map(list(directive, 'Arguments').map((one) => [text(one, 'Name'), one]))
    const wanted = list(definition, 'Arguments')
    for (const name of given.keys()) {
      if (!wanted.some((one) => text(one, 'Name') === name)) {
        throw new GraphqlError(`Undefined argument ${name} for directive ${text(directive, 'Name')}`)
      }
    }
    for (const one of wanted) {
      if (!flag(child(one, 'Type'), 'NonNull') || child(one, 'DefaultValue') !== undefined) continue
      const value = child(given.get(text(one, 'Name')), 'Value')
      if (value === undefined || value['Kind'] === 6) {
        throw new GraphqlError(`Argument ${text(one, 'Name')} for directive ${text(directive, 'Name')} cannot be null`)
      }
    }
  }

  #implements(definition: Tree | undefined, name: string): void {
    const own = text(definition, 'Name')
    const wanted = this.#types.get(name)
    if (wanted === undefined) throw new GraphqlError(`Undefined type ${JSON.stringify(name)}`)
    if (text(wanted, 'Kind') !== 'INTERFACE') {
      throw new GraphqlError(`${JSON.stringify(name)} is a non interface type ${text(wanted, 'Kind')}`)
    }
    const fields = new Map(list(definition, 'Fields').map((field) => [text(field, 'Name'), field]))
    for (const required of list(wanted, 'Fields')) {
      const field = text(required, 'Name')
      const found = fields.get(field)
      const prefix = `For ${own} to implement ${name}`
      if (found === undefined) throw new GraphqlError(`${prefix} it must have a field called ${field}`)
      if (!this.#covariant(child(required, 'Type'), child(found, 'Type'))) {
        throw new GraphqlError(`${prefix} the field ${field} must have type ${typeText(child(required, 'Type'))}`)
      }
      this.#sameArguments(prefix, required, found)
    }
    const interfaces = texts(definition, 'Interfaces')
    for (const further of texts(wanted, 'Interfaces')) {
      if (interfaces.includes(further)) continue
      throw new GraphqlError(
        further === own
          ? `Type ${own} cannot implement ${name} because it would create a circular reference`
          : `Type ${own} must implement ${further} because it is implemented by ${name}`,
      )
    }
  }

  #sameArguments(prefix: string, required: Tree, found: Tree): void {
    const field = text(required, 'Name')
    const args = new Map(list(found, 'Arguments').map((one) => [text(one, 'Name'), one]))
    const wanted = list(required, 'Arguments')
    for (const one of wanted) {
      const name = text(one, 'Name')
      const own = args.get(name)
      if (own === undefined) {
        throw new GraphqlError(`${prefix} the field ${field} must have the same arguments but it is missing ${name}`)
      }
      if (typeText(child(one, 'Type')) !== typeText(child(own, 'Type'))) {
        throw new GraphqlError(
          `${prefix} the field ${field} must have the same arguments but ${name} has the wrong type`,
        )
      }
    }
    for (const [name, own] of args) {
      const extra = !wanted.some((one) => text(one, 'Name') === name)
      if (extra && flag(child(own, 'Type'), 'NonNull') && child(own, 'DefaultValue') === undefined) {
        throw new GraphqlError(
          `${prefix} any additional arguments on ${field} must be optional or have a default value but ${name} is required`,
        )
      }
    }
  }

  #covariant(required: Tree | undefined, actual: Tree | undefined): boolean {
    if (actual === undefined || (flag(required, 'NonNull') && !flag(actual, 'NonNull'))) return false
    const wanted = text(required, 'NamedType')
    if (wanted === '') return this.#covariant(child(required, 'Elem'), child(actual, 'Elem'))
    const own = text(actual, 'NamedType')
    const definition = this.#types.get(own)
    return (
      wanted === own ||
      texts(this.#types.get(wanted), 'Types').includes(own) ||
      texts(definition, 'Interfaces').includes(wanted)
    )
  }

  /** Input objects must not need themselves. */
  cycles(): void {
    const done = new Set<string>()
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) {
        throw new GraphqlError(
          `Cannot reference Input Object ${JSON.stringify(name)} within itself through a series of non-null fields`,
        )
      }
      if (done.has(name)) return
      for (const field of list(this.#types.get(name), 'Fields')) {
        const type = child(field, 'Type')
        const next = text(type, 'NamedType')
        if (flag(type, 'NonNull') && this.#kind(next) === 'INPUT_OBJECT') visit(next, [...path, name])
      }
      done.add(name)
    }
    for (const name of [...this.#types.keys()].sort()) if (this.#kind(name) === 'INPUT_OBJECT') visit(name, [])
  }
}
