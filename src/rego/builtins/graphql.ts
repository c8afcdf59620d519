import { parseQuery, parseSchema } from '../graphql/parser.ts'
import { checkSchema, type Schema } from '../graphql/schema.ts'
import { GraphqlError, type Tree } from '../graphql/tree.ts'
import { checkQuery } from '../graphql/validate.ts'
import { toJson } from '../value/json.ts'
import { fromJson, RegoObject, type Value } from '../value/value.ts'
import { BuiltinError, define, operand, stringOperand, wrongOperand, type BuiltinContext } from './builtin.ts'
import { anyObject, anyOf, boolean, string, tuple } from './types.ts'

interface Document {
  readonly tree: Tree
  readonly source: string | undefined
}

function document(args: readonly Value[], index: number, parse: (source: string) => Tree): Document {
  const value = operand(args, index)
  if (typeof value === 'string') return { tree: parse(value), source: value }
  if (!(value instanceof RegoObject)) throw wrongOperand(index, value, ['string', 'object'])
  const tree = toJson(value)
  return { tree: isTree(tree) ? tree : {}, source: undefined }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null
}

/** What can go wrong with the documents is an error of the builtin. */
function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof GraphqlError) throw new BuiltinError(error.message)
    throw error
  }
}

function succeeds(run: () => void): boolean {
  try {
    guarded(run)
    return true
  } catch (error) {
    if (error instanceof BuiltinError) return false
    throw error
  }
}

const schemas = new Map<string, Schema>()

function schemaOf({ tree, source }: Document): Schema {
  if (source === undefined) return checkSchema(tree)
  const known = schemas.get(source)
  if (known !== undefined) return known
  const schema = checkSchema(tree)
  if (schemas.size >= 10) schemas.clear()
  schemas.set(source, schema)
  return schema
}

function parseBoth(args: readonly Value[], context: BuiltinContext): readonly [Value, Value] {
  const query = document(args, 0, parseQuery)
  const schema = document(args, 1, parseSchema)
  context.budget.step(((query.source?.length ?? 0) + (schema.source?.length ?? 0)) >> 2)
  checkQuery(schemaOf(schema), query.tree, query.source)
  return [fromJson(query.tree), fromJson(schema.tree)]
}

const QUERY = ['query', anyOf(string, anyObject), 'a query: text, or what `graphql.parse_query` gave'] as const
const SCHEMA = ['schema', anyOf(string, anyObject), 'a schema: text, or what `graphql.parse_schema` gave'] as const

export const graphql = define('graphql', [
  {
    name: 'graphql.parse_query',
    args: [['query', string, 'a query']],
    result: [anyObject, 'its syntax tree'],
    description: 'Parses a GraphQL query.',
    evaluate: (args) => guarded(() => fromJson(parseQuery(stringOperand(args, 0)))),
  },
  {
    name: 'graphql.parse_schema',
    args: [['schema', string, 'a schema']],
    result: [anyObject, 'its syntax tree'],
    description: 'Parses a GraphQL schema.',
    evaluate: (args) => guarded(() => fromJson(parseSchema(stringOperand(args, 0)))),
  },
  {
    name: 'graphql.parse',
    args: [QUERY, SCHEMA],
    result: [tuple(anyObject, anyObject), 'the syntax trees of both'],
    description: 'Parses a query and a schema; a query that does not fit the schema is an error.',
    evaluate: (args, context) => guarded(() => parseBoth(args, context)),
  },
  {
    name: 'graphql.parse_and_verify',
    args: [QUERY, SCHEMA],
    result: [tuple(boolean, anyObject, anyObject), 'whether the query fits, and both syntax trees'],
    description: 'Parses a query and a schema, and says whether they fit.',
    evaluate: (args, context) => {
      let both: readonly Value[] = [RegoObject.empty, RegoObject.empty]
      const valid = succeeds(() => {
        both = parseBoth(args, context)
      })
      return [valid, ...both]
    },
  },
  {
    name: 'graphql.is_valid',
    args: [QUERY, SCHEMA],
    result: [boolean, 'whether the query fits'],
    description: 'Whether a query fits a schema.',
    evaluate: (args, context) => succeeds(() => parseBoth(args, context)),
  },
  {
    name: 'graphql.schema_is_valid',
    args: [SCHEMA],
    result: [boolean, 'whether it is a schema'],
    description: 'Whether a schema holds together.',
    evaluate: (args) => succeeds(() => schemaOf(document(args, 0, parseSchema))),
  },
])
