import { Document, isMap, isScalar, visit } from 'yaml'

/** YAML as people write it: no aliases, long lines left whole, Rego and CEL as block text. A comment goes before it. */
export function printYaml(value: unknown, comment: readonly string[] = []): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' })
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = 'BLOCK_LITERAL'
    },
    Pair(_, pair) {
      // Long CEL: its quotes stay as they are.
      if (isScalar(pair.key) && EXPRESSIONS.has(String(pair.key.value)) && isScalar(pair.value)) {
        pair.value.type = 'BLOCK_FOLDED'
        if (typeof pair.value.value === 'string' && /^\w+$/.test(pair.value.value)) pair.value.type = 'PLAIN'
      }
    },
    Seq(_, node) {
      node.flow =
        node.items.length === 0 || node.items.every((item) => isScalar(item) && String(item.value).length < 30)
    },
    Map(_, node) {
      if (isMap(node) && node.items.length === 0) node.flow = true
    },
  })
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false })
  return comment.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('') + text
}

const EXPRESSIONS = new Set(['expression', 'messageExpression'])
