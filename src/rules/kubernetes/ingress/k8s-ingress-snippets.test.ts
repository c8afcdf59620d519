import { testRule, yaml } from '../../../testing/index.ts'
import { ingress, templated, without } from './ingress.test-helper.ts'
import rule from './k8s-ingress-snippets.ts'

testRule(rule, {
  valid: [
    without,
    { name: 'somebody else’s', code: ingress('example.org/my-snippet: x') },
    {
      name: 'another API',
      code: yaml`
        apiVersion: config.example.org/v1
        kind: Ingress
        metadata: {name: c, annotations: {nginx.ingress.kubernetes.io/server-snippet: x}}
      `,
    },
  ],
  undecided: [
    {
      name: 'annotations that Helm fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/i.yaml': `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, annotations: '{{ .Values.a }}'}\n`,
      },
    },
  ],
  invalid: [
    {
      name: 'each, of either controller',
      code: ingress(
        'nginx.ingress.kubernetes.io/configuration-snippet: |\n  more_set_headers "X: y";\nnginx.org/server-snippets: "return 1;"',
      ),
      problems: [
        { message: 'snippet', data: { annotation: 'nginx.ingress.kubernetes.io/configuration-snippet' } },
        { message: 'snippet', at: '9:32-9:43' },
      ],
      output: without,
    },
    {
      name: 'the only annotation takes the mapping with it',
      code: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
          annotations:
            nginx.ingress.kubernetes.io/auth-snippet: x
        spec: {}
      `,
      problems: [{ message: 'snippet', at: '6:47-6:48' }],
      output: yaml`
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: web
        spec: {}
      `,
    },
    {
      name: 'what it holds does not matter',
      code: templated,
      problems: [{ message: 'snippet' }],
      output: {
        'chart/templates/ingress.yaml': without.text,
      },
    },
  ],
})
