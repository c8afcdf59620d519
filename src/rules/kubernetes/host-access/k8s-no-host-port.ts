import { undecided } from '../../rule.ts'
import { containerData, containerRule } from '../../shared/kubernetes-pods.ts'

export default containerRule({
  id: 'k8s-no-host-port',
  title: 'Containers do not occupy ports of the node',
  severity: 'low',
  severityReason:
    "The port is open on the node's own address, past Services and often past NetworkPolicies; whether anyone reaches " +
    "it depends on the node's firewall.",
  controls: ['CM-7', 'SC-7'],
  sameAs: ['checkov:CKV_K8S_26', 'trivy:KSV-0024'],
  roles: ['init', 'container'],
  messages: { published: 'Container {container} opens port {port} on every node it runs on.' },
  remediation: 'Remove `hostPort` and publish the container port with a Service.',
  *checkContainer(container) {
    const ports = container.place.get('ports')
    if (ports.mayHaveMore()) yield undecided(ports)
    for (const item of ports.items()) {
      const at = item.get('hostPort')
      const port = at.number()
      if (port.kind === 'unknown') yield undecided(at)
      else if (port.kind === 'known' && port.value !== 0) {
        const data = { ...containerData(container), port: port.value }
        yield { at, message: 'published', data, key: `port:${port.value}` }
      }
    }
  },
})
