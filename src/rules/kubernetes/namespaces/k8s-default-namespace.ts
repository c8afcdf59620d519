import { WORKLOAD_KINDS } from '../../../resources/kubernetes/workloads.ts'
import { defineRule, notApplicable, pass, undecided } from '../../rule.ts'
import { namespaceOf } from '../../../resources/kubernetes/namespaces.ts'

const KINDS = ['ConfigMap', 'Ingress', 'Role', 'RoleBinding', 'Secret', 'Service', 'ServiceAccount'] as const

/** Other groups have kinds of these names too, some of them in no namespace: OpenShift's Ingress, Crossplane's Role. */
const GROUPS =
  /^(?:(?:apps|apps\.openshift\.io|argoproj\.io|batch|extensions|networking\.k8s\.io|rbac\.authorization\.k8s\.io|serving\.knative\.dev)\/)?v\w+$/

const CHECKOV = 'checkov:CKV_K8S_21'

/** What Kubernetes itself keeps in `default`. */
const OWN: ReadonlySet<string> = new Set(['Service/kubernetes', 'ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'])

export default defineRule({
  id: 'k8s-default-namespace',
  title: 'Objects live in a namespace of their own, not in default',
  severity: 'low',
  severityReason:
    'Roles, network policies, quotas and Pod Security labels are set by namespace: what shares `default` shares whatever was ' +
    'allowed there for anything else. Nothing is open by that alone.',
  controls: ['AC-6', 'CM-6', 'SC-7'],
  sameAs: [CHECKOV, 'trivy:KSV-0110'],
  version: '2',
  kind: 'kubernetes',
  resources: [...WORKLOAD_KINDS, ...KINDS],
  messages: {
    default: '{kind} {name} is in the namespace default.',
    unnamed: '{kind} {name} names no namespace, so it goes to default unless whoever applies it names another.',
  },
  remediation:
    'Create a namespace for the application and set `metadata.namespace`, or `namespace:` in the kustomization that builds ' +
    'the file.',
  *check(object, { estate }) {
    const { resource } = object
    const found = {
      data: { kind: resource.type, name: resource.name === '' ? 'without a name' : resource.name },
      key: 'default',
      // Trivy looks at workloads only.
      ...(WORKLOAD_KINDS.every((kind) => kind !== resource.type) && { sameAs: [CHECKOV] }),
    }
    if (resource.kind !== 'kubernetes' || !GROUPS.test(resource.apiVersion)) {
      return yield notApplicable('it is not a kind that is known to live in a namespace')
    }
    if (OWN.has(`${resource.type}/${resource.name}`)) return yield notApplicable('Kubernetes keeps it in default')
    const at = object.get('metadata', 'namespace')
    const namespace = namespaceOf(object, estate)
    if (namespace.kind === 'absent') yield { at, message: 'unnamed', ...found, confidence: 'medium' }
    else if (namespace.kind === 'known') {
      if (namespace.value === 'default') yield { at, message: 'default', ...found }
      else yield pass(`it is in ${namespace.value}`)
    } else if (namespace.options?.every((name) => name !== undefined && name !== 'default') !== true) {
      yield undecided(at, namespace.reason)
    } else yield pass(namespace.reason)
  },
})
