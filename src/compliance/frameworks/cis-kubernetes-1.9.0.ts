import { because, defineFramework } from '../framework.ts'
import { byHand, partly, shown } from './rows.ts'

const MANIFESTS_ONLY = 'Manifests of this repository are visible; what else runs in the cluster is not.'
const NODES = 'Files and processes of nodes are not in the code; a managed service answers for its control plane.'

/** The recommendations for policies of a cluster (section 5), and those for the control plane that manifests can show. */
export default defineFramework({
  id: 'cis-kubernetes-1.9.0',
  title: 'CIS Kubernetes Benchmark 1.9.0',
  version: '1.9.0',
  requirements: [
    byHand(
      '1.1',
      'Files of the control plane have safe owners and modes',
      'A scan of the nodes, or the attestation of the provider',
      { note: NODES },
    ),
    partly('1.2.1', 'The API server takes no anonymous requests', MANIFESTS_ONLY, 'The flags of the API server', {
      rules: because('This flag decides.', 'k8s-api-server-anonymous-auth'),
    }),
    partly(
      '1.2.16',
      'The API server writes an audit log',
      MANIFESTS_ONLY,
      'The flags of the API server, or the log types of the managed cluster',
      {
        rules: because(
          'Without a path, or its log type, there is no audit log.',
          'k8s-api-server-audit-log',
          'eks-control-plane-logs',
        ),
      },
    ),
    partly(
      '1.2.27',
      'Secrets are encrypted in etcd',
      MANIFESTS_ONLY,
      'The flags of the API server, or the encryption of the managed cluster',
      {
        rules: because(
          'These decide whether secrets are encrypted.',
          'k8s-api-server-encryption',
          'eks-secrets-encryption',
        ),
      },
    ),
    byHand(
      '2',
      'etcd speaks TLS and authenticates its peers',
      'The flags of etcd, or the attestation of the provider',
      { note: NODES },
    ),
    byHand(
      '3.1',
      'People do not use client certificates, tokens of service accounts or bootstrap tokens',
      'How people authenticate',
      { note: NODES },
    ),
    byHand('3.2', 'An audit policy exists and covers what matters', 'The audit policy'),
    byHand('4', 'Kubelets and files of nodes are configured safely', 'A scan of the nodes', { note: NODES }),
    partly(
      '5.1.1',
      'cluster-admin is bound only where it is needed',
      MANIFESTS_ONLY,
      'Every binding of cluster-admin with its need',
      { rules: because('Such a binding gives everything.', 'k8s-cluster-admin-binding') },
    ),
    partly('5.1.2', 'Few may read Secrets', MANIFESTS_ONLY, 'Who may read Secrets, and why', {
      rules: because('These roles may.', 'k8s-rbac-secrets'),
    }),
    partly('5.1.3', 'Roles use no wildcards', MANIFESTS_ONLY, 'Roles with wildcards, and why', {
      rules: because('These roles do.', 'k8s-rbac-wildcards'),
    }),
    byHand('5.1.4', 'Few may create pods', 'Who may create pods, and why'),
    partly('5.1.5', 'Default service accounts are not used', MANIFESTS_ONLY, 'What runs with a default account', {
      rules: because(
        'A binding or a token makes the default account useful.',
        'k8s-default-service-account-bound',
        'k8s-default-service-account-token',
      ),
    }),
    partly(
      '5.1.6',
      'Tokens of service accounts are mounted only where they are needed',
      MANIFESTS_ONLY,
      'Which pods need a token',
      { rules: because('A token is mounted unless the pod says otherwise.', 'k8s-service-account-token') },
    ),
    byHand('5.1.7', 'Nobody is in the group system:masters', 'Certificates and bindings with that group'),
    partly('5.1.8', 'Few may bind, impersonate or escalate', MANIFESTS_ONLY, 'Who may, and why', {
      rules: because(
        'These verbs lead to every other right.',
        'k8s-rbac-bind',
        'k8s-rbac-impersonate',
        'k8s-rbac-escalate',
      ),
    }),
    byHand('5.1.9', 'Few may create persistent volumes', 'Who may, and why'),
    byHand('5.1.10', 'Few may use the proxy of nodes', 'Who may, and why'),
    partly('5.1.11', 'Few may approve certificates', MANIFESTS_ONLY, 'Who may, and why', {
      rules: because('Who approves certificates can become anybody.', 'k8s-rbac-approve-certificates'),
    }),
    partly('5.1.12', 'Few may change admission webhooks', MANIFESTS_ONLY, 'Who may, and why', {
      rules: because('A webhook sees and changes every object.', 'k8s-rbac-admission-control'),
    }),
    byHand('5.1.13', 'Few may create tokens of service accounts', 'Who may, and why'),
    partly(
      '5.2.1',
      'Every namespace with workloads has an active policy for pods',
      MANIFESTS_ONLY,
      'The policy mechanism, and namespaces without it',
      {
        rules: because(
          'Labels or constraints that are enforced are an active policy.',
          'k8s-pod-security-labels',
          'k8s-constraint-not-enforced',
          'webhook-fails-open',
        ),
      },
    ),
    shown('5.2.2', 'No container is privileged', { rules: because('This field decides.', 'k8s-no-privileged') }),
    shown('5.2.3', 'No pod shares the process namespace of its node', {
      rules: because('This field decides.', 'k8s-no-host-pid'),
    }),
    shown('5.2.4', 'No pod shares the IPC namespace of its node', {
      rules: because('This field decides.', 'k8s-no-host-ipc'),
    }),
    shown('5.2.5', 'No pod shares the network of its node', {
      rules: because('This field decides.', 'k8s-no-host-network'),
    }),
    shown('5.2.6', 'No process gains privileges', {
      rules: because('This field decides.', 'k8s-no-privilege-escalation'),
    }),
    shown('5.2.7', 'No container runs as root', { rules: because('These fields decide.', 'k8s-run-as-non-root') }),
    shown('5.2.8', 'No container has NET_RAW', {
      rules: because('It is there unless it is dropped.', 'k8s-drop-net-raw'),
    }),
    shown('5.2.9', 'No container adds capabilities', {
      rules: because('These are added.', 'k8s-no-added-capabilities', 'k8s-no-sys-admin'),
    }),
    shown('5.2.10', 'Containers have no capabilities at all', {
      rules: because('Dropping ALL leaves none.', 'k8s-drop-all-capabilities'),
    }),
    byHand('5.2.11', 'No Windows container runs as a host process', 'Windows workloads; or that there are none'),
    shown('5.2.12', 'No pod mounts a path of its node', {
      rules: because('This kind of volume does.', 'k8s-no-host-path', 'k8s-no-container-socket'),
    }),
    shown('5.2.13', 'No container takes a port of its node', {
      rules: because('This field does.', 'k8s-no-host-port'),
    }),
    byHand('5.3.1', 'The network plugin enforces network policies', 'The plugin and its settings'),
    shown('5.3.2', 'Network policies cover every namespace', {
      rules: because('A pod without one is open to every other pod.', 'k8s-network-policy'),
    }),
    shown('5.4.1', 'Secrets reach containers as files, not as environment variables', {
      rules: because('These are variables.', 'k8s-secrets-as-files', 'k8s-no-plaintext-credentials'),
    }),
    byHand('5.4.2', 'A store outside of the cluster is considered for secrets', 'The store, or why there is none'),
    byHand('5.5.1', 'Where images come from is checked at admission', 'The webhook or policy', {
      note: 'References by digest are supporting evidence; the check itself is a setting of the cluster.',
      rules: because('A digest names one content wherever it comes from.', 'k8s-image-digest'),
    }),
    byHand(
      '5.7.1',
      'Namespaces separate what is administered by different people',
      'The namespaces and who administers each',
    ),
    shown('5.7.2', 'Pods use the seccomp profile of the runtime', {
      rules: because('This field decides.', 'k8s-seccomp-profile'),
    }),
    shown('5.7.3', 'Pods and containers have a security context', {
      rules: because('These are without one.', 'k8s-pod-security-context', 'k8s-container-security-context'),
    }),
    shown('5.7.4', 'The default namespace is not used', {
      rules: because('What names no namespace lands there.', 'k8s-default-namespace'),
    }),
  ],
})
