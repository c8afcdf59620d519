// Writes policies and manifests of any size, all our own: node bench/policy/generate.mjs DIR [--templates 50] [--cases 300]
//   [--constraints 1000] [--matching 50] [--objects 400]
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** Bodies in the manner of what people write: sets, functions, comprehensions, libraries, quantities, regexes. */
const BODIES = [
  (kind) => `
violation[{"msg": msg, "details": {"missing": missing}}] {
  provided := {label | input.review.object.metadata.labels[label]}
  required := {label | label := input.parameters.names[_]; not contains(label, "/")}
  missing := required - provided
  count(missing) > 0
  msg := sprintf("${kind}: you must provide labels: %v", [missing])
}
`,
  (kind) => `
violation[{"msg": msg}] {
  container := input_containers[_]
  satisfied := [good | repo := input.parameters.names[_]; good := startswith(container.image, repo)]
  not any(satisfied)
  msg := sprintf("${kind}: container <%v> has an invalid image <%v>", [container.name, container.image])
}
input_containers[c] { c := input.review.object.spec.containers[_] }
input_containers[c] { c := input.review.object.spec.template.spec.containers[_] }
`,
  (kind) => `
import data.lib.size.bytes

violation[{"msg": msg}] {
  container := input.review.object.spec.template.spec.containers[_]
  memory := object.get(object.get(object.get(container, "resources", {}), "limits", {}), "memory", "0")
  bytes(memory) > bytes(input.parameters.max)
  msg := sprintf("${kind}: container <%v> memory limit <%v> is higher than %v", [container.name, memory, input.parameters.max])
}
`,
  (kind) => `
violation[{"msg": msg}] {
  container := input.review.object.spec.template.spec.containers[_]
  not regex.match("^[a-z0-9./-]+(:[0-9]+)?/[a-z0-9./-]+@sha256:[0-9a-f]{64}$", container.image)
  not exempt(container)
  msg := sprintf("${kind}: container <%v> is not pinned by its digest", [container.name])
}
exempt(container) { endswith(container.image, input.parameters.names[_]) }
`,
  (kind) => `
violation[{"msg": msg}] {
  other := data.inventory.namespace[namespace][_][input.review.kind.kind][name]
  name != input.review.object.metadata.name
  namespace == input.review.object.metadata.namespace
  other.spec.host == input.review.object.spec.host
  msg := sprintf("${kind}: host of %v is taken by %v", [input.review.object.metadata.name, name])
}
violation[{"msg": msg}] {
  field := ["runAsNonRoot", "readOnlyRootFilesystem"][_]
  container := input.review.object.spec.template.spec.containers[_]
  not container.securityContext[field]
  msg := sprintf("${kind}: container %v does not set %v", [container.name, field])
}
`,
]

const LIB = `package lib.size

factor = {"Ki": 1024, "Mi": 1048576, "Gi": 1073741824}

bytes(text) = n { suffix := substring(text, count(text) - 2, 2); n := to_number(trim_suffix(text, suffix)) * factor[suffix] }
bytes(text) = n { not factor[substring(text, count(text) - 2, 2)]; n := to_number(text) }
`

const indent = (text, by) => text.replace(/^(?=.)/gm, ' '.repeat(by))

function template(index) {
  const kind = `BenchPolicy${index}`
  const rego = `package bench${index}\n${BODIES[index % BODIES.length](kind)}`
  return `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: ${kind.toLowerCase()}
spec:
  crd:
    spec:
      names:
        kind: ${kind}
      validation:
        openAPIV3Schema:
          type: object
          properties:
            names:
              type: array
              items:
                type: string
            max:
              type: string
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
${indent(rego, 8)}
      libs:
        - |
${indent(LIB, 10)}`
}

const constraint = (policy, name, match) => `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: BenchPolicy${policy}
metadata:
  name: ${name}
spec:
  match: ${JSON.stringify(match)}
  parameters: {names: [owner, example.com/], max: 1Gi}
`

function deployment(index, bad, namespace = 'team-0') {
  const image = `example.com/app-${index}@sha256:${'a'.repeat(64)}`
  const security = bad ? '' : '\n          securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: true}'
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: ${namespace}
  labels: {app: app-${index}${bad ? '' : ', owner: payments'}}
spec:
  replicas: 3
  selector: {matchLabels: {app: app-${index}}}
  template:
    metadata: {labels: {app: app-${index}}}
    spec:
      containers:
        - name: main
          image: ${bad ? 'nginx:latest' : image}
          resources: {limits: {memory: ${bad ? '2Gi' : '512Mi'}}}${security}
          env:
            - {name: MODE, value: production}
            - {name: LEVEL, value: info}
        - name: sidecar
          image: ${image}
          resources: {limits: {memory: 128Mi}}
          securityContext: {runAsNonRoot: true, readOnlyRootFilesystem: true}
`
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    templates: { type: 'string', default: '50' },
    cases: { type: 'string', default: '300' },
    constraints: { type: 'string', default: '1000' },
    matching: { type: 'string', default: '50' },
    objects: { type: 'string', default: '400' },
  },
})
const [out] = positionals
if (out === undefined) throw new Error('name a folder to write to')
const [templates, cases, constraints, matching, objects] = [
  values.templates,
  values.cases,
  values.constraints,
  values.matching,
  values.objects,
].map(Number)
const write = (path, text) => {
  mkdirSync(join(out, path, '..'), { recursive: true })
  writeFileSync(join(out, path), text)
}

// A library with suites.
const perTemplate = Math.ceil(cases / templates)
const deployments = { kinds: [{ apiGroups: ['apps'], kinds: ['Deployment'] }] }
for (let index = 0; index < templates; index++) {
  const folder = `library/policy-${index}`
  write(`${folder}/template.yaml`, template(index))
  write(`${folder}/constraint.yaml`, constraint(index, `bench-${index}`, deployments))
  const list = []
  for (let at = 0; at < perTemplate; at++) {
    const bad = at % 2 === 1
    write(`${folder}/samples/case-${at}.yaml`, deployment(at, bad))
    list.push(
      `      - name: case-${at}\n        object: samples/case-${at}.yaml\n        assertions:\n          - violations: ${bad ? 'yes' : 'no'}\n`,
    )
  }
  write(
    `${folder}/suite.yaml`,
    `kind: Suite\napiVersion: test.gatekeeper.sh/v1alpha1\nmetadata: {name: policy-${index}}\ntests:\n  - name: policy-${index}\n    template: template.yaml\n    constraint: constraint.yaml\n    cases:\n${list.join('')}`,
  )
}
// Many constraints, of which some are for the objects' namespace.
for (let index = 0; index < constraints; index++) {
  const namespaces = index < matching ? ['team-0'] : [`team-${1 + (index % 40)}`]
  write(
    `many/constraints/${index}.yaml`,
    constraint(index % templates, `many-${index}`, { ...deployments, namespaces }),
  )
}
for (let index = 0; index < templates; index++) write(`many/templates/${index}.yaml`, template(index))
for (let index = 0; index < objects; index++) write(`many/objects/${index}.yaml`, deployment(index, index % 4 === 0))
