import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-dashboard.ts'

testRule(rule, {
  valid: [
    pod('containers: [{name: a, image: "shop/dashboard:1"}]'),
    { name: 'an unknown image is any', code: pod('containers: [{name: a, image: []}]') },
  ],
  invalid: [
    {
      name: 'by image',
      code: pod('containers: [{name: a, image: "docker.io/kubernetesui/dashboard-api:1.7"}]'),
      problems: [{ message: 'image', at: '6:33-6:75' }],
      output: null,
    },
    {
      name: 'by label',
      code: yaml`
        apiVersion: v1
        kind: Pod
        metadata:
          name: p
          labels: {k8s-app: kubernetes-dashboard}
        spec: {containers: [{name: a, image: "mirror/x:1"}]}
      `,
      problems: [{ message: 'label', at: '5:21-5:41' }],
      output: null,
    },
  ],
})
