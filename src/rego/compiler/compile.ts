/** Modules to a program: every rule lowered and checked. */
import type { Module, Rule } from '../ast.ts'
import type { Builtin } from '../builtins/builtin.ts'
import { RegoError, RegoErrors } from '../errors.ts'
import { checkRecursion } from './recursion.ts'
import { checkQuerySafety, checkRuleSafety } from './safety-check.ts'
import { Lowerer } from './lower.ts'
import type { Globals, LowerContext } from './names.ts'
import { metadataOf } from './metadata.ts'
import { RuleTree } from './tree.ts'
import { TypeChecker } from './type-check.ts'
import type { Body } from '../ast.ts'
import type { Source } from '../errors.ts'
import type { Locals } from './scope.ts'
import type { Step } from './ir.ts'

export interface Compiled {
  readonly modules: readonly Module[]
  readonly tree: RuleTree
  readonly builtins: ReadonlyMap<string, Builtin>
  readonly types: TypeChecker
}

/** Throws `RegoErrors`. */
export function compileModules(modules: readonly Module[], builtins: ReadonlyMap<string, Builtin>): Compiled {
  try {
    return compileAll(modules, builtins)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const [first] = modules
    const place = first === undefined ? undefined : { source: first.source, span: first.packageSpan }
    throw new RegoErrors([new RegoError('rego_compile_error', 'rules refer to each other too deeply', place)])
  }
}

function compileAll(modules: readonly Module[], builtins: ReadonlyMap<string, Builtin>): Compiled {
  const tree = new RuleTree()
  for (const module of modules) tree.add(module)
  const errors: RegoError[] = [...tree.errors]
  tree.checkOverlaps(errors)
  const context: LowerContext = {
    tree,
    builtins,
    errors,
    metadata: (module, rule) => metadataOf(modules, module, rule),
  }
  const globals = new Map<Module, Globals>()
  const names = ruleNames(modules)
  for (const module of modules)
    globals.set(module, globalsOf(module, names.get(module.package.join('\0')) ?? new Set(), errors))
  for (const { module, rule, group, suffix } of tree.declared) {
    const scope = globals.get(module)
    if (scope === undefined) continue
    const before = errors.length
    const ir = new Lowerer(context, scope).rule(rule, suffix)
    if (rule.isDefault) group.default = ir
    else group.rules.push(ir)
    if (errors.length === before) checkRuleSafety(ir, errors)
  }
  if (errors.length === 0) checkRecursion(tree, errors)
  const types = new TypeChecker(tree)
  if (errors.length === 0) types.checkAll(errors)
  if (errors.length > 0) throw new RegoErrors(sorted(errors))
  return { modules, tree, builtins, types }
}

/** Throws `RegoErrors`. */
export function compileQuery(
  compiled: Compiled,
  source: Source,
  body: Body,
  imports: Globals['names'] = new Map(),
): { readonly steps: readonly Step[]; readonly locals: Locals } {
  const errors: RegoError[] = []
  const context: LowerContext = { tree: compiled.tree, builtins: compiled.builtins, errors, metadata: () => [] }
  const result = new Lowerer(context, { source, module: undefined, names: imports }).query(body)
  if (errors.length === 0) checkQuerySafety(result.steps, errors)
  if (errors.length === 0) compiled.types.checkQuery(result.steps, errors)
  if (errors.length > 0) throw new RegoErrors(sorted(errors))
  return result
}

function sorted(errors: readonly RegoError[]): RegoError[] {
  const seen = new Set<string>()
  return [...errors]
    .sort((a, b) => {
      const left = a.file ?? ''
      const right = b.file ?? ''
      if (left !== right) return left < right ? -1 : 1
      return (a.place?.span.start ?? 0) - (b.place?.span.start ?? 0)
    })
    .filter((error) => {
      const key = `${error.file ?? ''}\0${error.place?.span.start ?? 0}\0${error.message}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}

/** The names of rules by package: modules of one package see each other's. */
function ruleNames(modules: readonly Module[]): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>()
  for (const module of modules) {
    const key = module.package.join('\0')
    const set = names.get(key) ?? new Set()
    names.set(key, set)
    for (const rule of module.rules) set.add(nameOf(rule))
  }
  return names
}

function nameOf(rule: Rule): string {
  const [first] = rule.head.ref
  return first?.kind === 'var' ? first.name : ''
}

function globalsOf(module: Module, rules: ReadonlySet<string>, errors: RegoError[]): Globals {
  const names = new Map<string, { readonly root: 'data' | 'input'; readonly path: readonly string[] }>()
  for (const name of rules) names.set(name, { root: 'data', path: [...module.package, name] })
  const imported = new Map<string, string>()
  for (const { path, alias, span } of module.imports) {
    const [root, ...rest] = path
    if (root !== 'data' && root !== 'input') continue
    const name = alias ?? path.at(-1) ?? root
    const earlier = imported.get(name)
    if (earlier !== undefined && module.version === 'v1') {
      errors.push(
        new RegoError('rego_compile_error', `import must not shadow import ${earlier}`, {
          source: module.source,
          span,
        }),
      )
    }
    imported.set(name, path.join('.'))
    names.set(name, { root, path: rest })
  }
  return { source: module.source, module, names }
}
