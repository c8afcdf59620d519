import { compile, fromJson, parseModule, type PreparedQuery, RegoObject, toJson, type Value } from '../../rego/index.ts'
import type { JsonMap, Policy } from '../policies/policy.ts'
import { templateRego } from './rego.ts'

const QUERIES = new WeakMap<Policy, PreparedQuery>()

/** The messages of a policy about one object, as its template gives them; matching kinds is not part of it. */
export function judge(policy: Policy, object: JsonMap): string[] {
  let query = QUERIES.get(policy)
  if (query === undefined) {
    const module = parseModule(`${policy.name}.rego`, templateRego(policy))
    query = compile([module]).prepare(`data.${policy.kind.toLowerCase()}.violation[v]`)
    QUERIES.set(policy, query)
  }
  const input = fromJson({ review: { object }, parameters: policy.parameters })
  return query.evaluate({ input, limits: { steps: 1_000_000 } }).flatMap((bindings) => messageOf(bindings.get('v')))
}

function messageOf(value: Value | undefined): string[] {
  if (!(value instanceof RegoObject)) return []
  const found: unknown = toJson(value)
  return typeof found === 'object' && found !== null && 'msg' in found ? [String(found.msg)] : []
}
