import { container, cronJob, deployment, pod } from './pod-policy.ts'
import { EXEMPT_IMAGES, OBJECT_NAME_CEL, type JsonMap, POD_CEL, POD_MATCHES, type Policy } from './policy.ts'

function configMap(data: JsonMap): JsonMap {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'sample', namespace: 'payments' }, data }
}

const env = (name: string): JsonMap => ({ env: [{ name, value: 'not-shown' }] })
const words = (list: readonly string[]) => ({ list, keep: { object: ['data', 'binaryData'], container: ['env'] } })

const CARD = words([
  'cvv',
  'cvv2',
  'cvc',
  'cvc2',
  'cid',
  'cav2',
  'pin',
  'pinblock',
  'track1',
  'track2',
  'trackdata',
  'magstripe',
])
const CREDENTIAL = words(['password', 'passwd', 'secret', 'token', 'apikey', 'privatekey', 'accesskey', 'credentials'])

function wordPolicy(
  given: Pick<Policy, 'name' | 'kind' | 'title' | 'description' | 'rules' | 'action' | 'actionReason'> & {
    readonly subject: string
    readonly words: typeof CARD
    readonly allowed: readonly string[]
    readonly bad: string
    readonly good: string
    readonly envValues: boolean
  },
): Policy {
  const { subject, words: table, allowed, bad, good, envValues, ...rest } = given
  const celBadVariable = `${envValues ? 'has(e.value) && e.value != "" && ' : ''}${celForbidden('e.name')}`
  return {
    ...rest,
    matches: [{ apiGroups: [''], kinds: ['ConfigMap'], resources: ['configmaps'] }, ...POD_MATCHES],
    pods: true,
    keep: table.keep,
    properties: {
      ...EXEMPT_IMAGES,
      words: {
        type: 'array',
        description: 'Words that no key and no name may have, in lower case. A name is split at _ - . and at capitals.',
        items: { type: 'string' },
      },
      allowedKeys: {
        type: 'array',
        description: 'Keys and names that are fine, as written.',
        items: { type: 'string' },
      },
    },
    parameters: { exemptImages: [], words: table.list, allowedKeys: allowed },
    rego: `
# Names only: a value that should not be there is not repeated in a message.
violation contains {"msg": msg, "details": {"key": key}} if {
	resource.kind == "ConfigMap"
	some field in {"data", "binaryData"}
	some key, _ in resource[field]
	names_forbidden(key)
	msg := sprintf("ConfigMap %v holds ${subject} under the key %v.", [object.get(resource.metadata, "name", ""), key])
}

violation contains {"msg": msg, "details": {"container": container_name(container), "key": variable.name}} if {
	resource.kind != "ConfigMap"
	some container in pod_containers
	some variable in container.env
	${envValues ? 'object.get(variable, "value", "") != ""\n\t' : ''}names_forbidden(variable.name)
	msg := sprintf("Container %v takes ${subject} from the variable %v.", [container_name(container), variable.name])
}

names_forbidden(name) if {
	not name in object.get(parameters, "allowedKeys", [])
	spaced := regex.replace(name, "([a-z0-9])([A-Z])", "\${1}_\${2}")
	parts := regex.split("[^a-z0-9]+", lower(spaced))
	some start, part in parts
	some word in {part, concat("", array.slice(parts, start, start + 2))}
	word in parameters.words
}`.trim(),
    cel: {
      variables: [
        OBJECT_NAME_CEL,
        ...POD_CEL.map((variable) =>
          // A ConfigMap has no pods.
          variable.name === 'podSpec'
            ? {
                name: 'podSpec',
                expression: `variables.anyObject.kind == "ConfigMap" ? {} : (${variable.expression})`,
              }
            : variable,
        ),
        {
          name: 'words',
          expression: 'dyn(variables.params) != null && has(variables.params.words) ? variables.params.words : []',
        },
        {
          name: 'allowedKeys',
          expression:
            'dyn(variables.params) != null && has(variables.params.allowedKeys) ? variables.params.allowedKeys : []',
        },
        {
          name: 'keys',
          expression:
            'variables.anyObject.kind == "ConfigMap" ? ((has(variables.anyObject.data) ? variables.anyObject.data.map(k, k) : []) + ' +
            '(has(variables.anyObject.binaryData) ? variables.anyObject.binaryData.map(k, k) : [])) : []',
        },
        {
          name: 'badKeys',
          expression: `variables.keys.filter(k, ${celForbidden('k')})`,
        },
        {
          name: 'badContainers',
          expression: `variables.containers.filter(c, has(c.env) && c.env.exists(e, ${celBadVariable}))`,
        },
      ],
      validations: [
        {
          expression: 'size(variables.badKeys) == 0',
          messageExpression: `"ConfigMap " + variables.objectName + " holds ${subject} under the key " + variables.badKeys.join(", ") + "."`,
        },
        {
          expression: 'size(variables.badContainers) == 0',
          messageExpression: `variables.badContainers.map(c, "Container " + c.name + " takes ${subject} from the variable " + c.env.filter(e, ${celBadVariable}).map(e, e.name).join(", ") + ".").join(" ")`,
        },
      ],
    },
    differs: [
      'one message names all keys or containers; the Rego twins give one per key',
      'names are split at _ - and . only, not at capitals',
    ],
    failing: [
      { name: 'config-map', object: configMap({ [bad]: 'not-shown' }) },
      {
        name: 'config-map-lower-case',
        object: configMap({ [`app.${bad.toLowerCase().replaceAll('_', '-')}`]: 'not-shown' }),
      },
      { name: 'deployment', object: deployment({ containers: [container('web', env(bad))] }) },
      {
        name: 'pod-init-container',
        object: pod({ initContainers: [container('prepare', env(bad))], containers: [container('web', {})] }),
      },
      {
        name: 'pod-ephemeral-container',
        object: pod({ containers: [container('web', {})], ephemeralContainers: [container('debug', env(bad))] }),
      },
      { name: 'cron-job', object: cronJob({ containers: [container('web', env(bad))] }) },
    ],
    passing: [
      { name: 'config-map', object: configMap({ [good]: 'yes' }) },
      { name: 'deployment', object: deployment({ containers: [container('web', env(good))] }) },
    ],
  }
}

