import type { Attribute, Block, HclDocument, ObjectExpression, ObjectItem } from '../../parse/hcl/ast.ts'
import { type Diagnostic, diagnosticAt } from '../../text/diagnostic.ts'

/** An attribute or block with the file it is written in: override files continue blocks of other files. */
export interface SourcedItem {
  readonly document: HclDocument
  readonly item: Attribute | Block
}

/** A top-level block after merging overrides. */
export interface Declaration {
  /** Within its module: `aws_s3_bucket.b`, `provider.aws.east`, `module.a`, `var.x`. */
  readonly address: string
  /** `aws_s3_bucket`, `data.aws_iam_policy_document`; for other blocks their keyword. */
  readonly type: string
  readonly name: string
  readonly document: HclDocument
  readonly block: Block
  readonly items: readonly SourcedItem[]
}

/** The declarations in one folder, before any evaluation. */
export interface ModuleSource {
  readonly dir: string
  readonly editable: boolean
  readonly documents: readonly HclDocument[]
  readonly variables: ReadonlyMap<string, Declaration>
  readonly locals: ReadonlyMap<string, SourcedItem>
  readonly outputs: ReadonlyMap<string, Declaration>
  readonly calls: ReadonlyMap<string, Declaration>
  /** By `type.name`; data sources by `data.type.name`. In order of file and position. */
  readonly resources: ReadonlyMap<string, Declaration>
  /** Provider configurations and backends, by address. */
  readonly settings: ReadonlyMap<string, Declaration>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the declarations of one folder from its Terraform files, given in any order. */
export function readModuleSource(dir: string, files: readonly HclDocument[], editable: boolean): ModuleSource {
  const documents = loadedDocuments(files)
  const collector = new Collector()
  for (const document of documents) collector.add(document)
  return { dir, editable, documents, ...collector.result() }
}

/** Base files by name, then override files by name; a `.tofu` file replaces the `.tf` file of its name. */
function loadedDocuments(files: readonly HclDocument[]): readonly HclDocument[] {
  const paths = new Set(files.map((file) => file.path))
  return files
    .filter((file) => !/\.tf(\.json)?$/.test(file.path) || !paths.has(file.path.replace(/\.tf(\.json)?$/, '.tofu$1')))
    .toSorted((a, b) => Number(isOverride(a.path)) - Number(isOverride(b.path)) || compare(a.path, b.path))
}

function isOverride(path: string): boolean {
  return /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/.test(path)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

class Collector {
  readonly #variables = new Map<string, Declaration>()
  readonly #locals = new Map<string, SourcedItem>()
  readonly #outputs = new Map<string, Declaration>()
  readonly #calls = new Map<string, Declaration>()
  readonly #resources = new Map<string, Declaration>()
  readonly #settings = new Map<string, Declaration>()
  readonly #diagnostics: Diagnostic[] = []

  result(): Omit<ModuleSource, 'dir' | 'editable' | 'documents'> {
    return {
      variables: this.#variables,
      locals: this.#locals,
      outputs: this.#outputs,
      calls: this.#calls,
      resources: this.#resources,
      settings: this.#settings,
      diagnostics: this.#diagnostics,
    }
  }

  add(document: HclDocument): void {
    for (const item of document.body.items) {
      if (item.kind === 'block') this.#block(document, item)
    }
  }

  #block(document: HclDocument, block: Block): void {
    const [first, second] = block.labels.map((label) => label.value)
    switch (block.type) {
      case 'variable':
        if (first !== undefined) this.#declare(this.#variables, `var.${first}`, 'variable', first, document, block)
        break
      case 'output':
        if (first !== undefined) this.#declare(this.#outputs, `output.${first}`, 'output', first, document, block)
        break
      case 'module':
        if (first !== undefined) this.#declare(this.#calls, `module.${first}`, 'module', first, document, block)
        break
      case 'resource':
      case 'data':
      case 'ephemeral': {
        if (first === undefined || second === undefined) break
        const type = block.type === 'resource' ? first : `${block.type}.${first}`
        this.#declare(this.#resources, `${type}.${second}`, type, second, document, block)
        break
      }
      case 'locals':
        for (const item of block.body.items) {
          if (item.kind === 'attribute') this.#local(document, item)
        }
        break
      case 'check':
        for (const item of block.body.items)
          if (item.kind === 'block' && item.type === 'data') this.#block(document, item)
        break
      case 'provider':
        if (first !== undefined) this.#provider(document, block, first)
        break
      case 'terraform':
        for (const item of bodyItems({ document, item: block })) this.#backend(item)
        break
      default:
        break
    }
  }

  #local(document: HclDocument, item: Attribute): void {
    if (this.#locals.has(item.name) && !isOverride(document.path)) {
      this.#duplicate(document, item.nameSpan, `local.${item.name}`)
      return
    }
    this.#locals.set(item.name, { document, item })
  }

