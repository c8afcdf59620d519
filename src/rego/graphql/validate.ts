/** Whether a query fits a schema, by the reference implementation's rules. It is loaded when first needed. */
import { createRequire } from 'node:module'
import type * as Graphql from 'graphql'
import { printQuery, printSchema } from './print.ts'
import type { Schema } from './schema.ts'
import { GraphqlError, list, text, type Tree } from './tree.ts'

let library: typeof Graphql | undefined

function graphql(): typeof Graphql {
  library ??= createRequire(import.meta.url)('graphql') as typeof Graphql
  return library
}

/** Throws `GraphqlError`. `source` is the query's text, if it was one: then errors have places. */
export function checkQuery(schema: Schema, query: Tree, source: string | undefined): void {
  const operations = list(query, 'Operations')
  if (operations.length + list(query, 'Fragments').length === 0) return
  const { buildASTSchema, parse, validate } = graphql()
  const options = { noLocation: source === undefined, allowLegacyFragmentVariables: true }
  let built: Graphql.GraphQLSchema
  let document: Graphql.DocumentNode
  try {
    built = buildASTSchema(parse(printSchema(schema)), { assumeValid: true, assumeValidSDL: true })
    document = parse(source ?? printQuery(query), options)
  } catch (error) {
    throw new GraphqlError(error instanceof Error ? error.message : String(error))
  }
  for (const operation of operations) {
    const kind = text(operation, 'Operation') || 'query'
    if (!schema.roots.has(kind))
      throw new GraphqlError(`Schema does not support operation type ${JSON.stringify(kind)}`)
  }
  const [problem] = validate(built, document)
  if (problem === undefined) return
  const [place] = problem.locations ?? []
  throw new GraphqlError(problem.message.replace(/\.$/, ''), place?.line, place?.column)
}
