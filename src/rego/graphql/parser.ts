import { tokenize, type Token } from './lexer.ts'
import { GraphqlError, tree, type Tree } from './tree.ts'

const LOCATIONS = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
  'SCHEMA',
  'SCALAR',
  'OBJECT',
  'FIELD_DEFINITION',
  'ARGUMENT_DEFINITION',
  'INTERFACE',
  'UNION',
  'ENUM',
  'ENUM_VALUE',
  'INPUT_OBJECT',
  'INPUT_FIELD_DEFINITION',
])

const KINDS: Readonly<Record<string, string>> = {
  scalar: 'SCALAR',
  type: 'OBJECT',
  interface: 'INTERFACE',
  union: 'UNION',
  enum: 'ENUM',
  input: 'INPUT_OBJECT',
}

/** The numbers of kinds of values. */
const VALUES: Readonly<Record<string, number>> = { Int: 1, Float: 2, String: 3, BlockString: 4 }
const MAX_DEPTH = 200

/** Throws `GraphqlError`. */
export function parseQuery(source: string): Tree {
  return new GraphqlParser(source).query()
}

/** Throws `GraphqlError`. */
export function parseSchema(source: string): Tree {
  return new GraphqlParser(source).schema()
}

class GraphqlParser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#tokens = tokenize(source)
  }

  get #token(): Token {
    return this.#tokens[this.#at] ?? { kind: '<EOF>', value: '', line: 1, column: 1 }
  }

  #fail(message: string, token = this.#token): never {
    throw new GraphqlError(message, token.line, token.column)
  }

  #unexpected(token = this.#token): never {
    this.#fail(`Unexpected ${describe(token)}`, token)
  }

  #next(): Token {
    const token = this.#token
    this.#at++
    return token
  }

  #skip(kind: string): boolean {
    if (this.#token.kind !== kind) return false
    this.#at++
    return true
  }

  #expect(kind: string): Token {
    if (this.#token.kind !== kind) this.#fail(`Expected ${kind}, found ${this.#token.kind}`)
    return this.#next()
  }

  #keyword(word: string): void {
    const token = this.#token
    if (token.kind !== 'Name' || token.value !== word) {
      this.#fail(`Expected ${JSON.stringify(word)}, found ${describe(token)}`)
    }
    this.#at++
  }

  #name(): string {
    return this.#expect('Name').value
  }

  /** Nothing, or one or more between brackets. */
  #some<T>(open: string, close: string, read: () => T): T[] {
    if (!this.#skip(open)) return []
    const items: T[] = []
    if (++this.#depth > MAX_DEPTH) this.#fail('document nests too deeply')
    while (this.#token.kind !== close) items.push(read())
    this.#depth--
    if (items.length === 0) this.#fail(`expected at least one definition, found ${this.#token.kind}`)
    this.#at++
    return items
  }

  query(): Tree {
    const operations: Tree[] = []
    const fragments: Tree[] = []
    while (this.#token.kind !== '<EOF>') {
      const { kind, value } = this.#token
      if (kind === 'Name' && value === 'fragment') fragments.push(this.#fragmentDefinition())
      else if (kind === '{' || (kind === 'Name' && ['query', 'mutation', 'subscription'].includes(value))) {
        operations.push(this.#operation())
      } else this.#unexpected()
    }
    return tree({ Operations: operations, Fragments: fragments })
  }

  #operation(): Tree {
    if (this.#token.kind === '{') return tree({ Operation: 'query', Name: '', SelectionSet: this.#selections() })
    const operation = this.#next().value
    const name = this.#token.kind === 'Name' ? this.#next().value : ''
    return tree({
      Operation: operation,
      Name: name,
      VariableDefinitions: this.#variables(),
      Directives: this.#directives(false),
      SelectionSet: this.#selections(),
    })
  }

  #variables(): Tree[] {
    return this.#some('(', ')', () => {
      this.#expect('$')
      const variable = this.#name()
      this.#expect(':')
      const type = this.#type()
      const fallback = this.#skip('=') ? this.#value(true) : undefined
      return tree({
        Variable: variable,
        Type: type,
        DefaultValue: fallback,
        Directives: this.#directives(false),
        Used: false,
      })
    })
  }

  #selections(): Tree[] {
    if (this.#token.kind !== '{') this.#fail(`Expected {, found ${this.#token.kind}`)
    return this.#some('{', '}', () => (this.#token.kind === '...' ? this.#fragment() : this.#field()))
  }

  #field(): Tree {
    const alias = this.#name()
    const name = this.#skip(':') ? this.#name() : alias
    return tree({
      Alias: alias,
      Name: name,
      Arguments: this.#arguments(false),
      Directives: this.#directives(false),
      SelectionSet: this.#token.kind === '{' ? this.#selections() : undefined,
    })
  }

  #fragment(): Tree {
    this.#expect('...')
    if (this.#token.kind === 'Name' && this.#token.value !== 'on') {
      return tree({ Name: this.#name(), Directives: this.#directives(false) })
    }
    const condition = this.#token.value === 'on' ? (this.#next(), this.#name()) : ''
    return tree({
      TypeCondition: condition,
      Directives: this.#directives(false),
      SelectionSet: this.#selections(),
    })
  }

  #fragmentDefinition(): Tree {
    this.#keyword('fragment')
    if (this.#token.value === 'on') this.#unexpected()
    const name = this.#name()
    const variables = this.#variables()
    this.#keyword('on')
    return tree({
      Name: name,
      VariableDefinition: variables,
      TypeCondition: this.#name(),
      Directives: this.#directives(false),
      SelectionSet: this.#selections(),
    })
  }

  #arguments(constant: boolean): Tree[] {
    return this.#some('(', ')', () => {
      const name = this.#name()
      this.#expect(':')
      return tree({ Name: name, Value: this.#value(constant) })
    })
  }

  #value(constant: boolean): Tree {
    const token = this.#token
    const made = (Raw: string, Kind: number, Children?: readonly Tree[]): Tree =>
      tree({ Raw, Kind, Children, ExpectedTypeHasDefault: false })
    switch (token.kind) {
      case '[':
        return made(
          '',
          8,
          this.#children('[', ']', () => tree({ Name: '', Value: this.#value(constant) })),
        )
      case '{':
        return made(
          '',
          9,
          this.#children('{', '}', () => {
            const name = this.#name()
            this.#expect(':')
            return tree({ Name: name, Value: this.#value(constant) })
          }),
        )
      case '$':
        if (constant) this.#unexpected()
        this.#at++
        return made(this.#name(), 0)
      case 'Name':
        this.#at++
        if (token.value === 'true' || token.value === 'false') return made(token.value, 5)
        return made(token.value, token.value === 'null' ? 6 : 7)
      default: {
        const kind = VALUES[token.kind]
        if (kind === undefined) this.#unexpected()
        this.#at++
        return made(token.value, kind)
      }
    }
  }

  #children(open: string, close: string, read: () => Tree): Tree[] {
    this.#expect(open)
    if (++this.#depth > MAX_DEPTH) this.#fail('document nests too deeply')
    const items: Tree[] = []
    while (!this.#skip(close)) items.push(read())
    this.#depth--
    return items
  }

  #directives(constant: boolean): Tree[] {
    const directives: Tree[] = []
    while (this.#skip('@')) {
      directives.push(tree({ Name: this.#name(), Arguments: this.#arguments(constant), Location: '' }))
    }
    return directives
  }

  #type(): Tree {
    if (this.#skip('[')) {
      if (++this.#depth > MAX_DEPTH) this.#fail('document nests too deeply')
      const inner = this.#type()
      this.#depth--
      this.#expect(']')
      return tree({ NamedType: '', Elem: inner, NonNull: this.#skip('!') })
    }
    return tree({ NamedType: this.#name(), NonNull: this.#skip('!') })
  }

  schema(): Tree {
    const parts: Record<'Schema' | 'SchemaExtension' | 'Directives' | 'Definitions' | 'Extensions', Tree[]> = {
      Schema: [],
      SchemaExtension: [],
      Directives: [],
      Definitions: [],
      Extensions: [],
    }
    while (this.#token.kind !== '<EOF>') {
      const before = this.#token
      const description = this.#description()
      const { kind, value } = this.#token
      if (kind !== 'Name') this.#unexpected()
      if (value in KINDS) parts.Definitions.push(this.#definition(description, false))
      else if (value === 'schema') parts.Schema.push(this.#schemaDefinition(description))
      else if (value === 'directive') parts.Directives.push(this.#directiveDefinition(description))
      else if (value === 'extend') {
        if (description !== '') this.#unexpected(before)
        this.#at++
        if (this.#token.value === 'schema') parts.SchemaExtension.push(this.#schemaExtension())
        else if (this.#token.value in KINDS) parts.Extensions.push(this.#definition('', true))
        else this.#unexpected()
      } else this.#unexpected()
    }
    return tree(parts)
  }

  #description(): string {
    const { kind } = this.#token
    return kind === 'String' || kind === 'BlockString' ? this.#next().value : ''
  }

  #schemaDefinition(description: string): Tree {
    this.#keyword('schema')
    return tree({
      Description: description,
      Directives: this.#directives(true),
      OperationTypes: this.#operationTypes(),
    })
  }

  #schemaExtension(): Tree {
    const extension = this.#schemaDefinition('')
    if (extension['Directives'] === undefined && extension['OperationTypes'] === undefined) this.#unexpected()
    return extension
  }

  #operationTypes(): Tree[] {
    return this.#some('{', '}', () => {
      const token = this.#next()
      if (!['query', 'mutation', 'subscription'].includes(token.value)) this.#unexpected(token)
      this.#expect(':')
      return tree({ Operation: token.value, Type: this.#name() })
    })
  }

  #definition(description: string, extension: boolean): Tree {
    const keyword = this.#next().value
    const name = this.#name()
    const kind = KINDS[keyword] ?? ''
    const withFields = kind === 'OBJECT' || kind === 'INTERFACE'
    const interfaces = withFields && !(extension && kind === 'INTERFACE') ? this.#interfaces() : []
    const directives = this.#directives(kind !== 'INPUT_OBJECT' || !extension)
    const fields = withFields
      ? this.#some('{', '}', () => this.#fieldDefinition())
      : kind === 'INPUT_OBJECT'
        ? this.#some('{', '}', () => this.#inputValue())
        : []
    const types = kind === 'UNION' ? this.#unionTypes() : []
    const values = kind === 'ENUM' ? this.#some('{', '}', () => this.#enumValue()) : []
    const size = interfaces.length + directives.length + fields.length + types.length + values.length
    if (extension && size === 0) this.#unexpected()
    return tree({
      Kind: kind,
      Description: description,
      Name: name,
      Interfaces: interfaces,
      Directives: directives,
      Fields: fields,
      Types: types,
      EnumValues: values,
      BuiltIn: false,
    })
  }

  #interfaces(): string[] {
    if (this.#token.value !== 'implements') return []
    this.#at++
    this.#skip('&')
    return this.#separated('&')
  }

  #unionTypes(): string[] {
    if (!this.#skip('=')) return []
    this.#skip('|')
    return this.#separated('|')
  }

  #separated(separator: string): string[] {
    const names = [this.#name()]
    while (this.#skip(separator)) names.push(this.#name())
    return names
  }

  #fieldDefinition(): Tree {
    const description = this.#description()
    const name = this.#name()
    const args = this.#argumentDefinitions()
    this.#expect(':')
    const type = this.#type()
    return tree({
      Description: description,
      Name: name,
      Arguments: args,
      Type: type,
      Directives: this.#directives(true),
    })
  }

  #argumentDefinitions(): Tree[] {
    return this.#some('(', ')', () => this.#inputValue())
  }

  #inputValue(): Tree {
    const description = this.#description()
    const name = this.#name()
    this.#expect(':')
    const type = this.#type()
    const fallback = this.#skip('=') ? this.#value(true) : undefined
    return tree({
      Description: description,
      Name: name,
      DefaultValue: fallback,
      Type: type,
      Directives: this.#directives(true),
    })
  }

  #enumValue(): Tree {
    const description = this.#description()
    return tree({ Description: description, Name: this.#name(), Directives: this.#directives(true) })
  }

  #directiveDefinition(description: string): Tree {
    this.#keyword('directive')
    this.#expect('@')
    const name = this.#name()
    const args = this.#argumentDefinitions()
    const repeatable = this.#token.kind === 'Name' && this.#token.value === 'repeatable'
    if (repeatable) this.#at++
    this.#keyword('on')
    this.#skip('|')
    const locations: string[] = []
    do {
      const token = this.#expect('Name')
      if (!LOCATIONS.has(token.value)) this.#unexpected(token)
      locations.push(token.value)
    } while (this.#skip('|'))
    return tree({
      Description: description,
      Name: name,
      Arguments: args,
      Locations: locations,
      IsRepeatable: repeatable,
    })
  }
}

function describe({ kind, value }: Token): string {
  return value === '' ? kind : `${kind} ${JSON.stringify(value)}`
}
