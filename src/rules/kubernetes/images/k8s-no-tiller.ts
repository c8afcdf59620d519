import { productRule } from './products.ts'

export default productRule({
  id: 'k8s-no-tiller',
  title: 'Tiller, the server of Helm 2, is not deployed',
  severity: 'critical',
  severityReason:
    'Tiller takes orders from anyone who reaches its port, without login by default, and usually may do anything in the ' +
    'cluster: one foothold in any pod is the whole cluster. It has had no security fixes since 2020.',
  controls: ['AC-3', 'CM-7', 'SI-2'],
  sameAs: ['checkov:CKV_K8S_34', 'trivy:KSV-0102'],
  messages: {
    image: 'Container {container} runs Tiller ({image}).',
    label: 'This pod is labelled as Tiller ({label}).',
  },
  remediation:
    'Move the releases to Helm 3, which has no server (`helm 2to3`), then remove the deployment, its ServiceAccount and ' +
    'its ClusterRoleBinding.',
  isImage: (repository) => /(?:^|\/)tiller$/.test(repository),
  labels: [{ name: 'tiller', app: 'helm' }],
})
