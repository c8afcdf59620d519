import { undecided } from '../../rule.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-secrets-as-files',
  title: 'Containers read secrets from files, not from their environment',
  severity: 'low',
  severityReason:
    'An environment is inherited by every child process and ends up in crash reports, debug pages and logs. Something has to ' +
    'go wrong first, and a secret in a file can be read by the same process too.',
  controls: ['IA-5', 'SC-28'],
  sameAs: ['checkov:CKV_K8S_35'],
  messages: {
    variable: 'Container {container} gets {name} from the Secret {secret} as an environment variable.',
    all: 'Container {container} gets every entry of the Secret {secret} as environment variables.',
  },
  remediation:
    'Mount the Secret as a volume, read-only, and let the program read the file; many images take `..._FILE` variables ' +
    'that name it. Files also follow a rotation, the environment does not.',
  *checkContainer(container) {
    const env = container.place.get('env')
    const sources = container.place.get('envFrom')
    for (const list of [env, sources]) if (list.mayHaveMore()) yield undecided(list)
    const { container: name } = containerData(container)
    for (const variable of env.items()) {
      const at = variable.get('valueFrom', 'secretKeyRef')
      if (at.unknown !== undefined) yield undecided(at)
      else if (!at.absent) {
        const data = { container: name, name: nameAt(variable), secret: nameAt(at) }
        yield { at, message: 'variable', data, key: data.name }
      }
    }
    for (const source of sources.items()) {
      const at = source.get('secretRef')
      if (at.unknown !== undefined) yield undecided(at)
      else if (!at.absent) {
        const secret = nameAt(at)
        yield { at, message: 'all', data: { container: name, secret }, key: `all:${secret}` }
      }
    }

    function nameAt(place: typeof env): string {
      const { value } = place.get('name')
      return value?.kind === 'string' ? value.value : 'that is not known'
    }
  },
})
