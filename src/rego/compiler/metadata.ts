/** What `rego.metadata.chain()` says at a rule: its annotations, its document's, and those of its packages. */
import type { Annotations, Module, Rule } from '../ast.ts'
import { ObjectBuilder, type Value } from '../value/value.ts'

export function metadataOf(modules: readonly Module[], module: Module, rule: Rule): readonly Value[] {
  const path: Value[] = [...module.package]
  for (const [index, term] of rule.head.ref.entries()) {
    if (index === 0 && term.kind === 'var') path.push(term.name)
    else if (term.kind === 'scalar') path.push(term.value)
    else break
  }
  const chain: Value[] = []
  // The rule comes first, with or without annotations; everything else only with them.
  chain.push(
    entry(
      path,
      rule.annotations.find(({ scope }) => scope === 'rule'),
    ),
  )
  const document = documentAnnotations(modules, module, rule)
  if (document !== undefined) chain.push(entry(path, document))
  const own = packageAnnotations(modules, module.package, 'package')
  if (own !== undefined) chain.push(entry(module.package, own))
  for (let length = module.package.length; length > 0; length--) {
    const above = module.package.slice(0, length)
    const sub = packageAnnotations(modules, above, 'subpackages')
    if (sub !== undefined) chain.push(entry(above, sub))
  }
  return chain
}

function entry(path: readonly Value[], annotations: Annotations | undefined): Value {
  const builder = new ObjectBuilder().set('path', path)
  if (annotations !== undefined) builder.set('annotations', annotations.value)
  return builder.build()
}

function documentAnnotations(modules: readonly Module[], module: Module, rule: Rule): Annotations | undefined {
  const name = headText(rule)
  for (const other of modules) {
    if (other.package.join('.') !== module.package.join('.')) continue
    for (const each of other.rules) {
      const found = headText(each) === name ? each.annotations.find(({ scope }) => scope === 'document') : undefined
      if (found !== undefined) return found
    }
  }
  return undefined
}

function headText(rule: Rule): string {
  return rule.head.ref
    .map((term) => (term.kind === 'var' ? term.name : term.kind === 'scalar' ? String(term.value) : '?'))
    .join('.')
}

function packageAnnotations(
  modules: readonly Module[],
  path: readonly string[],
  scope: 'package' | 'subpackages',
): Annotations | undefined {
  for (const module of modules) {
    if (module.package.join('.') !== path.join('.')) continue
    const found = module.annotations.find((each) => each.scope === scope)
    if (found !== undefined) return found
  }
  return undefined
}
