import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-image-pull-policy.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

testRule(rule, {
  valid: [
    pod('containers: [{name: a, image: "a:1", imagePullPolicy: Always}]'),
    { name: 'latest means Always', code: pod('containers: [{name: a, image: "a:latest"}]') },
    { name: 'and so does no tag', code: pod('containers: [{name: a, image: a}]') },
    {
      name: 'pinned by digest, whatever the policy',
      code: pod(
        `containers: [{name: a, image: "a@${DIGEST}"}, {name: b, image: "b:1@${DIGEST}", imagePullPolicy: IfNotPresent}, {name: c, image: "c@${DIGEST}", imagePullPolicy: Never}, {name: d, image: "d@${DIGEST}", imagePullPolicy: []}]`,
      ),
    },
  ],
  undecided: [
    pod('containers: [{name: a, image: "a:1", imagePullPolicy: []}]'),
    { name: 'the default of an unknown tag', code: pod('containers: [{name: a, image: []}]') },
    { name: 'a part of a manifest, without image', code: pod('containers: [{name: a}]') },
    { name: 'an image that is filled in', code: pod('containers: [{name: a, image: $IMAGE}]') },
    { name: 'no reference', code: pod('containers: [{name: a, image: "two words"}]') },
  ],
  invalid: [
    {
      name: 'by default, and in an init container of a List',
      code: yaml`
        apiVersion: v1
        kind: List
        items:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: {name: d}
          spec:
            template:
              spec:
                initContainers:
                - name: i   # first
                  image: i:1
                containers:
                - name: a
                  image: a:2
                  imagePullPolicy: IfNotPresent # cached
      `,
      problems: [
        { message: 'defaulted', at: '11:11-11:15', data: { container: 'i', role: 'init', image: 'i:1' } },
        { message: 'cached', at: '16:28-16:40' },
      ],
      output: yaml`
        apiVersion: v1
        kind: List
        items:
        - apiVersion: apps/v1
          kind: Deployment
          metadata: {name: d}
          spec:
            template:
              spec:
                initContainers:
                - name: i   # first
                  image: i:1
                  imagePullPolicy: Always
                containers:
                - name: a
                  image: a:2
                  imagePullPolicy: Always # cached
      `,
    },
    {
      name: 'Never',
      code: pod('containers: [{name: a, imagePullPolicy: Never}]'),
      problems: [{ message: 'cached' }],
      output: pod('containers: [{name: a, imagePullPolicy: Always}]'),
    },
    {
      name: 'after the image and its comment, with the line ends and the order of the file',
      code: { 'p.yaml': pod('containers:\n- image: "a:1"   # pinned\n  name: a').text.replaceAll('\n', '\r\n') },
      problems: [{ message: 'defaulted' }],
      output: {
        'p.yaml': pod('containers:\n- image: "a:1"   # pinned\n  imagePullPolicy: Always\n  name: a').text.replaceAll(
          '\n',
          '\r\n',
        ),
      },
    },
    {
      name: 'at the end of a file without line end',
      code: { 'p.yaml': 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1' },
      problems: [{ message: 'defaulted' }],
      output: {
        'p.yaml':
          'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a:1\n    imagePullPolicy: Always',
      },
    },
    {
      name: 'on one line',
      code: pod('containers: [{name: a, image: "a:1"}]'),
      problems: [{ message: 'defaulted' }],
      output: pod('containers: [{name: a, image: "a:1", imagePullPolicy: Always}]'),
    },
    {
      name: 'an image in lines of its own',
      code: pod('containers:\n- name: a\n  image: >-\n    a:1'),
      problems: [{ message: 'defaulted' }],
      output: pod('containers:\n- name: a\n  image: >-\n    a:1\n  imagePullPolicy: Always'),
    },
    {
      name: 'in JSON',
      code: {
        'p.json': '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1"}]}}\n',
      },
      problems: [{ message: 'defaulted' }],
      output: {
        'p.json':
          '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1", "imagePullPolicy": "Always"}]}}\n',
      },
    },
    {
      name: 'a container that an alias stands for is not edited',
      code: yaml`
        apiVersion: v1
        kind: Pod
        spec:
          initContainers: [&a {name: a, image: "a:1"}]
          containers: [*a]
      `,
      problems: [{ message: 'defaulted' }, { message: 'defaulted' }],
      output: null,
    },
    {
      name: 'a copy of somebody else',
      code: { 'vendor/pod.yaml': pod('containers: [{name: a, image: "a:1"}]').text },
      problems: [{ message: 'defaulted' }],
      output: null,
    },
  ],
})
