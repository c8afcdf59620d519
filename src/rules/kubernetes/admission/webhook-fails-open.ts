import { defineRule, undecided } from '../../rule.ts'

export default defineRule({
  id: 'webhook-fails-open',
  title: 'Admission webhooks refuse what they cannot check',
  severity: 'medium',
  severityReason:
    'While the webhook is down, slow or overloaded, every request passes unchecked; who can cause that can create what ' +
    'the policies forbid. It needs that outage and rights in the cluster.',
  controls: ['AC-3', 'CM-6', 'CM-7'],
  sameAs: [],
  kind: 'kubernetes',
  resources: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  messages: {
    ignored: 'Webhook {webhook} lets requests pass when it does not answer (failurePolicy: Ignore).',
    oldDefault: 'Webhook {webhook} sets no failurePolicy, and in v1beta1 that means Ignore.',
  },
  remediation:
    'Set `failurePolicy: Fail`, with the namespaces of the control plane and of the webhook itself left out of its ' +
    'selector, at least two replicas, and a `timeoutSeconds` of a few seconds.',
  *check(configuration) {
    const webhooks = configuration.get('webhooks')
    if (webhooks.mayHaveMore()) yield undecided(webhooks)
    const { resource } = configuration
    const isBeta = resource.kind === 'kubernetes' && resource.apiVersion.endsWith('/v1beta1')
    for (const [index, webhook] of webhooks.items().entries()) {
      const at = webhook.get('failurePolicy')
      const policy = at.string()
      const name = webhook.get('name').string()
      const data = { webhook: name.kind === 'known' ? name.value : `[${index}]` }
      if (policy.kind === 'unknown') yield undecided(at)
      else if (policy.kind === 'known' && policy.value === 'Ignore') yield { at, message: 'ignored', data, key: 'open' }
      else if (policy.kind === 'absent' && isBeta) yield { at, message: 'oldDefault', data, key: 'open' }
    }
  },
})
