import { describe, expect, test } from 'vitest'
import { MASK, SecretMask } from './secrets.ts'

const masked = (text: string, printed = text): string => SecretMask.of([text]).mask(printed)

describe('secret values are replaced', () => {
  test.each([
    ['Terraform', 'password = "supersecret123"', `password = "${MASK}"`],
    ['YAML', 'stripe_api_key: sk_test_EXAMPLE_not_a_key', `stripe_api_key: ${MASK}`],
    [
      'a container environment',
      '- name: DB_PASSWORD\n  value: "hunter2hunter2"',
      `- name: DB_PASSWORD\n  value: "${MASK}"`,
    ],
    ['a weak value on its own line', 'db_password: postgres', `db_password: ${MASK}`],
    ['userinfo of a URL', 'DATABASE: postgres://app:pa55word!@db/app', `DATABASE: postgres://app:${MASK}@db/app`],
    ['an access key wherever it stands', '# key AKIAIOSFODNN7EXAMPLE', `# key ${MASK}`],
    ['an access key of capital letters only', `# key AKIA${'ABCDEFGHIJKLMNOP'}`, `# key ${MASK}`],
    ['JSON', '{"client_secret": "abcDEF123456"}', `{"client_secret": "${MASK}"}`],
  ])('%s', (_name, text, want) => {
    expect(masked(text)).toBe(want)
  })

  test('in a diff, with its marks', () => {
    expect(masked('db_password: postgres', '-db_password: postgres\n+image: postgres')).toBe(
      `-db_password: ${MASK}\n+image: postgres`,
    )
  })

  test('a private key line by line', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END PRIVATE KEY-----'
    expect(masked(key, 'MIIEvQIBADANBgkqhkiG9w0BAQ')).toBe(MASK)
  })
})

describe('what is no secret stays', () => {
  test.each([
    'password = var.db_password',
    'password = "${var.db_password}"',
    'secret_arn = aws_secretsmanager_secret.db.arn',
    'automountServiceAccountToken: false',
    'token: ${{ secrets.GITHUB_TOKEN }}',
    'secretName: /run/secrets/db',
    '"Action": ["secretsmanager:GetSecretValue", "secretsmanager:Describe*"]',
  ])('%s', (text) => {
    expect(masked(text)).toBe(text)
  })

  test('a word that a weak value equals, elsewhere', () => {
    expect(masked('password: postgres\n', 'image: postgres:16')).toBe('image: postgres:16')
  })
})

describe('more places that hold secrets', () => {
  test.each([
    ['a value whose quote is left open', 'password = "hunter2hunter2\n', `password = "${MASK}\n`],
    ['a heredoc', 'secret = <<-EOT\n  line0ne-of-it\n  EOT\n', `secret = <<-EOT\n  ${MASK}\n  EOT\n`],
    [
      'the default of a variable',
      'variable "db_password" {\n  type    = string\n  default = "Aa1234321Bb"\n}\n',
      `variable "db_password" {\n  type    = string\n  default = "${MASK}"\n}\n`,
    ],
    [
      'the default of a variable in JSON syntax',
      '{"variable": {"db_password": {"default": "Aa1234321Bb"}}}',
      `{"variable": {"db_password": {"default": "${MASK}"}}}`,
    ],
    ['a block scalar', 'token: |\n  line0ne-of-it\nnext: x\n', `token: |\n  ${MASK}\nnext: x\n`],
    ['a value before its name', '- value: hunter2hunter2\n  name: API_TOKEN', `- value: ${MASK}\n  name: API_TOKEN`],
    [
      'any key of a Secret',
      'kind: Secret\ndata:\n  odd.conf: b2RkLWNvbmY9MQ==\n',
      `kind: Secret\ndata:\n  odd.conf: ${MASK}\n`,
    ],
    [
      'a Secret with a comment at the margin',
      'apiVersion: v1\nkind: Secret\ndata:\n# encoded\n  odd: b2RkLWNvbmY9MQ==\n',
      `apiVersion: v1\nkind: Secret\ndata:\n# encoded\n  odd: ${MASK}\n`,
    ],
    [
      'a Secret in flow style, in a list',
      'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, stringData: {odd: Aa1234321Bb, odder: "c d"}}\n',
      `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Secret, stringData: {odd: ${MASK}, odder: "c d"}}\n`,
    ],
    [
      'a Secret in JSON',
      '{"apiVersion": "v1", "kind": "Secret", "data": {"odd": "b2RkLWNvbmY9MQ=="}}',
      `{"apiVersion": "v1", "kind": "Secret", "data": {"odd": "${MASK}"}}`,
    ],
    [
      'a Secret over several lines',
      'apiVersion: v1\nkind: Secret\ndata:\n  odd: |\n    b2RkLWNv\n    bmY9MQ==\n  odder: >-\n    c2Vjb25k\n',
      `apiVersion: v1\nkind: Secret\ndata:\n  odd: |\n    ${MASK}\n    ${MASK}\n  odder: >-\n    ${MASK}\n`,
    ],
    ['DB_PASS and MYSQL_PWD', 'DB_PASS=hunter2hunter2\nMYSQL_PWD=hunter3hunter3', `DB_PASS=${MASK}\nMYSQL_PWD=${MASK}`],
  ])('%s', (_name, text, want) => {
    expect(masked(text)).toBe(want)
  })

  test('as JSON, HTML and Markdown write it', () => {
    const text = "password: 'a<B>&\"c*9'"
    expect(masked(text, 'a&lt;B&gt;&amp;&quot;c*9 a<B>&\\"c*9 a&lt;B&gt;&amp;"c\\*9')).toBe(`${MASK} ${MASK} ${MASK}`)
  })

  test.each([
    'secret:\n  secretName: tls-Cert2024',
    'secretKeyRef:\n  name: db\n  key: password',
    'bypass: always-Yes1',
  ])('a key that only leads to a secret is none: %j', (text) => {
    expect(masked(text)).toBe(text)
  })

  test("a project cannot blot out the program's own words", () => {
    const mask = SecretMask.of(['password: k8s-no-privileged1\ntoken: fingerPrint'], new Set(['k8s-no-privileged1']))
    expect(mask.mask('k8s-no-privileged1 {"fingerPrint": 1}')).toBe('k8s-no-privileged1 {"fingerPrint": 1}')
  })

  test.each([
    'x',
    'secret',
    'password = <<EOT\n',
    'kind: Secret\ndata:\n a: bbbbbb\n',
    '- kind: Secret\n',
    'secret: ',
    'name: secret\n',
  ])('a hostile text of %j over and over ends soon', (piece) => {
    const started = performance.now()
    SecretMask.of([piece.repeat(100_000 / piece.length)]).mask(piece)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
