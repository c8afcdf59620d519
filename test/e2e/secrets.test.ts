import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AS_OF, copySecurebank, type Files, filesBelow, makeProject, type Outcome, secops } from './harness.ts'
import { nearlyGoodPod } from './samples.ts'

/** Values that no output may hold; each is made up, and stands where the file says. */
const SECRETS = {
  terraform: 'Tf-Pa55word-4711',
  terraformHeredoc: 'heredocS3cretLine99',
  localValue: 'localT0ken_abcdef',
  tfvars: 'tfvars-Pa55-0815',
  varFile: 'outsideVarFile-S3cret',
  default: 'variableDefault-9z',
  environment: 'env-hunter2-HUNTER',
  environmentReversed: 'reversed-S3cret-77',
  special: 'p<&>"w\'0rd*_[x]|~!',
  weak: 'postgres-weak',
  manifest: 'bWFuaWZlc3QtczNjcmV0LTE=',
  manifestText: 'stringdata-S3cret-2',
  manifestOddKey: 'oddKey-V4lue-3',
  configMap: 'configmap-Pa55-3',
  userinfo: 'us3rinfoPa$$word',
  token: `ghp_${'A1b2'.repeat(9)}`,
  stripe: `sk_live_${'Zz9'.repeat(8)}`,
  key: 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ',
  dotenv: 'dotenv-S3cret-55',
  commentedOut: 'c0mmented-0ut-Pa55',
  json: 'tfjson-Pa55-12',
  totp: 'JBSWY3DPEHPK3PXP',
  parameter: 'plain-ssm-4455-w0rd',
  parameterHeredoc: 'line-two-ssm-9900-X',
  parameterLocal: 'behind-a-l0cal-1122',
  secretVersion: 'version-3344-W0rd',
} as const

const YAML_SPECIAL = `'${SECRETS.special.replaceAll("'", "''")}'`

const container = nearlyGoodPod('leaky').replace(
  '      resources:',
  `      env:
        - name: DB_PASSWORD
          value: ${SECRETS.environment}
        - value: ${SECRETS.environmentReversed}
          name: API_TOKEN
        - {name: ADMIN_PASSWORD, value: ${YAML_SPECIAL}}
        - name: MYSQL_PWD
          value: "${SECRETS.weak}"
        - name: DATABASE_URL
          value: postgres://app:${SECRETS.userinfo}@db.internal/app
        # - name: OLD_PASSWORD
        #   value: ${SECRETS.commentedOut}
        - name: TOTP_SECRET
          value: ${SECRETS.totp}
      resources:`,
)

const FILES: Files = {
  'infra/main.tf': `variable "db_password" {
  default = "${SECRETS.default}"
}
locals {
  api_token = "${SECRETS.localValue}"
}
resource "aws_db_instance" "db" {
  username            = "admin"
  password            = "${SECRETS.terraform}"
  publicly_accessible = true
  storage_encrypted   = false
}
resource "aws_ssm_parameter" "p" {
  name   = "x"
  secret = <<-EOT
    ${SECRETS.terraformHeredoc}
  EOT
}
resource "aws_ssm_parameter" "q" {
  name  = "q"
  type  = "SecureString"
  value = "${SECRETS.parameter}"
}
resource "aws_ssm_parameter" "r" {
  name  = "r"
  type  = "SecureString"
  value = <<-EOT
    first
    ${SECRETS.parameterHeredoc}
  EOT
}
resource "aws_secretsmanager_secret" "s" {
  name = "s"
}
resource "aws_secretsmanager_secret_version" "s" {
  secret_id     = aws_secretsmanager_secret.s.id
  secret_string = jsonencode({ user = "admin", word = "${SECRETS.secretVersion}" })
}
locals {
  word = "${SECRETS.parameterLocal}"
}
resource "aws_ssm_parameter" "t" {
  name  = "t"
  type  = "SecureString"
  value = local.word
}
resource "aws_s3_bucket" "b" {
  bucket = "b"
  acl    = "public-read"
  tags   = { GithubToken = "${SECRETS.token}", stripe = "${SECRETS.stripe}" }
}
`,
  'infra/terraform.tfvars': `master_password = "${SECRETS.tfvars}"\n`,
  'json/main.tf.json': JSON.stringify(
    { resource: { aws_db_instance: { j: { password: SECRETS.json, publicly_accessible: true } } } },
    null,
    2,
  ),
  'k8s/pod.yaml': container,
  'k8s/rest.yaml': `apiVersion: v1
kind: Secret
metadata: {name: s, namespace: shop}
data:
  password: ${SECRETS.manifest}
stringData:
  plain: ${SECRETS.manifestText}
  odd.conf: ${SECRETS.manifestOddKey}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: c, namespace: shop}
data:
  db_password: ${SECRETS.configMap}
  key.pem: |
    -----BEGIN RSA PRIVATE KEY-----
    ${SECRETS.key}
    -----END RSA PRIVATE KEY-----
`,
  '.env': `SECRET_KEY=${SECRETS.dotenv}\n`,
}

