import { parseYaml } from '../parse/yaml/parser.ts'
import type { EngineName } from './engine.ts'
import { Inventory } from './inventory.ts'
import { type KubernetesObject, objectsOf } from './objects.ts'
import { compileTemplate, PolicySet } from './policy-set.ts'
import { reviewAll, type ReviewAllOptions } from './review-all.ts'

export function objects(text: string, file = 'test.yaml'): KubernetesObject[] {
  const parsed = parseYaml(file, text)
  if (parsed.diagnostics.length > 0) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'))
  return objectsOf(parsed)
}

export function object(text: string, file?: string): KubernetesObject {
  const [one] = objects(text, file)
  if (one === undefined) throw new Error('no object')
  return one
}

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by))

export function regoTemplate(
  rego: string,
  options: { schema?: string; libs?: string[]; version?: string } = {},
): string {
  const { schema = '{type: object, x-kubernetes-preserve-unknown-fields: true}', libs = [], version } = options
  const code = `- engine: Rego\n  source:\n${version === undefined ? '' : `    version: ${version}\n`}    rego: |\n${indent(rego, 6)}\n${
    libs.length === 0 ? '' : `    libs:\n${libs.map((lib) => `      - |\n${indent(lib, 8)}`).join('\n')}\n`
  }`
  return templateOf(code, schema)
}

export function celTemplate(
  source: string,
  schema = '{type: object, x-kubernetes-preserve-unknown-fields: true}',
): string {
  return templateOf(`- engine: K8sNativeValidation\n  source:\n${indent(source, 4)}\n`, schema)
}

export function templateOf(code: string, schema: string): string {
  return `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: testpolicy}
spec:
  crd: {spec: {names: {kind: TestPolicy}, validation: {openAPIV3Schema: ${schema}}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
${indent(code, 8)}`
}

export function constraint(spec = '{}', name = 'test'): string {
  return `{apiVersion: constraints.gatekeeper.sh/v1beta1, kind: TestPolicy, metadata: {name: ${name}}, spec: ${spec}}`
}

export function policies(template: string, spec?: string, prefer: EngineName = 'cel'): PolicySet {
  const set = new PolicySet({ prefer })
  set.addTemplate(compileTemplate(object(template, 'template.yaml')))
  set.addConstraint(object(constraint(spec), 'constraint.yaml'))
  return set
}

/** The messages of all violations. */
export function messages(
  set: PolicySet,
  manifest: string,
  options: Partial<ReviewAllOptions> & { readonly data?: string } = {},
): string[] {
  const inventory = Inventory.of(options.data === undefined ? [] : objects(options.data))
  return reviewAll(set, object(manifest), { inventory, ...options }).map(({ message }) => message)
}
