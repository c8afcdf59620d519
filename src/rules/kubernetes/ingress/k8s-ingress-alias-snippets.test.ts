import { testRule } from '../../../testing/index.ts'
import { ingress, templated, without } from './ingress.test-helper.ts'
import rule from './k8s-ingress-alias-snippets.ts'

const snippet = (text: string) => ingress(`nginx.ingress.kubernetes.io/configuration-snippet: ${JSON.stringify(text)}`)

testRule(rule, {
  valid: [
    without,
    snippet('rewrite ^/alias$ / break;'),
    { name: 'in a comment', code: snippet('return 200; # alias /etc/;') },
  ],
  undecided: [{ name: 'Helm fills it in', code: templated }],
  invalid: [
    {
      name: 'alias',
      code: snippet('location /t/ { alias /var/run/secrets/; }'),
      problems: [{ message: 'snippet', at: '7:56-7:99' }],
      output: without,
    },
    { name: 'root', code: snippet('root /etc;'), problems: [{ message: 'snippet' }], output: without },
  ],
})