  #provider(document: HclDocument, block: Block, name: string): void {
    const alias = block.body.items.find((item) => item.kind === 'attribute' && item.name === 'alias')
    const text = alias?.kind === 'attribute' ? literalText(alias) : undefined
    const address = text === undefined ? `provider.${name}` : `provider.${name}.${text}`
    this.#declare(this.#settings, address, `provider.${name}`, text ?? name, document, block)
  }

  #backend({ document, item }: SourcedItem): void {
    if (item.kind === 'block') {
      if (item.type !== 'backend' && item.type !== 'cloud') return
      const kind = item.type === 'cloud' ? 'cloud' : item.labels[0]?.value
      if (kind === undefined) return
      const type = item.type === 'cloud' ? 'terraform.cloud' : `terraform.backend.${kind}`
      // There is at most one backend: an override replaces it whole, whatever its type.
      if (isOverride(document.path)) {
        for (const address of this.#settings.keys())
          if (address.startsWith('terraform.')) this.#settings.delete(address)
      }
      this.#declare(this.#settings, type, type, kind, document, item)
    }
  }

  #declare(
    into: Map<string, Declaration>,
    address: string,
    type: string,
    name: string,
    document: HclDocument,
    block: Block,
  ): void {
    const items = bodyItems({ document, item: block })
    const key = into === this.#resources || into === this.#settings ? address : name
    const base = into.get(key)
    if (base === undefined) {
      into.set(key, { address, type, name, document, block, items })
    } else if (isOverride(document.path)) {
      into.set(key, { ...base, items: overridden(base.items, items) })
    } else {
      this.#duplicate(document, block.headerSpan, address)
    }
  }

  #duplicate(document: HclDocument, span: { start: number; end: number }, what: string): void {
    const message = `${what} is declared twice in this module; rename or remove one of the two. Only the first is read.`
    this.#diagnostics.push(
      diagnosticAt(document.path, document.lines, span, 'terraform-duplicate-declaration', message),
    )
  }
}

/** An attribute replaces the attribute, nested blocks of a type replace all blocks of that type. */
function overridden(base: readonly SourcedItem[], over: readonly SourcedItem[]): readonly SourcedItem[] {
  const replaced = new Set(over.map(({ item }) => entryName(item)))
  return [...base.filter(({ item }) => !replaced.has(entryName(item))), ...over]
}

/** The key under which an item appears in its body's value. */
export function entryName(item: Attribute | Block): string {
  if (item.kind === 'attribute') return item.name
  return item.type === 'dynamic' ? (item.labels[0]?.value ?? 'dynamic') : item.type
}

/** What is inside a block. */
export function bodyItems({
  document,
  item,
}: {
  readonly document: HclDocument
  readonly item: Block
}): readonly SourcedItem[] {
  return item.body.items.map((inner) => ({ document, item: inner }))
}

/** The properties of an object as if they were attributes: how JSON syntax writes a nested body. */
export function objectItems(document: HclDocument, object: ObjectExpression): readonly SourcedItem[] {
  return object.items.flatMap((property) => {
    const name = propertyName(property)
    if (name === undefined) return []
    const item: Attribute = {
      kind: 'attribute',
      name,
      nameSpan: property.key.span,
      span: property.span,
      value: property.value,
    }
    return [{ document, item }]
  })
}

export function propertyName(property: ObjectItem): string | undefined {
  return property.keyName ?? staticText(property.key)
}

/** The text of an attribute that is one plain string. */
export function literalText(attribute: Attribute): string | undefined {
  return staticText(attribute.value)
}

function staticText(expression: Attribute['value']): string | undefined {
  if (expression.kind !== 'template') return undefined
  if (expression.parts.length === 0) return ''
  const [only] = expression.parts
  return expression.parts.length === 1 && only?.kind === 'text' ? only.value : undefined
}

export function attributeOf(
  items: readonly SourcedItem[],
  name: string,
): (SourcedItem & { item: Attribute }) | undefined {
  for (const { document, item } of items) {
    if (item.kind === 'attribute' && item.name === name) return { document, item }
  }
  return undefined
}
