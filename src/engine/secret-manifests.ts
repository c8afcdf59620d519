import { isMap, isNode, isScalar, type Node } from 'yaml'
import { pairValue } from '../parse/yaml/nodes.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import { parseYaml } from '../parse/yaml/parser.ts'
import { manifestObjects, valueAt } from '../resources/kubernetes/objects.ts'

/** A value of a Kubernetes Secret, as its text has it. */
export interface ManifestSecret {
  /** The lines of a block scalar; else one. */
  readonly lines: readonly string[]
  readonly start: number
}

/** Looked for first: most texts hold no Secret, and reading them takes time. */
const MENTIONS = /\bkind["']?\s*:\s*["']?(?:Secret|List)\b/

/**
 * Everything that the Secrets in a text hold, whatever the keys are called and however it is written.
 * @param parse gives what was parsed before, if it was
 */
export function manifestSecrets(
  text: string,
  parse: (text: string) => YamlFile = (given) => parseYaml('', given),
): readonly ManifestSecret[] {
  if (!MENTIONS.test(text)) return []
  return parse(text).documents.flatMap(({ tree, aliases, valid }) => {
    if (!valid || !isNode(tree.contents)) return []
    const secrets = manifestObjects(tree.contents, aliases).filter(({ kind }) => kind === 'Secret')
    return secrets.flatMap(({ node }) =>
      ['data', 'stringData'].flatMap((field) => {
        const entries = valueAt(node, field, aliases)
        return isMap(entries) ? entries.items.flatMap((pair) => secretAt(pairValue(pair), text)) : []
      }),
    )
  })
}

function secretAt(node: Node | undefined, text: string): readonly ManifestSecret[] {
  if (!isScalar(node) || !node.range) return []
  const [start, end] = node.range
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  const written = text.slice(start, end)
  // The first line of a block scalar is its header. Quotes stay, as what is printed has them too.
  const lines = isBlock ? written.split('\n').slice(1) : written.replaceAll(/^(["'])(.*)\1$/gs, '$2').split('\n')
  return [{ lines: lines.map((line) => line.trim()), start: isBlock ? text.indexOf('\n', start) + 1 : start }]
}
