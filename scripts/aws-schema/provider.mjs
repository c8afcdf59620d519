// What the provider's Go source says of an attribute: whether changing it replaces the resource, and what it excludes.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseExpression, skip, tokenize } from './go.mjs'

/** A provider's source, from the folder that holds `internal/service` (or `service`, as a fork of v4 has it). */
export function openProvider(root) {
  const services = [join(root, 'internal', 'service'), join(root, 'service')].find((path) => existsSync(path))
  const constants = new Map()
  const names = join(root, 'names')
  for (const file of existsSync(names) ? goFiles(names) : [])
    readConstants(readFileSync(file, 'utf8'), 'names.', constants)
  const packages = new Map(readdirSync(services).map((name) => [name, join(services, name)]))
  const provider = { constants, packages, opened: new Map(), declared: new Map(), unresolved: new Set() }
  for (const name of [...packages.keys()].sort()) findAnnotations(provider, name)
  const table = [join(root, 'provider', 'provider.go'), join(root, 'internal', 'provider', 'provider.go')].find(
    (path) => existsSync(path),
  )
  if (table !== undefined) findTable(provider, readFileSync(table, 'utf8'))
  return provider
}

function goFiles(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .sort()
    .map((name) => join(folder, name))
}

function readConstants(text, prefix, into) {
  for (const { 1: name, 2: value } of text.matchAll(
    /^\s*(?:const\s+)?([A-Za-z_]\w*)(?:\s+\w+)?\s*=\s*"([^"\n]*)"\s*$/gm,
  )) {
    into.set(prefix + name, value)
  }
}

/** v5 and v6 say it in a comment above the function: `// @SDKResource("aws_lb", name="Load Balancer")`. */
function findAnnotations(provider, name) {
  for (const file of goFiles(provider.packages.get(name))) {
    const text = readFileSync(file, 'utf8')
    for (const found of text.matchAll(/@(SDK|Framework)Resource\b(?:\("(aws_\w+)")?/g)) {
      const declaration = /^func (\w+)\(/m.exec(text.slice(found.index))
      // Some of v5 name the type in a method only.
      const type = found[2] ?? /\.TypeName = "(aws_\w+)"/.exec(text)?.[1]
      if (declaration !== null && type !== undefined) {
        provider.declared.set(type, { kind: found[1], package: name, func: declaration[1] })
      }
    }
  }
}

/** v4 has one table: `"aws_lb": elbv2.ResourceLoadBalancer(),`. */
function findTable(provider, text) {
  for (const { 1: type, 2: name, 3: func } of text.matchAll(/"(aws_\w+)":\s+(\w+)\.(Resource\w+)\(\)/g)) {
    if (!provider.declared.has(type) && provider.packages.has(name))
      provider.declared.set(type, { kind: 'SDK', package: name, func })
  }
}

function openPackage(provider, name) {
  const known = provider.opened.get(name)
  if (known !== undefined) return known
  const opened = {
    functions: new Map(),
    variables: new Map(),
    constants: new Map(provider.constants),
    structs: new Map(),
  }
  for (const file of goFiles(provider.packages.get(name))) {
    const text = readFileSync(file, 'utf8')
    readConstants(text, '', opened.constants)
    for (const { 1: struct, 2: body } of text.matchAll(/^type (\w+) struct \{\n([^}]*)\n\}/gm))
      opened.structs.set(struct, body)
    const tokens = tokenize(text)
    readVariables(text, tokens, opened.variables)
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i].raw !== 'func') continue
      // At the beginning of a line only: not the literals inside of others.
      if (tokens[i].index > 0 && text[tokens[i].index - 1] !== '\n') continue
      let at = i + 1
      let receiver = ''
      if (tokens[at].raw === '(') {
        receiver = tokens[skip(tokens, at) - 2].raw
        at = skip(tokens, at)
      }
      const key = receiver === '' ? tokens[at].raw : `${receiver}.${tokens[at].raw}`
      let body = at + 1
      while (tokens[body] !== undefined && tokens[body].raw !== '{') {
        // Result types such as `interface{}` never occur in what is read here.
        body = tokens[body].raw === '(' || tokens[body].raw === '[' ? skip(tokens, body) : body + 1
      }
      const end = skip(tokens, body)
      opened.functions.set(key, { tokens, from: body + 1, to: end - 1, file, text })
      i = end - 1
    }
  }
  provider.opened.set(name, opened)
  return opened
}

/** `var x = ...`, alone or in a `var ( ... )`. */
function readVariables(text, tokens, into) {
  const starts = new Map(tokens.map(({ index }, at) => [index, at]))
  for (const found of text.matchAll(/^(?:var )?\t?(\w+)(?:[ \t]+[^=\n:]+)?[ \t]+=[ \t]/gm)) {
    const at = starts.get(found.index + found[0].length)
    if (at !== undefined && !into.has(found[1])) into.set(found[1], { tokens, at })
  }
}

