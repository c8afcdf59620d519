import { snippetRule, withoutComments } from './snippets.ts'

export default snippetRule({
  id: 'k8s-ingress-alias-snippets',
  title: "Ingresses serve no files of the controller's own",
  severity: 'high',
  severityReason:
    "`alias` and `root` serve files of the controller's container to the web, and the token that reads the Secrets of all " +
    'namespaces is a file there. It takes the right to write an Ingress, so it is not critical.',
  controls: ['CM-7', 'SI-10', 'AC-3'],
  sameAs: ['checkov:CKV_K8S_154'],
  messages: { snippet: '{annotation} serves files from the container of the ingress controller.' },
  remediation:
    'Serve static files from a pod of their own or a bucket, behind the Ingress, and switch snippets off in the controller.',
  holds: (snippet) => /(?:^|[\s;{}])(?:alias|root)\s+[^\s;]/.test(withoutComments(snippet)),
})
