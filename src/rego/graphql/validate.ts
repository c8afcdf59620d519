/** Whether a query fits a schema, by the reference implementation's rules. */
import { buildASTSchema, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'
import { printQuery, printSchema } from './print.ts'
import type { Schema } from './schema.ts'
import { GraphqlError, list, text, type Tree } from './tree.ts'

/** Throws `GraphqlError`. `source` is the query's text, if it was one: then errors have places. */
export function checkQuery(schema: Schema, query: Tree, source: string | undefined): void {
  const operations = list(query, 'Operations')
  if (operations.length + list(query, 'Fragments').length === 0) return
  const options = { noLocation: source === undefined, allowLegacyFragmentVariables: true }
  let built: GraphQLSchema
  let document: DocumentNode
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
