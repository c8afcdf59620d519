import type { Setting } from './model.ts'

/** Attributes with their values as HCL has them: texts in quotes. */
export type Attributes = Readonly<Record<string, string>>

interface SampleOptions {
  /** Beside what is judged, in the resource. */
  readonly beside?: Attributes
  /** In the block that the judged attribute is in. */
  readonly within?: Attributes
  /** Lines of other blocks. */
  readonly inside?: readonly string[]
}

/** A resource that sets what a policy looks at, or leaves it out. */
export function sample(
  setting: Setting,
  value: string | undefined,
  { beside = {}, within = {}, inside = [] }: SampleOptions,
): string {
  const { types, each, json, path, where } = setting
  const [type = ''] = types
  const steps = [...(each?.split('.') ?? []), ...path.split('.')]
  const attribute = steps.pop() ?? ''
  const set: Attributes = { ...within, ...(value !== undefined && { [attribute]: value }) }
  const chosen: Attributes = where === undefined ? {} : { [where[0]]: JSON.stringify(where[1]) }
  if (json !== undefined) {
    const members = Object.entries(set).map(([name, text]) => `${name} = ${text}`)
    return resource(type, { ...beside, [json]: `jsonencode([{ ${members.join(', ')} }])` }, [])
  }
  if (steps.length === 0) return resource(type, { ...beside, ...set }, inside)
  const empty = value === undefined && Object.keys({ ...set, ...chosen }).length === 0 && each === undefined
  return resource(type, beside, empty ? [] : blocks(steps, chosen, set))
}

/** One block in another; the first also has what chooses it. */
function blocks([type = '', ...rest]: readonly string[], chosen: Attributes, set: Attributes): readonly string[] {
  const own = rest.length === 0 ? { ...chosen, ...set } : chosen
  const inner = rest.length === 0 ? [] : blocks(rest, {}, set)
  return [`${type} {`, ...joined(lines(own), inner).map((line) => (line === '' ? line : `  ${line}`)), '}']
}

function joined(attributes: readonly string[], inner: readonly string[]): readonly string[] {
  return [...attributes, ...(attributes.length > 0 && inner.length > 0 ? [''] : []), ...inner]
}

/** Lined up as `terraform fmt` does. */
function lines(attributes: Attributes): readonly string[] {
  const names = Object.keys(attributes)
  const width = Math.max(...names.map((name) => name.length))
  return Object.entries(attributes).map(([name, value]) => `${name.padEnd(width)} = ${value}`)
}

/** A resource of a type, or a provider or backend, by the name of `sample`. */
export function resource(type: string, attributes: Attributes, inner: readonly string[]): string {
  const [first = '', second, third] = type.split('.')
  const body = joined(lines(attributes), inner)
  if (third !== undefined) {
    return `terraform {\n  backend "${third}" {\n${body.map((line) => `    ${line}\n`).join('')}  }\n}\n`
  }
  const header =
    second === undefined
      ? `resource "${first}" "sample"`
      : first === 'data'
        ? `data "${second}" "sample"`
        : `provider "${second}"`
  return `${header} {\n${body.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')}}\n`
}
