import { expect, test } from 'vitest'
import { auditProject, type Snippet, testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-no-secret-values.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const secret = (entries: string, type = 'Opaque'): Snippet => ({
  path: 'manifest.yaml',
  text: `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ntype: ${type}\n${entries}\n`,
})

testRule(rule, {
  valid: [
    { name: 'none', code: secret('immutable: true') },
    {
      name: 'what is not secret',
      code: secret('stringData: {username: app, host: db, ca.crt: abc, "publicKey": abc}'),
    },
    { name: 'nothing yet', code: secret('data: {password: ""}') },
    { name: 'a placeholder', code: secret('stringData: {password: changeme, token: <token>, "key": REPLACE_ME}') },
    { name: 'an encoded placeholder', code: secret(`data: {password: ${base64('changeme')}}`) },
    { name: 'filled in before it is applied', code: secret('data: {password: $(DB_PASSWORD_BASE64)}') },
    { name: 'filled in by a plugin', code: secret('data: {password: <path:secret/data/shop#password>}') },
    {
      name: 'encrypted by SOPS',
      code: secret("data: {password: 'ENC[AES256_GCM,data:AA==,iv:BB==,tag:CC==,type:str]'}"),
    },
    {
      name: 'an ordinary file',
      code: secret(`data: {prometheus.yaml: ${base64('scrape: 30s\npassword_file: /etc/p\n')}}`),
    },
    {
      name: 'a registry without a password',
      code: secret(`stringData: {.dockerconfigjson: '{"auths": {"r.example": {}}}'}`),
    },
    {
      name: 'another kind of Secret',
      code: yaml`
        apiVersion: generator.example/v1
        kind: Secret
        data: {password: hunter2}
      `,
    },
  ],
  undecided: [
    {
      name: 'what a chart fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/s.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  password: '{{ .Values.password | b64enc }}'\n`,
      },
    },
    {
      name: 'all that a chart fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/s.yaml': `apiVersion: v1\nkind: Secret\ndata: '{{ .Values.all }}'\n`,
      },
    },
  ],
  invalid: [
    {
      name: 'in the clear',
      code: secret('stringData:\n  username: app\n  password: hunter2'),
      problems: [{ message: 'entry', at: '7:13-7:20', data: { name: 'password' } }],
      output: null,
    },
    {
      name: 'encoded, two of them',
      code: secret(
        `data:\n  api-token: ${base64('abcdef-123456')}\n  azurestorageaccountkey: ${base64('c29tZSBrZXk')}`,
      ),
      problems: [
        { message: 'entry', data: { name: 'api-token' } },
        { message: 'entry', data: { name: 'azurestorageaccountkey' } },
      ],
      output: null,
    },
    {
      name: 'encoded over several lines',
      code: secret(`data:\n  password: |\n    aHVudGVy\n    MiBpcyBo\n    ZXJl`),
      problems: [{ message: 'entry', at: '6:13-10:1' }],
      output: null,
    },
    {
      name: 'a private key',
      code: secret(
        `data: {tls.crt: ${base64('abc')}, tls.key: ${base64('-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n')}}`,
        'kubernetes.io/tls',
      ),
      problems: [{ message: 'entry', data: { name: 'tls.key' } }],
      output: null,
    },
    {
      name: 'a registry',
      code: secret(
        `data: {.dockerconfigjson: ${base64('{"auths": {"r.example": {"auth": "YXBwOmh1bnRlcjI="}}}')}}`,
        'kubernetes.io/dockerconfigjson',
      ),
      problems: [{ message: 'entry', data: { name: '.dockerconfigjson' } }],
      output: null,
    },
    {
      name: 'a URL',
      code: secret('stringData: {DATABASE_URL: "postgres://app:hunter2@db/shop"}'),
      problems: [{ message: 'entry' }],
      output: null,
    },
    {
      name: 'lines of a file',
      code: secret(`data: {app.properties: ${base64('db.user=app\ndb.password=hunter2\nsmtp.token=abcdef\n')}}`),
      problems: [
        { message: 'line', data: { entry: 'app.properties', name: 'db.password' } },
        { message: 'line', data: { entry: 'app.properties', name: 'smtp.token' } },
      ],
      output: null,
    },
    {
      name: 'what SOPS was told to leave',
      code: secret("stringData: {a_password: 'ENC[AES256_GCM,data:AA==,type:str]', b_password: hunter2}"),
      problems: [{ message: 'entry', data: { name: 'b_password' } }],
      output: null,
    },
  ],
})

test('no finding holds a value', () => {
  const file = base64('db.password=hunter2\nmode=fast\n')
  const { text, path } = secret(
    `stringData: {password: hunter2}\ndata: {token: ${base64('abcdef-123456')}, c: ${file}}`,
  )
  const { result } = auditProject({ files: { [path]: text }, rules: [rule] })
  expect(result.findings).toHaveLength(3)
  expect(JSON.stringify(result)).not.toMatch(new RegExp(`hunter2|abcdef|${base64('abcdef-123456')}|${file}`))
})
