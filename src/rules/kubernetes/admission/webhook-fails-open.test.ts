import { testRule, yaml } from '../../../testing/index.ts'
import rule from './webhook-fails-open.ts'

testRule(rule, {
  valid: [
    {
      name: 'the default of v1 is Fail',
      code: yaml`
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: w}
      webhooks: [{name: a.example.org}, {name: b.example.org, failurePolicy: Fail}]
    `,
    },
  ],
  undecided: [
    yaml`
    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingWebhookConfiguration
    metadata: {name: w}
    webhooks: [{name: a.example.org, failurePolicy: []}]
  `,
  ],
  invalid: [
    {
      name: 'each webhook',
      code: yaml`
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: gatekeeper-validating-webhook-configuration}
        webhooks:
        - name: validation.gatekeeper.sh
          failurePolicy: Ignore
        - name: check-ignore-label.gatekeeper.sh
          failurePolicy: Fail
        - name: other.example.org
          failurePolicy: Ignore
      `,
      problems: [
        { message: 'ignored', at: '6:18-6:24', data: { webhook: 'validation.gatekeeper.sh' } },
        { message: 'ignored', at: '10:18-10:24', data: { webhook: 'other.example.org' } },
      ],
      output: null,
    },
    {
      name: 'the default of v1beta1 is Ignore',
      code: yaml`
        apiVersion: admissionregistration.k8s.io/v1beta1
        kind: MutatingWebhookConfiguration
        metadata: {name: w}
        webhooks: [{name: a.example.org}]
      `,
      problems: [{ message: 'oldDefault' }],
      output: null,
    },
  ],
})
