import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-image-digest.ts'

const running = (image: string) => pod(`containers: [{name: a, image: ${image}}]`)

testRule(rule, {
  valid: [running(`"nginx@sha256:${'0'.repeat(64)}"`), running(`"nginx:1.27@sha256:${'0'.repeat(64)}"`)],
  undecided: [
    running('[]'),
    running('"two words"'),
    { name: 'a part of a manifest, without image', code: pod('containers: [{name: a}]') },
    { name: 'an image that is filled in', code: running('"$(IMAGE)"') },
  ],
  invalid: [
    {
      name: 'a tag',
      code: running('nginx:1.27'),
      problems: [
        { message: 'unpinned', at: '6:33-6:43', data: { container: 'a', role: 'container', image: 'nginx:1.27' } },
      ],
      output: null,
    },
    {
      name: 'a tag that is filled in is no digest',
      code: running('"registry.example/a:$TAG"'),
      problems: [{ message: 'unpinned' }],
      output: null,
    },
    {
      name: 'a port is no digest',
      code: running('"localhost:5000/a"'),
      problems: [{ message: 'unpinned' }],
      output: null,
    },
  ],
})
