import { WORKLOAD_KINDS } from '../../../resources/kubernetes/workloads.ts'
import type { Place } from '../../../resources/place.ts'
import { defineRule, type Outcome, pass, undecided } from '../../rule.ts'
import { apiServerRule } from './api-server.ts'

type Message = 'missing' | 'identity' | 'uncovered'

const MESSAGES: Readonly<Record<Message, string>> = {
  missing: 'The API server stores Secrets as they are (--encryption-provider-config is not set).',
  identity: 'This configuration stores Secrets as they are: its first provider for them is identity.',
  uncovered: 'This configuration encrypts no Secrets.',
}

const flags = apiServerRule<Message>({
  id: 'k8s-api-server-encryption',
  title: 'The API server encrypts Secrets before it stores them',
  severity: 'medium',
  severityReason:
    "Who gets at etcd's disk, its backups or its port reads every Secret of the cluster. Each of these is well guarded in a " +
    'cluster that is otherwise sound.',
  controls: ['SC-12', 'SC-13', 'SC-28'],
  sameAs: ['checkov:CKV_K8S_104', 'trivy:KCV-0030'],
  messages: MESSAGES,
  remediation:
    'Point `--encryption-provider-config` at an EncryptionConfiguration whose first provider for `secrets` is `kms` (v2), or ' +
    '`secretbox`, then write all Secrets anew: `kubectl get secrets -A -o json | kubectl replace -f -`.',
  *checkServer(server) {
    const flag = server.flag('encryption-provider-config') ?? server.flag('experimental-encryption-provider-config')
    if (flag?.value !== undefined && flag.value !== '') return yield pass(`${flag.value} says how`)
    if (flag === undefined && server.unknown !== undefined) return yield undecided(server.unknown)
    yield { at: flag?.at ?? server.at, message: 'missing', key: 'encryption' }
  },
})

export default defineRule({
  ...flags,
  resources: [...WORKLOAD_KINDS, 'EncryptionConfiguration'],
  *check(object, context) {
    if (object.resource.type === 'EncryptionConfiguration') yield* checkConfiguration(object)
    else yield* flags.check(object, context)
  },
})

/** The first entry that names a resource counts, and in it the first provider encrypts. */
function* checkConfiguration(configuration: Place): Iterable<Outcome<Message>> {
  const entries = configuration.get('resources')
  if (entries.mayHaveMore()) return yield undecided(entries)
  for (const entry of entries.items()) {
    const names = entry.get('resources').strings()
    if (names.kind === 'unknown') return yield undecided(entry.get('resources'))
    if (names.kind !== 'known' || !names.value.some((name) => ['secrets', '*.', '*.*'].includes(name))) continue
    const providers = entry.get('providers')
    const [first] = providers.items()
    if (first === undefined || first.unknown !== undefined) return yield undecided(providers)
    if (first.keys().includes('identity')) yield { at: first, message: 'identity', key: 'encryption' }
    return
  }
  yield { at: entries, message: 'uncovered', key: 'encryption' }
}