/** Its parts between separators, and any two that follow each other: `api_key` is `apikey`. CEL has no index of items. */
function celForbidden(name: string): string {
  const pairs = Array.from({ length: 12 }, (_, index) => index).join(', ')
  return (
    `!(${name} in variables.allowedKeys) && ` +
    `[${name}.lowerAscii().replace("-", "_").replace(".", "_").split("_")].exists(p, p.exists(x, x in variables.words) || ` +
    `[${pairs}].exists(i, i + 1 < size(p) && (p[i] + p[i + 1]) in variables.words))`
  )
}

/** What must not stand in plain text. */
export const PLAIN_TEXT: readonly Policy[] = [
  wordPolicy({
    name: 'block-cvv-pin',
    kind: 'K8sBlockCVVPIN',
    title: 'No card verification values, PINs or track data in ConfigMaps and variables',
    description:
      'Sensitive authentication data is not kept after authorization (PCI DSS 3.3). Keys of ConfigMaps and names of variables tell where it is; values are never read.',
    rules: [],
    action: 'deny',
    subject: 'card data',
    words: CARD,
    allowed: [],
    bad: 'CARD_CVV',
    good: 'SHIPPING_MODE',
    envValues: false,
  }),
  wordPolicy({
    name: 'no-plaintext-credentials',
    kind: 'K8sNoPlaintextCredentials',
    title: 'No passwords, tokens or keys in ConfigMaps and variables',
    description:
      'Credentials come from a Secret by reference. Keys of ConfigMaps and names of variables with a value tell where they are; values are never read.',
    rules: ['k8s-no-plaintext-credentials'],
    action: 'warn',
    actionReason: 'It goes by names: some will be of no credential. List those in allowedKeys.',
    subject: 'a credential',
    words: CREDENTIAL,
    allowed: [],
    bad: 'DB_PASSWORD',
    good: 'DB_HOST',
    envValues: true,
  }),
]
