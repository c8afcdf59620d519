import { asString } from '../../../resources/place.ts'
import { defineRule, undecided } from '../../rule.ts'
import { assignments, credentialKind, isCredentialName } from '../../shared/kubernetes-credentials.ts'

/** In a Secret, `key` and `azurestorageaccountkey` are keys too; a public one is not secret. */
const SECRET_NAME = /(?<!pub(?:lic)?[-_.]?)(?:key|auth|passw(?:or)?d|passphrase|token|secret)$/i
/** What a registry is signed in to with, in the JSON of an image pull secret. */
const REGISTRY_CREDENTIAL = /"(?:auth|password|identitytoken)"\s*:\s*"([^"]+)"/g
const ENCRYPTED_BY_SOPS = /^ENC\[AES256_GCM,/
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

export default defineRule({
  id: 'k8s-no-secret-values',
  title: 'Secrets in the repository hold no values',
  severity: 'high',
  severityReason:
    'Base64 is no encryption: everyone who can read the repository, its clones and its history has the credential and can ' +
    'use it at once from wherever the service is reachable. Not critical, as that reach is not known here.',
  confidence: 'medium',
  controls: ['IA-5', 'SC-28'],
  sameAs: [],
  kind: 'kubernetes',
  resources: ['Secret'],
  messages: {
    entry: 'The value of {name} is written in the manifest.',
    line: 'The entry {entry} holds the value of {name}.',
  },
  remediation:
    'Treat the values as leaked: rotate them, and take the manifest out of the repository. Let External Secrets make the ' +
    'Secret from a secret manager, or commit it as a SealedSecret or encrypted by SOPS.',
  *check(secret) {
    // Other groups have objects of this kind that hold references.
    if (secret.resource.kind !== 'kubernetes' || secret.resource.apiVersion !== 'v1') return
    for (const field of ['data', 'stringData']) {
      const entries = secret.get(field)
      if (entries.mayHaveMore()) yield undecided(entries)
      for (const entry of entries.keys()) {
        const at = entries.get(entry)
        const written = at.value === undefined ? undefined : asString(at.value)
        if (written === undefined) {
          if (!at.absent && isSecretName(entry)) yield undecided(at)
          continue
        }
        if (ENCRYPTED_BY_SOPS.test(written)) continue
        for (const name of credentialsIn(entry, field === 'data' ? decoded(written) : written)) {
          yield name === entry
            ? { at, message: 'entry', data: { name }, key: `${field}:${entry}` }
            : { at, message: 'line', data: { entry, name }, key: `${field}:${entry}:${name}` }
        }
      }
    }
  },
})

/** The names of what is secret in an entry: its own, or those of lines in a file. */
function credentialsIn(entry: string, value: string): readonly string[] {
  const isFile = value.trim().includes('\n')
  const kind = credentialKind(isSecretName(entry) ? 'password' : entry, value)
  const registry = entry.startsWith('.dockerc') ? [...value.matchAll(REGISTRY_CREDENTIAL)] : []
  const signsIn = registry.some(([, text = '']) => credentialKind('password', text) !== undefined)
  // What a whole file is called says nothing about its lines, but a key in PEM has lines too.
  if (kind === 'format' || (kind !== undefined && !isFile) || signsIn) return [entry]
  const lines = isFile ? assignments(value).filter((line) => credentialKind(line.name, line.value) !== undefined) : []
  return [...new Set(lines.map(({ name }) => name))]
}

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || isCredentialName(name)
}

/** The text behind base64; what is written if it is none, such as what a tool fills in before the cluster sees it. */
function decoded(text: string): string {
  const compact = text.replaceAll(/\s/g, '')
  return BASE64.test(compact) ? Buffer.from(compact, 'base64').toString() : text
}
