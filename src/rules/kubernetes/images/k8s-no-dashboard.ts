import { productRule } from './products.ts'

export default productRule({
  id: 'k8s-no-dashboard',
  title: 'The Kubernetes dashboard is not deployed',
  severity: 'medium',
  severityReason:
    'It is a web page from which the cluster is run, and installations that gave it broad rights without a login have been ' +
    'taken over in bulk. A dashboard that is neither exposed nor privileged gives away little.',
  controls: ['CM-7', 'AC-6'],
  sameAs: ['checkov:CKV_K8S_33'],
  messages: {
    image: 'Container {container} runs the Kubernetes dashboard ({image}).',
    label: 'This pod is labelled as the Kubernetes dashboard ({label}).',
  },
  remediation:
    'Remove it, its ServiceAccount and its bindings. The project is archived; use `kubectl`, or a viewer that runs on the ' +
    "person's own machine with the person's own rights.",
  isImage: (repository) => /(?:^|\/)kubernetes-dashboard(?:-|$)|^kubernetesui\/dashboard(?:-|$)/.test(repository),
  labels: [
    { 'k8s-app': 'kubernetes-dashboard' },
    { app: 'kubernetes-dashboard' },
    { 'app.kubernetes.io/part-of': 'kubernetes-dashboard' },
  ],
})
