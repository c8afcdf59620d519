/** kube-linter's check names (docs.kubelinter.io/#/generated/checks) and our rules for the same thing. */
export const KUBE_LINTER_CHECKS: ReadonlyMap<string, readonly string[]> = new Map([
  ['privileged-container', ['k8s-no-privileged']],
  ['privilege-escalation-container', ['k8s-no-privilege-escalation']],
  ['no-read-only-root-fs', ['k8s-read-only-root-filesystem']],
  ['run-as-non-root', ['k8s-run-as-non-root']],
  ['drop-net-raw-capability', ['k8s-drop-net-raw']],
  ['host-ipc', ['k8s-no-host-ipc']],
  ['host-network', ['k8s-no-host-network']],
  ['host-pid', ['k8s-no-host-pid']],
  ['sensitive-host-mounts', ['k8s-no-host-path']],
  ['docker-sock', ['k8s-no-container-socket']],
  ['latest-tag', ['k8s-image-tag']],
  ['no-liveness-probe', ['k8s-liveness-probe']],
  ['no-readiness-probe', ['k8s-readiness-probe']],
  ['unset-cpu-requirements', ['k8s-cpu-requests', 'k8s-cpu-limits']],
  ['unset-memory-requirements', ['k8s-memory-requests', 'k8s-memory-limits']],
  ['env-var-secret', ['k8s-no-plaintext-credentials']],
])
