import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-image-tag.ts'

const running = (image: string) => pod(`containers: [{name: a, image: ${image}}]`)

testRule(rule, {
  valid: [
    running('nginx:1.27'),
    running('localhost:5000/a/b:v2'),
    running(`"nginx@sha256:${'0'.repeat(64)}"`),
    running(`"nginx:latest@sha256:${'0'.repeat(64)}"`),
    { name: 'a registry that is filled in', code: running('"${REGISTRY}/a:v2"') },
  ],
  undecided: [
    running('[]'),
    running('"two words"'),
    { name: 'a part of a manifest, without image', code: pod('containers: [{name: a}]') },
    { name: 'an image that is filled in', code: running('"$IMAGE"') },
    { name: 'a tag that is filled in', code: running('"registry.example/a:${TAG:-v1}"') },
    { name: 'a place for it', code: running('<image>') },
  ],
  invalid: [
    { name: 'latest', code: running('nginx:latest'), problems: [{ message: 'latest', at: '6:33-6:45' }], output: null },
    {
      name: "a registry's port is no tag",
      code: running('localhost:5000/nginx'),
      problems: [{ message: 'untagged' }],
      output: null,
    },
    {
      name: 'a folder that is filled in',
      code: running('"registry.example/{name}/app"'),
      problems: [{ message: 'untagged' }],
      output: null,
    },
    {
      name: 'an init container',
      code: pod('initContainers: [{name: i, image: busybox}]\ncontainers: [{name: a, image: "a:1"}]'),
      problems: [{ message: 'untagged', data: { container: 'i', role: 'init', image: 'busybox' } }],
      output: null,
    },
  ],
})
