import type { File, Node, ObjectPattern } from '@babel/types'
import { isNode, walk } from './ast.ts'

/** Something that another module exports: `default` for a default export and for CommonJS' `module.exports`. */
export interface ModuleRef {
  /** As written: `./routes/health`. */
  readonly module: string
  readonly name: string
}

/** What a file takes from other modules and gives to them, ES modules and CommonJS alike. */
export interface ModuleNames {
  readonly imports: ReadonlyMap<string, ModuleRef>
  /** Exported name to local name. */
  readonly exports: ReadonlyMap<string, string>
}

export function moduleNames(tree: File): ModuleNames {
  const imports = new Map<string, ModuleRef>()
  const exports = new Map<string, string>()
  for (const node of walk(tree)) {
    collectImports(node, imports)
    collectEsExports(node, exports)
    collectCommonJsExports(node, exports)
  }
  return { imports, exports }
}

/** The module of `require('./x')`, `require('./x').default` and `require('./x').name`. */
export function requiredModule(node: Node): ModuleRef | undefined {
  if (node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier') {
    const whole = requiredModule(node.object)
    return whole === undefined ? undefined : { module: whole.module, name: node.property.name }
  }
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier' || node.callee.name !== 'require')
    return undefined
  const [argument] = node.arguments
  return argument?.type === 'StringLiteral' ? { module: argument.value, name: 'default' } : undefined
}

function collectImports(node: Node, imports: Map<string, ModuleRef>): void {
  if (node.type === 'ImportDeclaration') {
    for (const specifier of node.specifiers) {
      const imported = specifier.type === 'ImportSpecifier' ? keyName(specifier.imported) : 'default'
      if (imported !== undefined) imports.set(specifier.local.name, { module: node.source.value, name: imported })
    }
  } else if (node.type === 'VariableDeclarator' && node.init) {
    const required = requiredModule(node.init)
    if (required === undefined) return
    if (node.id.type === 'Identifier') imports.set(node.id.name, required)
    else if (node.id.type === 'ObjectPattern') {
      for (const [key, local] of destructured(node.id)) imports.set(local, { module: required.module, name: key })
    }
  }
}

function collectEsExports(node: Node, exports: Map<string, string>): void {
  if (node.type === 'ExportDefaultDeclaration' && node.declaration.type === 'Identifier') {
    exports.set('default', node.declaration.name)
  } else if (node.type === 'ExportNamedDeclaration' && !node.source) {
    for (const specifier of node.specifiers) {
      const exported = specifier.type === 'ExportSpecifier' ? keyName(specifier.exported) : undefined
      if (exported !== undefined && specifier.type === 'ExportSpecifier') exports.set(exported, specifier.local.name)
    }
    if (node.declaration?.type === 'VariableDeclaration') {
      for (const { id } of node.declaration.declarations) if (id.type === 'Identifier') exports.set(id.name, id.name)
    }
  }
}

/** `module.exports = router`, `module.exports = { router }`, `exports.router = router`, `export = router`. */
function collectCommonJsExports(node: Node, exports: Map<string, string>): void {
  if (node.type === 'TSExportAssignment' && node.expression.type === 'Identifier') {
    exports.set('default', node.expression.name)
  }
  if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return
  const { object, property } = node.left
  const isModuleExports = object.type === 'Identifier' && object.name === 'module' && keyName(property) === 'exports'
  if (isModuleExports && node.right.type === 'Identifier') exports.set('default', node.right.name)
  else if (isModuleExports && node.right.type === 'ObjectExpression') {
    for (const entry of node.right.properties) {
      if (entry.type !== 'ObjectProperty' || entry.value.type !== 'Identifier') continue
      const key = keyName(entry.key)
      if (key !== undefined) exports.set(key, entry.value.name)
    }
  } else if (node.right.type === 'Identifier' && isExportsObject(object)) {
    const key = keyName(property)
    if (key !== undefined) exports.set(key, node.right.name)
  }
}

function isExportsObject(node: Node): boolean {
  if (node.type === 'Identifier') return node.name === 'exports'
  return (
    node.type === 'MemberExpression' &&
    node.object.type === 'Identifier' &&
    node.object.name === 'module' &&
    keyName(node.property) === 'exports'
  )
}

function destructured(pattern: ObjectPattern): [key: string, local: string][] {
  return pattern.properties.flatMap((property): [string, string][] => {
    if (property.type !== 'ObjectProperty' || property.value.type !== 'Identifier') return []
    const key = keyName(property.key)
    return key === undefined ? [] : [[key, property.value.name]]
  })
}

function keyName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  return node.type === 'Identifier' ? node.name : node.type === 'StringLiteral' ? node.value : undefined
}
