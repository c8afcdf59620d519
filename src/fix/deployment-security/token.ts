import { posix } from 'node:path'
import type { Estate } from '../../resources/estate.ts'
import { runningAs } from '../../resources/kubernetes/bindings.ts'
import { type Concern, refuse } from './concern.ts'
import { commandLine, textAt, type Workload, type WorkloadContainer } from './view.ts'

/** Programs that talk to the API server, as people name them. */
const API_SOFTWARE =
  /(?:^|[^a-z])(?:kubectl|helm|argocd|argo-cd|flux|operator|controller|ingress|cert-manager|external-dns|external-secrets|prometheus|kube-state-metrics|autoscaler|vault|consul|jenkins|gitlab-runner|k8s|kubernetes|velero|traefik|istio|linkerd)(?:$|[^a-z])/i
const API_ENV = /^(?:KUBERNETES_|KUBECONFIG$|KUBE_|K8S_)/
/** Client libraries in the manifests of the usual package managers. */
const API_LIBRARIES =
  /@kubernetes\/client-node|k8s\.io\/client-go|\bkubernetes(?:[-_](?:asyncio|client))?\s*(?:[=<>~]=|$)|io\.kubernetes|fabric8.*kubernetes|KubernetesClient|kube-rs|\bkube\s*=/m

/** What suggests that something in the pod calls the Kubernetes API; undefined if nothing does. */
function signOfApiUse(workload: Workload): string | undefined {
  const explicit = workload.spec.get('automountServiceAccountToken').value
  if (explicit?.kind === 'bool' && explicit.value) return 'the manifest asks for the token'
  if (
    workload.metadata
      .get('annotations')
      .keys()
      .some((key) => key.startsWith('vault.hashicorp.com/'))
  ) {
    return 'the Vault agent logs in with this token'
  }
  for (const container of workload.containers) {
    const words = `${container.image} ${container.name} ${commandLine(container)}`
    const software = API_SOFTWARE.exec(words)?.[0]?.replace(/[^a-z0-9-]/gi, '')
    if (software !== undefined) return `container ${container.name} mentions ${software}`
    const env = container.place
      .get('env')
      .items()
      .map((item) => textAt(item.get('name')) ?? '')
    const variable = env.find((name) => API_ENV.test(name))
    if (variable !== undefined) return `container ${container.name} sets ${variable}`
    const library = apiLibrary(container, workload.estate)
    if (library !== undefined) return `${library} names a Kubernetes client library`
  }
  return undefined
}

function apiLibrary(container: WorkloadContainer, estate: Estate): string | undefined {
  if (container.known?.kind !== 'own') return undefined
  const { folder } = container.known.image
  return ['package.json', 'requirements.txt', 'pyproject.toml', 'go.mod', 'pom.xml', 'Cargo.toml', 'build.gradle']
    .map((name) => posix.join(folder, name))
    .find((path) => API_LIBRARIES.test(estate.files.get(path) ?? ''))
}

export const serviceAccountToken: Concern = {
  rules: ['k8s-service-account-token'],
  assess({ data }, { workload }) {
    const title = 'Stop mounting the service account token'
    const binding = data['binding'] === undefined ? undefined : String(data['binding'])
    // Whoever gives the rights an account of their own moves the one pod that can mean them there.
    const { estate, resource } = workload
    if (binding !== undefined && runningAs('default', resource.namespace, estate).length === 1) {
      return refuse(`${binding} means this pod alone: give both an account of their own`)
    }
    const sign = binding === undefined ? signOfApiUse(workload) : `${binding} gives it rights`
    if (sign === undefined) {
      return {
        rank: 'D',
        title,
        steps: ['IAM roles for service accounts are not affected: they bring a token of their own.'],
      }
    }
    return {
      rank: 'C',
      title,
      reason: `${sign}, so the pod may call the Kubernetes API`,
      steps: ["Look for the pod's ServiceAccount in the API server's audit log before you take the token away."],
    }
  },
  change(_complaints, { workload }, draft) {
    draft.set(workload.spec.get('automountServiceAccountToken'), false)
  },
}