/** How each format may write a value. */
function spellings(value: string): string[] {
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return [
    ...new Set([
      value,
      JSON.stringify(value).slice(1, -1),
      html,
      html.replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
      value.replaceAll("'", "''"),
    ]),
  ]
}

function leaks(text: string): string[] {
  return Object.entries(SECRETS).flatMap(([name, value]) =>
    spellings(value).some((one) => text.includes(one)) ? [name] : [],
  )
}

function expectSilent(what: string, { stdout, stderr }: Outcome): void {
  expect({ what, leaks: leaks(stdout + stderr) }).toEqual({ what, leaks: [] })
}

/** What others than the owner may read must hold none; the masked records must not either. */
function expectStateSilent(project: string): void {
  for (const path of filesBelow(join(project, '.secops'))) {
    const full = join(project, '.secops', path)
    const mayHold = /^runs\/[^/]+\/(?:backup|after)\//.test(path)
    if (mayHold) expect(lstatSync(full).mode & 0o077, path).toBe(0)
    else expect({ path, leaks: leaks(readFileSync(full, 'utf8')) }).toEqual({ path, leaks: [] })
  }
}

describe('no output and no state holds a secret value', () => {
  const outside = makeProject({ 'prod.tfvars': `db_password = "${SECRETS.varFile}"\n` })
  const varFile = ['--var-file', join(outside, 'prod.tfvars')]

  test('audit in every format', () => {
    const project = makeProject(FILES)
    for (const format of ['text', 'json', 'sarif', 'markdown', 'html']) {
      expectSilent(format, secops(['audit', project, '--format', format, '--include-passed', ...varFile, ...AS_OF]))
    }
    expectSilent('all', secops(['audit', project, '--all', ...AS_OF]))
    expectSilent('by file', secops(['audit', project, '--all', '--group-by', 'file', ...AS_OF]))
    expectStateSilent(project)
  })

  test('fix, as a diff, as a result, in every format, and what it keeps', () => {
    for (const format of ['text', 'json', 'markdown', 'html']) {
      const project = makeProject(FILES)
      const args = [project, '--approve', 'B', '--format', format, ...varFile, ...AS_OF]
      expectSilent(`dry ${format}`, secops(['fix', ...args, '--dry-run']))
      expectSilent(format, secops(['fix', ...args]))
      expectSilent('validate', secops(['validate', project, '--all', ...AS_OF]))
      expectStateSilent(project)
      expectSilent('rollback', secops(['rollback', '--path', project]))
      expect(readFileSync(join(project, 'k8s/pod.yaml'), 'utf8')).toBe(container)
    }
  })

  test('run and comply', () => {
    const project = makeProject(FILES)
    for (const format of ['text', 'json', 'markdown', 'html']) {
      expectSilent(
        `comply ${format}`,
        secops(['comply', project, '--framework', 'pci-dss-4.0.1', '--format', format, ...AS_OF]),
      )
    }
    expectSilent('run dry', secops(['run', project, '--dry-run', '--approve', 'B', '--format', 'json', ...AS_OF]))
    expectSilent('run', secops(['run', project, '--approve', 'B', '--format', 'html', ...AS_OF]))
    expectStateSilent(project)
  })

  test('messages about broken files', () => {
    const project = makeProject({
      'a.tf': `resource "aws_db_instance" "d" {\n  password = "${SECRETS.terraform}\n`,
      'b.yaml': `password: "${SECRETS.environment}\nother: [\n`,
      'c.tf.json': `{"password": "${SECRETS.json}",, }`,
      'd.yaml': `kind: Secret\npassword: ${SECRETS.special}: x: y\n`,
    })
    for (const format of ['text', 'json', 'sarif', 'html'])
      expectSilent(format, secops(['audit', project, '--format', format]))
  })

  test('messages about a wrong configuration', () => {
    const project = makeProject({
      'secops.yaml': `version: 1\nvalues: {db_password: "${SECRETS.terraform}", runAsUser: "${SECRETS.terraform}"}\n`,
      'main.tf': '',
    })
    expectSilent('config', secops(['audit', project]))
  })

  test("securebank's own", () => {
    const project = copySecurebank()
    const values = ['SecureBank2024!', 'sk_test_', 'postgres://']
    const texts = ['text', 'json', 'sarif', 'markdown', 'html'].map(
      (format) => secops(['audit', project, '--all', '--format', format, ...AS_OF]).stdout,
    )
    texts.push(secops(['fix', project, '--dry-run', '--approve', 'B', ...AS_OF]).stdout)
    const sources = filesBelow(project)
      .map((path) => readFileSync(join(project, path), 'utf8'))
      .join('\n')
    const found = [
      ...sources.matchAll(
        /(?:password|secret|api_?key|token)\w*["']?\s*[:=]\s*["']?(?<value>[A-Za-z0-9_!@#$%-]{8,})/gi,
      ),
    ].map(({ groups }) => groups?.['value'] ?? '')
    const literal = found.filter(
      (value) => /\d/.test(value) && /[A-Za-z]/.test(value) && !/^(?:var|local|aws|data|random|module)/.test(value),
    )
    expect(literal.length + values.length).toBeGreaterThan(3)
    for (const value of literal)
      expect(
        texts.some((text) => text.includes(value)),
        value,
      ).toBe(false)
  })
})

describe('the mask takes no more than it must', () => {
  test('a diff without a secret value is not masked, although the file names secrets', () => {
    const pod = nearlyGoodPod().replace(
      '      resources:',
      `      env:
        - name: DB_PASSWORD
          valueFrom:
            secretKeyRef:
              name: db
              key: password
        - {name: TOKEN_PATH, value: /run/secrets/token}
      volumeMounts:
        - {name: tls, mountPath: /tls}
      resources:`,
    )
    const project = makeProject({
      'pod.yaml': `${pod}  volumes:\n    - name: tls\n      secret:\n        secretName: tls-Cert2024\n`,
    })
    const { stdout } = secops(['fix', project, '--dry-run', ...AS_OF])
    expect(stdout).toMatch(/^--- a\/pod\.yaml\n/)
    expect(stdout).not.toContain('••')
    expect(stdout).toContain('-        privileged: true')
  })

  test('a diff that holds one says at its head that it cannot be applied', () => {
    const project = makeProject({
      'pod.yaml': nearlyGoodPod().replace('privileged: true', `privileged: true # password: ${SECRETS.terraform}`),
    })
    const { stdout } = secops(['fix', project, '--dry-run', ...AS_OF])
    expect(stdout.split('\n')[0]).toMatch(/masked.*cannot be applied/)
    expect(stdout).toContain('••')
    expect(leaks(stdout)).toEqual([])
    secops(['fix', project, ...AS_OF])
    expect(readFileSync(join(project, 'pod.yaml'), 'utf8')).toContain(
      `privileged: false # password: ${SECRETS.terraform}`,
    )
  })

  test('a project cannot blot out keys, rule ids or severities of the results', () => {
    const words = [
      'schemaVersion',
      'fingerprint',
      'k8s-no-privileged',
      's3-no-public-acl',
      'CRITICAL',
      'CKV_AWS_20',
      'estimatedMinutes',
    ]
    const project = makeProject({
      'pod.yaml': nearlyGoodPod(),
      'evil.yaml': words.map((word, index) => `password${index}: "${word}"\n`).join(''),
    })
    const { stdout } = secops(['audit', project, '--format', 'json', ...AS_OF])
    expect(stdout).toContain('"schemaVersion"')
    expect(stdout).toContain('"estimatedMinutes"')
    expect(stdout).toContain('"ruleId": "k8s-no-privileged"')
  })
})
