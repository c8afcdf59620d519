import { containers, podTemplate, WORKLOAD_KINDS } from '../../../resources/kubernetes/workloads.ts'
import { asString, type Place } from '../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../rule.ts'
import { assignments, credentialKind, isCredentialName } from '../../shared/kubernetes-credentials.ts'

type Message = 'environment' | 'configuration' | 'line'

export default defineRule({
  id: 'k8s-no-plaintext-credentials',
  title: 'Manifests hold no credentials',
  severity: 'high',
  severityReason:
    'Everyone who can read the repository, its clones and its history, or describe the pod, has the credential and can ' +
    'use it at once from wherever the service is reachable. Not critical, as that reach is not known here.',
  confidence: 'medium',
  controls: ['IA-5', 'SC-28'],
  sameAs: [],
  kind: 'kubernetes',
  resources: [...WORKLOAD_KINDS, 'ConfigMap'],
  messages: {
    environment: 'Environment variable {name} of container {container} is a credential in plain text.',
    configuration: 'ConfigMap entry {name} is a credential in plain text.',
    line: 'ConfigMap entry {entry} sets {name} to a credential in plain text.',
  },
  remediation:
    'Treat the value as leaked: rotate it, keep the new one in a secret manager or a Secret that is not in the ' +
    'repository, and refer to it with `valueFrom.secretKeyRef`.',
  *check(object) {
    if (object.resource.type === 'ConfigMap') yield* checkConfigMap(object)
    else yield* checkWorkload(object)
  },
})

function* checkWorkload(object: Place): Iterable<Outcome<Message>> {
  const template = podTemplate(object)
  if (template === undefined) return
  for (const container of containers(template.spec)) {
    const env = container.place.get('env')
    if (env.mayHaveMore()) yield undecided(env)
    for (const variable of env.items()) {
      const name = variable.get('name').value
      if (name?.kind !== 'string') continue
      const at = variable.get('value')
      const value = literal(at)
      if (value === undefined && !at.absent && isCredentialName(name.value)) yield undecided(at)
      if (value === undefined || credentialKind(name.value, value) === undefined) continue
      const data = { name: name.value, container: container.name }
      yield { at, message: 'environment', data, key: name.value }
    }
  }
}

function* checkConfigMap(object: Place): Iterable<Outcome<Message>> {
  const data = object.get('data')
  if (data.mayHaveMore()) yield undecided(data)
  for (const name of data.keys()) {
    const at = data.get(name)
    const value = literal(at)
    if (value === undefined) {
      if (!at.absent && isCredentialName(name)) yield undecided(at)
      continue
    }
    const kind = credentialKind(name, value)
    const isFile = value.trim().includes('\n')
    // What a whole file is called says nothing about its lines, but a key in PEM has lines too.
    if (kind === 'format' || (kind !== undefined && !isFile)) {
      yield { at, message: 'configuration', data: { name }, key: name }
    }
    for (const line of isFile ? assignments(value) : []) {
      if (credentialKind(line.name, line.value) === undefined) continue
      yield { at, message: 'line', data: { entry: name, name: line.name }, key: `${name}:${line.name}` }
    }
  }
}

/** The text of a scalar; undefined if it is absent or not known. A value that is no credential's may stay unknown. */
function literal(at: Place): string | undefined {
  return at.value === undefined ? undefined : asString(at.value)
}
