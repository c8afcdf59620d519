import { testRule, yaml } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-plaintext-credentials.ts'

const env = (name: string, value: string) => container(`env: [{name: ${name}, value: ${value}}]`)

testRule(rule, {
  valid: [
    {
      name: 'a reference',
      code: container('env:\n- name: DB_PASSWORD\n  valueFrom: {secretKeyRef: {name: db, key: password}}'),
    },
    { name: 'another variable', code: env('DB_PASSWORD', '$(OTHER)') },
    { name: 'a path', code: env('DB_PASSWORD', '/run/secrets/db') },
    { name: 'the name of a file', code: env('DB_PASSWORD_FILE', 'hunter2') },
    { name: 'a switch', code: env('ALLOW_EMPTY_PASSWORD', '"yes"') },
    { name: 'a placeholder', code: env('API_KEY', 'REPLACE_ME') },
    { name: 'another placeholder', code: env('API_KEY', 'your-key-here') },
    { name: 'nothing', code: env('DB_PASSWORD', '""') },
    { name: 'a number of seconds', code: env('ACCESS_TOKEN', '"3600"') },
    { name: 'an address', code: env('OAUTH_TOKEN', 'https://id.example.org/token') },
    { name: 'a URL whose password is filled in', code: env('DATABASE_URL', 'postgres://app:$(DB_PASSWORD)@db/shop') },
    { name: 'a secret manager', code: env('API_KEY', 'vault:secret/data/shop#key') },
    {
      name: 'an ordinary ConfigMap',
      code: yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c}
      data:
        LOG_LEVEL: info
        app.properties: |
          db.host=localhost
          db.password=\${DB_PASSWORD}
    `,
    },
  ],
  undecided: [{ name: 'a value that cannot be read', code: container('env: [{name: API_KEY, value: []}]') }],
  invalid: [
    {
      name: 'by its name',
      code: container('env:\n- {name: LOG_LEVEL, value: debug}\n- name: DB_PASSWORD\n  value: hunter2'),
      problems: [{ message: 'environment', at: '12:14-12:21', data: { name: 'DB_PASSWORD', container: 'app' } }],
      output: null,
    },
    {
      name: 'a numeric password',
      code: env('POSTGRES_PASSWORD', '"1234"'),
      problems: [{ message: 'environment' }],
      output: null,
    },
    {
      name: 'in camel case',
      code: env('stripeApiKey', 'abcdef'),
      problems: [{ message: 'environment' }],
      output: null,
    },
    {
      name: 'in a URL',
      code: env('DATABASE_URL', 'postgres://app:hunter2@db:5432/shop'),
      problems: [{ message: 'environment' }],
      output: null,
    },
    {
      name: 'by its format',
      code: env('CLOUD_ID', 'AKIAABCDEFGHIJKLMNOP'),
      problems: [{ message: 'environment' }],
      output: null,
    },
    {
      name: 'a ConfigMap, by entry and by line',
      code: yaml`
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: c}
        data:
          JWT_SECRET: s3cr3t
          application.properties: |
            db.host=localhost
            db.password=hunter2
      `,
      problems: [
        { message: 'configuration', at: '5:15-5:21', data: { name: 'JWT_SECRET' } },
        { message: 'line', data: { entry: 'application.properties', name: 'db.password' } },
      ],
      output: null,
    },
  ],
})
