import {
  addVariable,
  attribute,
  containerOf,
  type EditRefusal,
  findAttribute,
  folderOf,
  documentStyle,
  raw,
  valueText,
  type VariableSpec,
} from '../../edit/hcl/index.ts'
import type { HclDocument } from '../../parse/hcl/ast.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { callOf } from './callers.ts'
import type { FixSession } from './session.ts'

/** A variable with the value that it is to have. */
export type GivenVariable = VariableSpec & { readonly value: NonNullable<VariableSpec['default']> }

/**
 * Declares a variable in a module and gives it a value that is known: in the `.tfvars` file of a root module, else as
 * its default; a module that others call gets it from them, who get it in the same way.
 * @returns why it cannot be done
 */
export function giveVariable(session: FixSession, dir: string, spec: GivenVariable): EditRefusal | undefined {
  const { done } = session
  const key = `variable ${dir} ${spec.name}`
  if (done.has(key)) return undefined
  done.add(key)
  const refused = declare(session, dir, spec)
  // What could not be done is said again to the next who asks.
  if (refused !== undefined) done.delete(key)
  return refused
}

function declare(session: FixSession, dir: string, spec: GivenVariable): EditRefusal | undefined {
  const { edits, estate } = session
  const { value, ...declaration } = spec
  const calls = callsOf(session, dir)
  if (calls === 'hidden') return { refused: 'the module is called where nothing can be edited' }
  if (calls.length === 0) {
    const values = valuesFile(estate, dir)
    if (values === undefined) {
      addVariable(edits, estate, dir, { ...declaration, default: value })
    } else {
      addVariable(edits, estate, dir, declaration)
      if (!assigns(values, spec.name)) appendValue(session, values, `${spec.name} = ${valueText(values, value)}`)
    }
    return undefined
  }
  addVariable(edits, estate, dir, declaration)
  for (const call of calls) {
    const written = containerOf(Place.of(call))
    if (written === undefined || written.container.kind !== 'block')
      return { refused: 'the module call is not written out' }
    if (findAttribute(written.container, spec.name) !== undefined) continue
    edits.addItem(written.document, written.container, attribute(spec.name, raw(`var.${spec.name}`)))
    const refused = giveVariable(session, folderOf(written.document.path), spec)
    if (refused !== undefined) return refused
  }
  return undefined
}

/** The calls of the module in a folder, each block once. */
function callsOf(session: FixSession, dir: string): readonly TerraformResource[] | 'hidden' {
  const calls = new Map<unknown, TerraformResource>()
  for (const resource of session.estate.resources) {
    if (resource.kind !== 'terraform' || resource.source === undefined || resource.modulePath === '') continue
    if (folderOf(resource.source.document.path) !== dir) continue
    const call = callOf(session, resource)
    if (call?.source === undefined) return 'hidden'
    calls.set(call.source.block, call)
  }
  return [...calls.values()]
}

/** The file that Terraform reads values of a root module from by itself. */
function valuesFile(estate: Estate, dir: string): HclDocument | undefined {
  const prefix = dir === '.' ? '' : `${dir}/`
  const paths = [...estate.documents.keys()].filter(
    (path) => path === `${prefix}terraform.tfvars` || (path.endsWith('.auto.tfvars') && folderOf(path) === dir),
  )
  const path =
    paths.find((one) => one.endsWith('/terraform.tfvars') || one === 'terraform.tfvars') ?? paths.toSorted()[0]
  const document = path === undefined || !estate.isOwn(path) ? undefined : estate.documents.get(path)
  return document?.language === 'hcl' ? document : undefined
}

function assigns(document: HclDocument, name: string): boolean {
  return document.body.items.some((item) => item.kind === 'attribute' && item.name === name)
}

function appendValue({ edits }: FixSession, document: HclDocument, line: string): void {
  const { eol } = documentStyle(document)
  const { text } = document
  const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : eol + eol
  edits.insert(document, text.length, `${gap}${line}${eol}`)
}
