import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-tiller.ts'

testRule(rule, {
  valid: [
    pod('containers: [{name: a, image: "shop/tillerman:1"}]'),
    {
      name: 'one label of two',
      code: yaml`
        apiVersion: v1
        kind: Pod
        metadata: {name: p, labels: {app: helm}}
        spec: {containers: [{name: a, image: "mirror/x:1"}]}
      `,
    },
  ],
  invalid: [
    {
      name: 'by image, once, though the labels say it too',
      code: yaml`
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: tiller-deploy}
        spec:
          template:
            metadata: {labels: {app: helm, name: tiller}}
            spec: {containers: [{name: t, image: "gcr.io/kubernetes-helm/tiller:v2.17.0"}]}
      `,
      problems: [{ message: 'image', at: '7:42-7:81' }],
      output: null,
    },
    {
      name: 'by labels',
      code: yaml`
        apiVersion: v1
        kind: Pod
        metadata: {name: p, labels: {app: helm, name: tiller}}
        spec: {containers: [{name: a, image: "mirror/x:1"}]}
      `,
      problems: [{ message: 'label' }],
      output: null,
    },
  ],
})
