import type { Json, JsonMap, Policy, Sample, TerraformPolicy, TerraformSamples } from '../policies/policy.ts'
import { printYaml } from './print.ts'
import { conftestRego, templateRego, terraformRego, terraformTests } from './rego.ts'

export type Kind = 'gatekeeper' | 'conftest' | 'vap' | 'all'

export interface GeneratedFile {
  /** With `/`, below the folder that was asked for. */
  readonly path: string
  readonly text: string
}

export interface PolicyOptions {
  readonly kind: Kind
  readonly failing: readonly Sample[]
  readonly passing: readonly Sample[]
}

/** Everything that one policy is made of, in a folder of its name. */
export function policyFiles(policy: Policy, options: PolicyOptions): GeneratedFile[] {
  const { kind, failing, passing } = options
  const files: GeneratedFile[] = []
  const put = (path: string, text: string): void => void files.push({ path: `${policy.name}/${path}`, text })
  if (kind === 'all' || kind === 'gatekeeper') {
    put('template.yaml', template(policy))
    put('constraint.yaml', constraint(policy))
    put('suite.yaml', suite(policy, failing, passing))
    for (const { name, object } of failing) put(`samples/failing-${name}.yaml`, printYaml(object))
    for (const { name, object } of passing) put(`samples/passing-${name}.yaml`, printYaml(object))
  }
  if (kind === 'all' || kind === 'conftest') put('conftest.rego', conftestRego(policy, policy.parameters))
  if (kind === 'all' || kind === 'vap') put('vap.yaml', admissionPolicy(policy))
  return files
}

/**
 * A policy over Terraform has no cluster to be enforced in: the twin for Conftest, its tests, and the samples in them.
 * @param samples of the project, or the library's own
 * @param origin where the samples come from, in a line for the head of the policy
 */
export function terraformFiles(policy: TerraformPolicy, samples: TerraformSamples, origin: string): GeneratedFile[] {
  return [
    { path: `${policy.name}/conftest.rego`, text: terraformRego(policy, [origin]) },
    { path: `${policy.name}/conftest_test.rego`, text: terraformTests(policy, samples) },
    { path: `${policy.name}/samples/failing.hcl`, text: samples.failing },
    { path: `${policy.name}/samples/passing.hcl`, text: samples.passing },
  ]
}

function template(policy: Policy): string {
  const { name, kind, description, properties, cel, rules } = policy
  return printYaml(
    {
      apiVersion: 'templates.gatekeeper.sh/v1',
      kind: 'ConstraintTemplate',
      metadata: {
        name: kind.toLowerCase(),
        annotations: {
          'metadata.gatekeeper.sh/title': policy.title,
          description,
          ...(rules.length > 0 && { 'secops/rules': rules.join(', ') }),
        },
      },
      spec: {
        crd: {
          spec: {
            names: { kind },
            validation: { openAPIV3Schema: { type: 'object', properties } },
          },
        },
        targets: [
          {
            target: 'admission.k8s.gatekeeper.sh',
            code: [
              { engine: 'K8sNativeValidation', source: cel },
              { engine: 'Rego', source: { version: 'v1', rego: templateRego(policy) } },
            ],
          },
        ],
      },
    },
    [`${policy.title}. Made by secops enforce generate ${name}.`],
  )
}

/** Where the cluster itself lives: a policy that fails closed there can keep it from starting. */
const SYSTEM: readonly string[] = ['gatekeeper-system', 'kube-system']

function constraint({ name, kind, action, actionReason, matches, parameters, withoutPods }: Policy): string {
  const match = {
    kinds: matches.map(({ apiGroups, kinds }) => ({ apiGroups, kinds })),
    excludedNamespaces: SYSTEM,
  }
  return printYaml(
    {
      apiVersion: 'constraints.gatekeeper.sh/v1beta1',
      kind,
      metadata: { name },
      spec: { enforcementAction: action, match, ...(Object.keys(parameters).length > 0 && { parameters }) },
    },
    [
      ...(action === 'warn'
        ? [`Starts with a warning. ${actionReason ?? ''}`.trim(), 'Turn it into deny when nothing is warned of.']
        : []),
      ...(withoutPods === undefined ? [] : [`secops:ignore enforce-pods-not-matched reason="${withoutPods}"`]),
    ],
  )
}

function suite({ name }: Policy, failing: readonly Sample[], passing: readonly Sample[]): string {
  const cases = [
    ...failing.map((sample) => ({ name: `failing-${sample.name}`, violations: 'yes' })),
    ...passing.map((sample) => ({ name: `passing-${sample.name}`, violations: 'no' })),
  ].map((one) => ({
    name: one.name,
    object: `samples/${one.name}.yaml`,
    assertions: [{ violations: one.violations }],
  }))
  return printYaml({
    apiVersion: 'test.gatekeeper.sh/v1alpha1',
    kind: 'Suite',
    metadata: { name },
    tests: [{ name, template: 'template.yaml', constraint: 'constraint.yaml', cases }],
  })
}

function admissionPolicy(policy: Policy): string {
  const { name, title, matches, cel, action, parameters, differs = [] } = policy
  const api = 'admissionregistration.k8s.io/v1'
  const rules = matches.map(({ apiGroups, resources }) => ({
    apiGroups,
    apiVersions: ['*'],
    operations: ['CREATE', 'UPDATE'],
    resources,
  }))
  const definition = {
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: rules },
      variables: [
        { name: 'anyObject', expression: 'object' },
        { name: 'params', expression: celLiteral(parameters) },
        ...cel.variables,
      ],
      validations: cel.validations,
    },
  }
  const binding = {
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: action === 'deny' ? ['Deny'] : ['Warn', 'Audit'],
      matchResources: {
        namespaceSelector: {
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: SYSTEM }],
        },
      },
    },
  }
  const comment = [
    `${title}: for clusters without Gatekeeper, from Kubernetes 1.30 on.`,
    'Where it differs from its twins:',
    ...[
      'it is asked at CREATE and UPDATE only: what is in the cluster already is not audited',
      'parameters are written below, not in a constraint',
      'an error in an expression refuses the object (failurePolicy: Fail)',
      ...differs,
    ].map((line) => `- ${line}`),
  ]
  return `${printYaml(definition, comment)}---\n${printYaml(binding)}`
}

/** Members of unlike types are only allowed as `dyn`. */
function celLiteral(parameters: JsonMap): string {
  const members = Object.entries(parameters).map(([key, value]) => `${JSON.stringify(key)}: dyn(${literal(value)})`)
  return `{${members.join(', ')}}`
}

function literal(value: Json): string {
  return JSON.stringify(value)
}
