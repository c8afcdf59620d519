// What an `@cdktf/provider-aws` package says of a resource type: names, types, nesting, what is required. The package is
// generated from the provider's own schema; each of its majors stands on one version of the provider.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Folders of the resource types, by type. */
export function openPackage(root) {
  const { cdktf, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const types = new Map()
  for (const name of readdirSync(join(root, 'lib')).sort()) {
    if (name.startsWith('data-aws-')) continue
    const file = join(root, 'lib', name, 'index.d.ts')
    let text
    try {
      text = readFileSync(file, 'utf8')
    } catch {
      continue
    }
    const type = /static readonly tfResourceType = "(aws_\w+)"/.exec(text)?.[1]
    if (type !== undefined) types.set(type, file)
  }
  return { provider: cdktf.provider.version, version, license, types }
}

/**
 * The tree of a type: name -> {form, type, required, children}. `form` is `attribute`, `block`, or `either` for a list of
 * objects that may be written as blocks too; `type` is `s`, `n`, `b`, `any`, `[s]`, `{s}`, and for objects `*` or `1`.
 */
export function readType({ types }, type) {
  const file = types.get(type)
  if (file === undefined) return undefined
  const interfaces = readInterfaces(readFileSync(file, 'utf8'))
  const config = [...interfaces.values()].find(({ isConfig }) => isConfig)
  return config === undefined ? undefined : treeOf(config, interfaces, 0)
}

function readInterfaces(text) {
  const found = new Map()
  for (const { 1: name, 2: base, 3: body } of text.matchAll(
    /^export interface (\w+)( extends [\w.]+)? \{\n([\s\S]*?)^\}/gm,
  )) {
    found.set(name, { isConfig: base?.includes('TerraformMetaArguments') === true, body })
  }
  return found
}

function treeOf({ body }, interfaces, depth) {
  const tree = new Map()
  for (const { 1: doc, 2: optional, 3: written } of body.matchAll(
    /\/\*\*([\s\S]*?)\*\/\s*readonly \w+(\??): ([\s\S]*?);\n(?=\s*\/\*\*|\s*$|\})/g,
  )) {
    const name = /#(\w+) \w+#\w+\}/.exec(doc)?.[1]
    if (name === undefined) throw new Error(`no name in ${doc}`)
    const node = nodeOf(written.replaceAll(' | cdktf.IResolvable', '').replace(/\s+/g, ' '), interfaces, depth)
    const form = / block\n/.test(doc)
      ? 'block'
      : node.children !== undefined && node.type === '*'
        ? 'either'
        : 'attribute'
    tree.set(name, { ...node, form, required: optional === '' })
  }
  return tree
}

function nodeOf(written, interfaces, depth) {
  const simple = { string: 's', number: 'n', boolean: 'b', any: 'any' }
  const list = /^\(?(.*?)\)?\[\]$/.exec(written)
  const inner = (list?.[1] ?? written).trim()
  const map = /^\{ \[key: string\]: \(?(\w+)\)?;? \}$/.exec(inner)
  if (map !== null) return { type: list === null ? `{${simple[map[1]] ?? 'any'}}` : 'any' }
  if (inner in simple) return { type: list === null ? simple[inner] : inner === 'any' ? 'any' : `[${simple[inner]}]` }
  const object = interfaces.get(inner)
  if (object === undefined) return { type: 'any' }
  // Statements nest in statements: the deeper levels are not worth their room.
  if (depth >= 8) return { type: list === null ? '1' : '*' }
  return { type: list === null ? '1' : '*', children: treeOf(object, interfaces, depth + 1) }
}
