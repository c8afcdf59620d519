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
  ])('%s', (text) => {
    expect(masked(text)).toBe(text)
  })

  test('a word that a weak value equals, elsewhere', () => {
    expect(masked('password: postgres\n', 'image: postgres:16')).toBe('image: postgres:16')
  })
})