/** The tree of an attribute map: name -> {replaces, conditional, conflicts, one, children}; undefined if not found. */
export function readType(provider, type) {
  const declared = provider.declared.get(type)
  if (declared === undefined) return undefined
  const scope = { provider, pack: openPackage(provider, declared.package), type, depth: 0 }
  const tree = declared.kind === 'SDK' ? readSdk(scope, declared) : readFramework(scope, declared)
  if (tree === undefined) return undefined
  const func = scope.pack.functions.get(declared.func)
  for (const name of conditional(func?.text ?? '', scope)) {
    const attribute = tree.get(name.split('.')[0])
    if (attribute !== undefined && !attribute.replaces) attribute.conditional = true
  }
  return tree
}

/** `customdiff.ForceNewIfChange("x", ...)` and `diff.ForceNew("x")`. */
function conditional(text, { pack }) {
  return [...text.matchAll(/\.ForceNew(?:If|IfChange)?\(\s*("[^"]+"|[\w.]+)/g)].flatMap(({ 1: name }) =>
    name.startsWith('"') ? [name.slice(1, -1)] : (pack.constants.get(name) ?? []),
  )
}

function readSdk(scope, { func }) {
  const resource = callFunction(scope, func)
  return resource === undefined ? undefined : schemaOf(scope, resource)
}

function schemaOf(scope, resource) {
  if (resource.kind !== 'literal') return undefined
  const schema = field(resource, 'Schema') ?? field(resource, 'SchemaFunc')
  return schema === undefined ? undefined : readMap(scope, schema)
}

function field(literal, name) {
  return literal.entries.find(({ key }) => key?.kind === 'name' && key.name === name)?.value
}

/** What a function of the package returns: its last `return`, with variables looked up and `m["x"] = y` put in. */
function callFunction(scope, name) {
  const func = scope.pack.functions.get(name)
  return func === undefined ? undefined : evaluateBody(func, scope)
}

function evaluateBody({ tokens, from, to }, { pack }) {
  const variables = new Map()
  let result
  for (let i = from; i < to; i++) {
    const { raw } = tokens[i]
    if (raw === 'return') {
      const [node, next] = parseExpression(tokens, i + 1)
      result = node.kind === 'name' && variables.has(node.name) ? variables.get(node.name) : node
      i = next - 1
    } else if (/^[a-z]\w*$/.test(raw) && /^:?=$/.test(tokens[i + 1]?.raw ?? '')) {
      const [node, next] = parseExpression(tokens, i + 2)
      variables.set(raw, node)
      // What is used further down by its name: the nearest one of that name.
      if (node.kind === 'function') pack.functions.set(raw, bodyOf(node))
      else if (node.kind === 'literal') pack.variables.set(raw, { tokens, at: i + 2 })
      i = next - 1
    } else if (variables.get(raw)?.kind === 'literal' && tokens[i + 1]?.raw === '[') {
      const [key, next] = parseExpression(tokens, i + 2)
      if (tokens[next]?.raw !== ']' || tokens[next + 1]?.raw !== '=') continue
      const [value] = parseExpression(tokens, next + 2)
      variables.get(raw).entries.push({ key, value })
    }
  }
  return result
}

/** An expression with calls of the package's own functions and its package variables followed. */
function follow(scope, node) {
  let current = node
  for (let i = 0; i < 8; i++) {
    const next = step(scope, current)
    if (next === undefined) return current
    current = next
  }
  return current
}

function step(scope, node) {
  if (node?.kind === 'name') return variable(scope, node.name) ?? callFunction(scope, node.name)
  if (node?.kind !== 'call') return undefined
  if (node.callee === 'maps.Clone') return node.args[0]
  const called = callFunction(scope, node.callee)
  if (called !== undefined) return called
  // `var emptySchema = sync.OnceValue(func() *schema.Schema { ... })`
  const once = variable(scope, node.callee)
  const [body] = once?.kind === 'call' && /^sync\.OnceValues?$/.test(once.callee) ? once.args : []
  return body?.kind === 'function' ? evaluateBody(bodyOf(body), scope) : undefined
}

function variable({ pack }, name) {
  const found = pack.variables.get(name)
  return found === undefined ? undefined : parseExpression(found.tokens, found.at)[0]
}

function bodyOf({ tokens, from, to }) {
  return { tokens, from: from + 1, to: to - 1 }
}

function readMap(scope, node) {
  let literal = node.kind === 'function' ? undefined : follow(scope, node)
  if (node.kind === 'function') {
    literal = follow(scope, evaluateBody(bodyOf(node), scope))
  }
  if (literal?.kind !== 'literal') {
    scope.provider.unresolved.add(`${scope.type}: ${describe(literal ?? node)}`)
    return undefined
  }
  const tree = new Map()
  for (const { key, value } of literal.entries) {
    const name = text(scope, key)
    if (name === undefined) scope.provider.unresolved.add(`${scope.type}: a name: ${describe(key)}`)
    else tree.set(name, readAttribute(scope, value, name))
  }
  return tree
}

function readAttribute(scope, node, name) {
  if (scope.depth > 12) return { replaces: false }
  const literal = follow({ ...scope, depth: scope.depth + 1 }, node)
  if (literal?.kind !== 'literal') return readHelper(scope, literal ?? node, name)
  const flag = (key) => field(literal, key)?.name === 'true'
  const modifiers = JSON.stringify(field(literal, 'PlanModifiers') ?? '')
  const elem = field(literal, 'Elem')
  const inner = { ...scope, depth: scope.depth + 1 }
  const children = elem === undefined ? frameworkChildren(inner, literal) : elemChildren(inner, elem)
  return {
    replaces: flag('ForceNew') || /\.RequiresReplace"/.test(modifiers),
    conditional: /RequiresReplaceIf|RequiresReplaceWO|Replace\w*Changed?/.test(
      modifiers.replaceAll('.RequiresReplace"', ''),
    ),
    conflicts: texts(scope, field(literal, 'ConflictsWith')),
    one: texts(scope, field(literal, 'ExactlyOneOf')),
    children,
  }
}

/** Schemas of other packages. Only those of tags are known to be common. */
function readHelper(scope, node, name) {
  const callee = node.kind === 'call' ? node.callee : node.kind === 'name' ? node.name : ''
  if (/^(?:tftags|tags)\.(?:Tags(?:Attribute|Schema)|TagsMap)/.test(callee)) {
    return { replaces: /ForceNew/.test(callee), conflicts: [], one: [] }
  }
  if (
    /^(?:framework\.(?:IDAttribute|ARNAttribute)|timeouts\.|sdkv2\.(?:PolicyDocument|IAMPolicyDocument|JSONDocument))/.test(
      callee,
    )
  ) {
    return { replaces: /ForceNew/.test(callee), conflicts: [], one: [] }
  }
  if (callee.startsWith('framework.'))
    return { replaces: /RequiresReplace|ForceNew/.test(callee), conflicts: [], one: [] }
  scope.provider.unresolved.add(`${scope.type}.${name}: ${describe(node)}`)
  return undefined
}

function elemChildren(scope, elem) {
  const literal = follow(scope, elem)
  if (literal?.kind !== 'literal' || !literal.type.endsWith('schema.Resource')) return undefined
  return schemaOf(scope, literal)
}

function frameworkChildren(scope, literal) {
  const object = field(literal, 'NestedObject')
  const holder = object === undefined ? literal : follow(scope, object)
  if (holder?.kind !== 'literal') return undefined
  const maps = ['Attributes', 'Blocks'].flatMap((key) => field(holder, key) ?? [])
  if (maps.length === 0) return undefined
  return new Map(maps.flatMap((map) => [...(readMap(scope, map) ?? [])]))
}

/** The `Schema` method of the type that the annotated function makes, or of one that it embeds. */
function readFramework(scope, { func }) {
  const made = scope.pack.functions.get(func)
  const struct = /&(\w+)\{/.exec(made.text.slice(made.tokens[made.from].index))?.[1]
  const todo = [struct]
  for (let at = 0; at < todo.length && at < 20; at++) {
    const method = scope.pack.functions.get(`${todo[at]}.Schema`)
    if (method !== undefined) return readSchemaMethod(scope, method)
    const body = scope.pack.structs.get(todo[at]) ?? ''
    todo.push(...[...body.matchAll(/^\s*\*?(\w+)\s*$/gm)].map(({ 1: name }) => name))
  }
  return undefined
}

function readSchemaMethod(scope, { tokens, from, to }) {
  const tree = new Map()
  for (let i = from; i < to; i++) {
    if (tokens[i].raw !== 'schema' || tokens[i + 2]?.raw !== 'Schema' || tokens[i + 3]?.raw !== '{') continue
    const [literal] = parseExpression(tokens, i)
    for (const [name, attribute] of frameworkChildren(scope, literal) ?? []) tree.set(name, attribute)
    break
  }
  return tree.size === 0 ? undefined : tree
}

function text({ pack }, node) {
  if (node?.kind === 'string') return node.value
  if (node?.kind === 'name') return pack.constants.get(node.name)
  return undefined
}

function texts(scope, node) {
  if (node?.kind !== 'literal') return []
  return node.entries.flatMap(({ value }) => text(scope, value) ?? [])
}

function describe(node) {
  if (node === undefined) return 'nothing'
  return node.kind === 'call' ? `${node.callee}()` : node.kind === 'name' ? node.name : node.kind
}
