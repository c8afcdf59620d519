import { testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-default-service-account-token.ts'

testRule(rule, {
  valid: [
    yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: default, namespace: bank}
      automountServiceAccountToken: false
    `,
    {
      name: 'another account',
      code: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: api, namespace: bank}
      `,
    },
  ],
  undecided: [
    yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: default}
      automountServiceAccountToken: perhaps
    `,
    yaml`
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: []}
    `,
  ],
  invalid: [
    {
      name: 'by default',
      code: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: default
          namespace: bank
      `,
      problems: [{ message: 'mounted' }],
      output: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata:
          name: default
          namespace: bank
        automountServiceAccountToken: false
      `,
    },
    {
      name: 'said so',
      code: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default}
        automountServiceAccountToken: true
      `,
      problems: [{ message: 'mounted', at: '4:31-4:35' }],
      output: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default}
        automountServiceAccountToken: false
      `,
    },
  ],
})
