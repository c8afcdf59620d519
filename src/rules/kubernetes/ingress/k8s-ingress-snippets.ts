import { snippetRule } from './snippets.ts'

export default snippetRule({
  id: 'k8s-ingress-snippets',
  title: 'Ingresses put no snippets into the configuration of NGINX',
  severity: 'medium',
  severityReason:
    'A controller that accepts snippets lets everyone who may write an Ingress, in any namespace, run code in it and read the ' +
    'Secrets of all namespaces with its token (CVE-2021-25742). It takes the right to write an Ingress.',
  controls: ['CM-7', 'SI-10'],
  sameAs: ['checkov:CKV_K8S_153'],
  messages: {
    snippet: '{annotation} writes into the configuration of NGINX: a controller that accepts it accepts any.',
  },
  remediation:
    'Use the annotation made for the purpose (`custom-headers`, `permanent-redirect`, `limit-rps`), then switch snippets off in ' +
    'the controller with `allow-snippet-annotations: "false"`.',
  any: true,
  holds: () => true,
})
