import { EXEMPT_IMAGES, POD_CEL, POD_MATCHES, type JsonMap, type Policy } from './policy.ts'
import { container, cronJob, deployment, pod } from './pod-policy.ts'

const DIGEST = `@sha256:${'0123456789abcdef'.repeat(4)}`
const web = (image: string): JsonMap => ({ name: 'web', image })

/** @param fault CEL of what follows a container's image in a message */
function said(list: string, fault: string): Policy['cel']['validations'][number] {
  return {
    expression: `size(variables.${list}) == 0`,
    messageExpression:
      `variables.${list}.map(c, "Container " + c.name + ": image " + (has(c.image) ? c.image : "(none)") + ${fault})` +
      '.join(" ")',
  }
}

/** Where images come from and what they are called. */
export const IMAGES: readonly Policy[] = [
  {
    name: 'image-policy',
    kind: 'K8sImagePolicy',
    title: 'Images come from known registries, by a tag that means something, or by digest',
    description:
      'Each image starts with one of the allowed registries, has none of the blocked tags, and has a digest where one is required. ' +
      'A registry is compared with a slash at its end, so that ghcr.io/acme does not let ghcr.io/acme-evil in; an image without a registry is from docker.io.',
    rules: ['k8s-image-tag', 'k8s-image-digest'],
    action: 'warn',
    actionReason: 'Pods whose image comes from elsewhere do not start again.',
    matches: POD_MATCHES,
    pods: true,
    keep: { container: [] },
    properties: {
      ...EXEMPT_IMAGES,
      allowedRegistries: {
        type: 'array',
        description: 'Registries, or folders of one, that images may come from; none: all.',
        items: { type: 'string' },
      },
      blockedTags: {
        type: 'array',
        description: 'Tags that are not accepted; latest stands for no tag too.',
        items: { type: 'string' },
      },
      requireDigests: { type: 'boolean', description: 'True: images are named by digest.' },
    },
    parameters: { exemptImages: [], allowedRegistries: [], blockedTags: ['latest'], requireDigests: false },
    ruleParameters: {
      'k8s-image-tag': { blockedTags: ['latest'] },
      'k8s-image-digest': { requireDigests: true },
    },
    rego: `
violation contains {"msg": msg, "details": {"container": container_name(container)}} if {
	some container in pod_containers
	some fault in image_faults(object.get(container, "image", ""))
	msg := sprintf("Container %v: image %v %v.", [container_name(container), object.get(container, "image", "(none)"), fault])
}

image_faults(image) := {fault |
	some fault in {registry_fault(image), tag_fault(image), digest_fault(image)}
	fault != ""
}

default registry_fault(_) := ""

registry_fault(image) := "is from a registry that is not allowed" if {
	count(object.get(parameters, "allowedRegistries", [])) > 0
	not is_from_allowed_registry(full_image(image))
}

is_from_allowed_registry(image) if {
	some registry in parameters.allowedRegistries
	startswith(image, sprintf("%v/", [trim_suffix(registry, "/")]))
}

default tag_fault(_) := ""

tag_fault(image) := sprintf("has the blocked tag %v", [image_tag(image)]) if {
	not contains(image, "@")
	image_tag(image) in parameters.blockedTags
}

default digest_fault(_) := ""

digest_fault(image) := "has no digest" if {
	parameters.requireDigests == true
	not regex.match("@sha256:[0-9a-f]{64}$", image)
}

image_tag(image) := split(last_part(image), ":")[1]

image_tag(image) := "latest" if not contains(last_part(image), ":")

last_part(image) := part if {
	parts := split(image, "/")
	part := parts[count(parts) - 1]
}

full_image(image) := image if has_registry(image)

full_image(image) := sprintf("docker.io/%v", [image]) if {
	not has_registry(image)
	contains(image, "/")
}

full_image(image) := sprintf("docker.io/library/%v", [image]) if not contains(image, "/")

has_registry(image) if {
	parts := split(image, "/")
	count(parts) > 1
	regex.match("[.:]|^localhost$", parts[0])
}`.trim(),
    cel: {
      variables: [
        ...POD_CEL,
        {
          name: 'allowedRegistries',
          expression:
            'dyn(variables.params) != null && has(variables.params.allowedRegistries) ? variables.params.allowedRegistries : []',
        },
        {
          name: 'blockedTags',
          expression:
            'dyn(variables.params) != null && has(variables.params.blockedTags) ? variables.params.blockedTags : []',
        },
        {
          name: 'requireDigests',
          expression:
            'dyn(variables.params) != null && has(variables.params.requireDigests) && variables.params.requireDigests == true',
        },
        {
          name: 'foreign',
          expression:
            'size(variables.allowedRegistries) == 0 ? [] : variables.containers.filter(c, !variables.allowedRegistries.exists(r, ' +
            '(!has(c.image) ? "" : c.image.matches("^([^/]*[.:][^/]*|localhost)/") ? c.image : ' +
            'c.image.contains("/") ? "docker.io/" + c.image : "docker.io/library/" + c.image)' +
            '.startsWith(r.endsWith("/") ? r : r + "/")))',
        },
        {
          name: 'blocked',
          expression:
            'variables.containers.filter(c, has(c.image) && !c.image.contains("@") && variables.blockedTags.exists(t, ' +
            'c.image.matches(":[^/]*$") ? c.image.endsWith(":" + t) : t == "latest"))',
        },
        {
          name: 'tagged',
          expression:
            'variables.requireDigests ? variables.containers.filter(c, !has(c.image) || !c.image.matches("@sha256:[0-9a-f]{64}$")) : []',
        },
      ],
      validations: [
        said('foreign', '" is from a registry that is not allowed."'),
        said(
          'blocked',
          '" has the blocked tag " + (c.image.matches(":[^/]*$") ? c.image.substring(c.image.lastIndexOf(":") + 1) : "latest") + "."',
        ),
        said('tagged', '" has no digest."'),
      ],
    },
    differs: ['one message per kind of fault names all images; the Rego twins give one per container and fault'],
    failing: [
      { name: 'pod-latest', object: pod({ containers: [web('ghcr.io/acme/web:latest')] }) },
      { name: 'pod-no-tag', object: pod({ containers: [web('localhost:5000/web')] }) },
      {
        name: 'deployment-init-container',
        object: deployment({
          initContainers: [{ name: 'prepare', image: 'nginx' }],
          containers: [web('ghcr.io/acme/web:1.0')],
        }),
      },
      {
        name: 'pod-ephemeral-container',
        object: pod({
          containers: [web('ghcr.io/acme/web:1.0')],
          ephemeralContainers: [{ name: 'debug', image: 'busybox:latest' }],
        }),
      },
      { name: 'cron-job', object: cronJob({ containers: [web('ghcr.io/acme/web')] }) },
    ],
    passing: [
      { name: 'pod', object: pod({ containers: [web('ghcr.io/acme/web:1.0')] }) },
      { name: 'pod-digest', object: pod({ containers: [web(`ghcr.io/acme/web${DIGEST}`)] }) },
      { name: 'pod-registry-port', object: pod({ containers: [web('localhost:5000/web:1.0')] }) },
      { name: 'deployment', object: deployment({ containers: [container('web', {})] }) },
      { name: 'cron-job', object: cronJob({ containers: [container('web', {})] }) },
    ],
  },
]
