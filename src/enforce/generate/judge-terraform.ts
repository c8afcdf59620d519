import { compile, parseModule, type PreparedQuery, printValue } from '../../rego/index.ts'
import { combined, conftestBuiltins, type InputFile, inputsOf, parserForPath, readInput } from '../conftest/index.ts'
import { valueOf } from '../conftest/node.ts'
import type { TerraformPolicy } from '../policies/policy.ts'
import { terraformRego } from './rego.ts'

const QUERIES = new WeakMap<TerraformPolicy, PreparedQuery>()

/**
 * What a policy says of files, one by one and all together, as Conftest would without and with `--combine`.
 * @param files texts by path
 * @returns messages, each once; none of a file that cannot be read
 */
export function judgeTerraform(policy: TerraformPolicy, files: ReadonlyMap<string, string>): string[] {
  const read = [...files].flatMap(([path, text]) => inputFile(path, text))
  const inputs = [...read.flatMap(inputsOf), combined(read)]
  const found = inputs.flatMap(({ root }) =>
    queryOf(policy)
      .evaluate({ input: valueOf(root), limits: { steps: 1_000_000 } })
      .map((bindings) => printValue(bindings.get('v') ?? null)),
  )
  return [...new Set(found)].sort()
}

function inputFile(path: string, text: string): InputFile[] {
  const parser = parserForPath(path)
  if (parser.kind !== 'parser') return []
  const { file } = readInput(path, text, parser)
  return file === undefined ? [] : [file]
}

function queryOf(policy: TerraformPolicy): PreparedQuery {
  const known = QUERIES.get(policy)
  if (known !== undefined) return known
  const module = parseModule(`${policy.name}.rego`, terraformRego(policy))
  const builtins = conftestBuiltins(() => ({ refused: 'a policy of ours reads no file' }))
  const query = compile([module], { builtins }).prepare(`data.main.deny_${policy.name.replaceAll('-', '_')}[v]`)
  QUERIES.set(policy, query)
  return query
}
