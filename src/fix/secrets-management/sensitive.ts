import {
  addVariable,
  attributeOf,
  type EditRefusal,
  findAttribute,
  folderOf,
  literalText,
  notEditable,
  raw,
  setOwnAttribute,
} from '../../edit/hcl/index.ts'
import type { Block, HclDocument } from '../../parse/hcl/ast.ts'
import { Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import { callerFolder, callOf, passArgument, variableName } from '../shared/callers.ts'
import type { FixSession } from '../shared/session.ts'
import { closeVariable, isLiteralExpression, standingOf } from './literal.ts'
import type { Span } from '../../text/span.ts'

/** A sensitive variable of a root module, whose value is given from outside. */
export interface SensitiveVariable {
  readonly root: string
  readonly name: string
}

/** Turns literals into sensitive variables, up to the root modules; one literal value of a folder becomes one variable. */
export class SensitiveVariables {
  readonly #session: FixSession
  readonly #byValue = new Map<string, string>()
  readonly #closed = new Set<string>()
  readonly #declared = new Set<string>()
  readonly required: SensitiveVariable[] = []

  constructor(session: FixSession) {
    this.#session = session
  }

  /** Makes a place read a variable in place of the literal behind it. */
  secure(place: Place, wanted: string, value: string): EditRefusal | undefined {
    const { estate, edits } = this.#session
    const unable = notEditable(place)
    const { resource } = place
    if (unable !== undefined || resource.kind !== 'terraform' || resource.source === undefined) return unable
    const origin = place.value?.origin
    if (origin?.language === 'hcl' && estate.isOwn(origin.document.path) && isLiteralExpression(origin.node))
      return this.#secureLiteral(origin.document, origin.node.span, resource, wanted, value)
    // Put together of pieces: the whole becomes the variable.
    const dir = folderOf(resource.source.document.path)
    if (attributeOf(place) === undefined) return { refused: 'the value is not written in an attribute of its own' }
    const name = this.#nameFor(dir, wanted, value)
    return setOwnAttribute(edits, estate, place, raw(`var.${name}`)) ?? this.#declare(dir, name)
  }

  /** Makes a piece of a script read a variable. */
  interpolate(document: HclDocument, span: Span, wanted: string): EditRefusal | undefined {
    const dir = folderOf(document.path)
    const name = this.#nameFor(dir, wanted, document.text.slice(span.start, span.end))
    this.#session.edits.replace(document, span, `\${var.${name}}`)
    return this.#declare(dir, name)
  }

  #secureLiteral(
    document: HclDocument,
    span: Span,
    resource: TerraformResource,
    wanted: string,
    value: string,
  ): EditRefusal | undefined {
    const standing = standingOf(document, span)
    if (standing === undefined) return { refused: 'where the value is written cannot be told' }
    const { block, attribute, dir, whole } = standing
    if (block === undefined || block.type === 'variable') {
      if (!whole)
        return {
          refused: `the value is part of a structure in ${document.path}: give it a variable of its own first`,
        }
      return block === undefined
        ? this.#close(resource.root, attribute.name)
        : this.#close(dir, block.labels[0]?.value ?? '')
    }
    const name = this.#nameFor(dir, wanted, value)
    const reference = `var.${name}`
    this.#session.edits.replace(document, span, document.syntax === 'json' ? `"\${${reference}}"` : reference)
    return this.#declare(dir, name)
  }

  #nameFor(dir: string, wanted: string, value: string): string {
    const key = `${dir}\u0000${value}`
    const known = this.#byValue.get(key)
    if (known !== undefined) return known
    const taken = new Set(
      [...this.#variables(dir).keys(), ...this.#declared].map((name) => name.replace(`${dir} `, '')),
    )
    const base = wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
    let name = base
    for (let n = 2; taken.has(name); n++) name = `${base}_${n}`
    this.#byValue.set(key, name)
    return name
  }

  /** A new variable, asked for by everything that calls the module. */
  #declare(dir: string, name: string): EditRefusal | undefined {
    const key = `${dir} ${name}`
    if (this.#declared.has(key)) return undefined
    this.#declared.add(key)
    const { edits, estate } = this.#session
    addVariable(edits, estate, dir, {
      name,
      type: 'string',
      description: `Secret, given from outside (TF_VAR_${name}) and never written in a file.`,
      sensitive: true,
      validation: { condition: `length(var.${name}) > 0`, message: `Set TF_VAR_${name} where Terraform runs.` },
    })
    if (this.#isRoot(dir)) this.required.push({ root: dir, name })
    return this.#passDown(dir, name)
  }

  /** Takes the value from a variable that is there. */
  #close(dir: string, name: string): EditRefusal | undefined {
    const key = `${dir} ${name}`
    if (this.#closed.has(key)) return undefined
    this.#closed.add(key)
    const variable = this.#variables(dir).get(name)
    if (variable === undefined) return { refused: `variable ${name} is not declared in ${dir}` }
    if (this.#decidesExistence(dir, name))
      return { refused: `variable ${name} also decides which resources exist, which a sensitive one cannot` }
    const { edits } = this.#session
    closeVariable(edits, variable.document, variable.block)
    this.#hideOutputs(dir, name)
    if (this.#isRoot(dir)) {
      this.#emptyFiles(dir, name)
      this.required.push({ root: dir, name })
    }
    return this.#passDown(dir, name)
  }

  /** Gives the variable at every call of the module, from a variable of the caller. */
  #passDown(dir: string, name: string): EditRefusal | undefined {
    const { estate, edits } = this.#session
    for (const call of this.#calls(dir)) {
      if (call === undefined) return { refused: 'a module is called from where it cannot be edited' }
      const caller = callerFolder(call)
      const argument = Place.of(call).get(name)
      const own = attributeOf(argument)
      if (own === undefined) {
        const outer = this.#nameFor(caller, `${call.name}_${name}`, `${call.address} ${name}`)
        const refusal = passArgument(this.#session, call, name, raw(`var.${outer}`)) ?? this.#declare(caller, outer)
        if (refusal !== undefined) return refusal
        continue
      }
      const passed = variableName(own.expression)
      const text = literalText(own.expression)
      let refusal: EditRefusal | undefined
      if (passed !== undefined) refusal = this.#close(caller, passed)
      else if (text !== undefined) {
        const outer = this.#nameFor(caller, `${call.name}_${name}`, text)
        refusal = setOwnAttribute(edits, estate, argument, raw(`var.${outer}`)) ?? this.#declare(caller, outer)
      }
      if (refusal !== undefined) return refusal
    }
    return undefined
  }

  #calls(dir: string): readonly (TerraformResource | undefined)[] {
    const inside = this.#session.estate.resources.filter(
      (resource): resource is TerraformResource =>
        resource.kind === 'terraform' && resource.modulePath !== '' && folderOfResource(resource) === dir,
    )
    const calls = new Map<string, TerraformResource | undefined>()
    for (const resource of inside) {
      const key = `${resource.root} ${resource.modulePath}`
      if (!calls.has(key)) calls.set(key, callOf(this.#session, resource))
    }
    return [...calls.values()]
  }

  #isRoot(dir: string): boolean {
    return this.#session.estate.resources.some(
      (resource) => resource.kind === 'terraform' && resource.modulePath === '' && folderOfResource(resource) === dir,
    )
  }

  #variables(dir: string): ReadonlyMap<string, { readonly document: HclDocument; readonly block: Block }> {
    const found = new Map<string, { document: HclDocument; block: Block }>()
    for (const document of this.#session.estate.moduleDocuments(dir)) {
      for (const item of document.body.items) {
        const name = item.kind === 'block' && item.type === 'variable' ? item.labels[0]?.value : undefined
        if (item.kind === 'block' && name !== undefined) found.set(name, { document, block: item })
      }
    }
    return found
  }

  #decidesExistence(dir: string, name: string): boolean {
    const use = new RegExp(String.raw`\bvar\.${name}\b`)
    return this.#session.estate.moduleDocuments(dir).some((document) =>
      document.body.items.some((item) => {
        if (item.kind !== 'block') return false
        return ['count', 'for_each'].some((meta) => {
          const span = findAttribute(item, meta)?.value.span
          return span !== undefined && use.test(document.text.slice(span.start, span.end))
        })
      }),
    )
  }

  /** Terraform refuses an output that shows a sensitive value and does not say so. */
  #hideOutputs(dir: string, name: string): void {
    const use = new RegExp(String.raw`\bvar\.${name}\b`)
    for (const document of this.#session.estate.moduleDocuments(dir)) {
      for (const item of document.body.items) {
        if (item.kind !== 'block' || item.type !== 'output') continue
        const span = findAttribute(item, 'value')?.value.span
        if (span !== undefined && use.test(document.text.slice(span.start, span.end)))
          this.#session.edits.setAttribute(document, item, 'sensitive', true)
      }
    }
  }

  /** Removes the value from every `.tfvars` file of a root module, those of other environments too. */
  #emptyFiles(dir: string, name: string): void {
    const { estate, edits } = this.#session
    for (const document of estate.documents.values()) {
      if (document.language !== 'hcl' || !/\.tfvars(?:\.json)?$/.test(document.path)) continue
      const folder = folderOf(document.path)
      const belongs =
        folder === dir || ((dir === '.' || folder.startsWith(`${dir}/`)) && estate.moduleDocuments(folder).length === 0)
      if (!belongs) continue
      for (const item of document.body.items)
        if (item.kind === 'attribute' && item.name === name) edits.deleteFromFile(document, item)
    }
  }
}

function folderOfResource(resource: Resource): string | undefined {
  return resource.kind === 'terraform' && resource.source !== undefined
    ? folderOf(resource.source.document.path)
    : undefined
}
