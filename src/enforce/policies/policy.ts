/** One policy of the library: written once, printed as template, constraint, Conftest twin and ValidatingAdmissionPolicy. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type JsonMap = Readonly<Record<string, Json>>

export interface Policy {
  /** Its folder, and the name of its constraint. */
  readonly name: string
  /** Kind of the constraint: `K8sRequireNonRoot`. */
  readonly kind: string
  /** What must be true, in one line. */
  readonly title: string
  readonly description: string
  /** Ids of the rules of `secops audit` whose faults it keeps out. */
  readonly rules: readonly string[]
  /** How its constraint starts. */
  readonly action: 'deny' | 'warn'
  /** Why it starts with a warning. */
  readonly actionReason?: string
  readonly matches: readonly Match[]
  /** Why Pods are not among them, where the policy is about containers. */
  readonly withoutPods?: string
  /** JSON schema of each parameter. */
  readonly properties: JsonMap
  /** Parameters of the constraint as it is shipped. */
  readonly parameters: JsonMap
  /** Where a rule asks for more than is shipped, or for a part of it: what stands in place of those parameters. */
  readonly ruleParameters?: Readonly<Record<string, JsonMap>>
  /** Rego v1: `violation contains {"msg": ...}` over `resource` and `parameters`. */
  readonly rego: string
  /** Uses `pod_spec`, `pod_containers`, `container_name`. */
  readonly pods: boolean
  readonly cel: Cel
  /** Where CEL says something else than Rego. */
  readonly differs?: readonly string[]
  readonly failing: readonly Sample[]
  readonly passing: readonly Sample[]
  readonly keep: Keep
}

export interface Match {
  readonly apiGroups: readonly string[]
  readonly kinds: readonly string[]
  /** The same kinds as the API server spells them in rules of a webhook. */
  readonly resources: readonly string[]
}

export interface Cel {
  readonly variables: readonly { readonly name: string; readonly expression: string }[]
  readonly validations: readonly { readonly expression: string; readonly messageExpression: string }[]
}

export interface Sample {
  readonly name: string
  readonly object: JsonMap
}

/** What of an object the policy looks at: the rest does not go into a sample. */
interface Keep {
  /** Top-level keys beside apiVersion, kind and the name. */
  readonly object?: readonly string[]
  /** Keys of a pod's spec beside its containers. */
  readonly pod?: readonly string[]
  /** Keys of a container beside its name and image. */
  readonly container?: readonly string[]
}

/** HCL that a policy denies, and HCL that it does not. */
export interface TerraformSamples {
  readonly failing: string
  readonly passing: string
}

/** A policy over Terraform, which no cluster ever sees: Conftest only. */
export interface TerraformPolicy extends TerraformSamples {
  readonly name: string
  readonly title: string
  readonly rules: readonly string[]
  /** Rego v1 over what Conftest makes of HCL; its rules are `violation contains {"msg": ...}`. */
  readonly rego: string
  /** What it leaves undecided beside what is not known in any; for the head of its file. */
  readonly notes: readonly string[]
  /** Some of it can be said of all files together only (`--combine`). */
  readonly needsAll: boolean
}

/** Everything that makes pods; `ephemeralcontainers` is how `kubectl debug` adds one to a running pod. */
export const POD_MATCHES: readonly Match[] = [
  {
    apiGroups: [''],
    kinds: ['Pod', 'PodTemplate', 'ReplicationController'],
    resources: ['pods', 'pods/ephemeralcontainers', 'podtemplates', 'replicationcontrollers'],
  },
  {
    apiGroups: ['apps'],
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
    resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  },
  { apiGroups: ['batch'], kinds: ['Job', 'CronJob'], resources: ['jobs', 'cronjobs'] },
]

export const EXEMPT_IMAGES: JsonMap = {
  exemptImages: {
    type: 'array',
    description: 'Images whose containers are not judged: whole, or a beginning followed by *.',
    items: { type: 'string' },
  },
}

export const POD_REGO = `
pod_spec := resource.spec if resource.kind == "Pod"

pod_spec := resource.template.spec if resource.kind == "PodTemplate"

pod_spec := resource.spec.jobTemplate.spec.template.spec if resource.kind == "CronJob"

pod_spec := resource.spec.template.spec if not resource.kind in {"Pod", "PodTemplate", "CronJob"}

pod_containers contains container if {
	some field in {"containers", "initContainers", "ephemeralContainers"}
	some container in pod_spec[field]
	not is_exempt(container)
}

container_name(container) := object.get(container, "name", "(without a name)")

is_exempt(container) if {
	some pattern in parameters.exemptImages
	image_matches(container.image, pattern)
}

image_matches(image, pattern) if image == pattern

image_matches(image, pattern) if {
	endswith(pattern, "*")
	startswith(image, trim_suffix(pattern, "*"))
}
`.trim()

export const POD_CEL: Cel['variables'] = [
  {
    name: 'podSpec',
    expression:
      'variables.anyObject.kind == "Pod" ? variables.anyObject.spec : ' +
      'variables.anyObject.kind == "PodTemplate" ? variables.anyObject.template.spec : ' +
      'variables.anyObject.kind == "CronJob" ? variables.anyObject.spec.jobTemplate.spec.template.spec : ' +
      'variables.anyObject.spec.template.spec',
  },
  {
    name: 'exemptImages',
    expression:
      'dyn(variables.params) != null && has(variables.params.exemptImages) ? variables.params.exemptImages : []',
  },
  {
    name: 'containers',
    expression:
      '((has(variables.podSpec.containers) ? variables.podSpec.containers : []) + ' +
      '(has(variables.podSpec.initContainers) ? variables.podSpec.initContainers : []) + ' +
      '(has(variables.podSpec.ephemeralContainers) ? variables.podSpec.ephemeralContainers : []))' +
      '.filter(c, !variables.exemptImages.exists(p, has(c.image) && (c.image == p || ' +
      '(p.endsWith("*") && c.image.startsWith(p.substring(0, size(p) - 1))))))',
  },
]

export const OBJECT_NAME_CEL: Cel['variables'][number] = {
  name: 'objectName',
  expression: 'has(variables.anyObject.metadata.name) ? variables.anyObject.metadata.name : ""',
}
