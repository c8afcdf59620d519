import { describe, expect, test } from 'vitest'
import { policyNamed } from './choose.ts'
import { LIBRARY_SAMPLES, terraformSamples } from './terraform-samples.ts'

function samplesFor(name: string, address: string, before: string, after: string, mask = (text: string) => text) {
  const chosen = policyNamed(name)
  if (chosen?.kind !== 'terraform') throw new Error(`no policy ${name}`)
  const files = (text: string): ReadonlyMap<string, string> => new Map([['main.tf', text]])
  return {
    policy: chosen.policy,
    ...terraformSamples(chosen.policy, [{ address, before: files(before), after: files(after) }], mask),
  }
}

const DATABASE = `
# Run by the billing team.
resource "aws_db_instance" "billing" {
  identifier          = "billing" # of 2019
  password            = "correct-horse"
  publicly_accessible = true

  tags = { team = "billing" }
}

resource "aws_db_instance" "other" {
  publicly_accessible = true
}
`

describe('samples of the project', () => {
  test('the resource alone, with what the policy looks at', () => {
    const after = DATABASE.replace('publicly_accessible = true', 'publicly_accessible = false')
    const { samples, origin, notes } = samplesFor('rds-not-public', 'aws_db_instance.billing', DATABASE, after)
    expect(samples).toEqual({
      failing: 'resource "aws_db_instance" "billing" {\n  publicly_accessible = true\n}\n',
      passing: 'resource "aws_db_instance" "billing" {\n  publicly_accessible = false\n}\n',
    })
    expect(origin).toContain('code of the project')
    expect(notes).toEqual([])
  })

  test('a companion comes along, in both', () => {
    const bucket = 'resource "aws_s3_bucket" "logs" {\n  bucket = "logs"\n}\n'
    const versioning = (status: string): string =>
      `resource "aws_s3_bucket_versioning" "logs" {\n  bucket = aws_s3_bucket.logs.id\n  mfa    = "x"\n\n  versioning_configuration {\n    status = "${status}"\n  }\n}\n`
    const noise = 'resource "aws_s3_object" "o" {\n  bucket = aws_s3_bucket.logs.id\n}\n'
    const all = (status: string): string => [bucket, versioning(status), noise].join('\n')
    const { samples } = samplesFor('s3-bucket-versioning', 'aws_s3_bucket.logs', all('Suspended'), all('Enabled'))
    const wanted = (status: string): string => [bucket, versioning(status).replace('  mfa    = "x"\n', '')].join('\n')
    expect(samples).toEqual({ failing: wanted('Suspended'), passing: wanted('Enabled') })
  })

  test('no secret is in them', () => {
    const after = DATABASE.replace('"correct-horse"', 'random_password.billing.result')
    const { samples } = samplesFor('rds-no-hardcoded-password', 'aws_db_instance.billing', DATABASE, after)
    expect(samples.failing).toBe('resource "aws_db_instance" "billing" {\n  password = "not-shown"\n}\n')
    expect(samples.passing).toContain('random_password.billing.result')
  })

  test.each([
    ['a map', '{ API_KEY = "correct-horse", name = "correct-horse" }'],
    ['a call', 'merge({ API_KEY = "correct-horse" }, local.more)'],
    ['a condition', 'var.on ? { API_KEY = "correct-horse" } : {}'],
  ])('nor are the variables of a function, in %s', (_, variables) => {
    const lambda = (key: string): string =>
      `resource "aws_lambda_function" "f" {\n  environment {\n    variables = ${variables}\n  }\n${key}}\n`
    const { samples } = samplesFor(
      'lambda-environment-key',
      'aws_lambda_function.f',
      lambda(''),
      lambda('  kms_key_arn = aws_kms_key.f.arn\n'),
    )
    expect(JSON.stringify(samples)).not.toContain('correct-horse')
  })

  test('what is known to be a secret is masked before the policy is asked', () => {
    const { origin, notes } = samplesFor(
      'rds-not-public',
      'aws_db_instance.billing',
      DATABASE,
      DATABASE.replace('publicly_accessible = true', 'publicly_accessible = false'),
      (text) => text.replaceAll('publicly_accessible', '***'),
    )
    expect(origin).toBe(LIBRARY_SAMPLES)
    expect(notes).toEqual([expect.stringContaining('aws_db_instance.billing')])
  })

  test.each([
    ['nothing was fixed', 'aws_db_instance.billing', DATABASE],
    ['the resource is not there', 'aws_db_instance.third', DATABASE.replaceAll('= true', '= false')],
    ['the file cannot be read', 'aws_db_instance.billing', 'resource "aws_db_instance" {{'],
    ['the value comes from elsewhere', 'aws_db_instance.billing', DATABASE.replaceAll('= true', '= var.public')],
  ])('those of the library if %s', (_, address, text) => {
    const { policy, samples, origin } = samplesFor('rds-not-public', address, text, text)
    expect(samples).toMatchObject({ failing: policy.failing, passing: policy.passing })
    expect(origin).toBe(LIBRARY_SAMPLES)
  })

  test('a backend', () => {
    const backend = (line: string): string =>
      `terraform {\n  required_version = ">= 1.11"\n  backend "s3" {\n    bucket = "b"\n    key    = "k"\n${line}  }\n}\n`
    const { samples } = samplesFor(
      'terraform-state-encryption',
      'terraform.backend.s3',
      backend(''),
      backend('    encrypt = true\n'),
    )
    expect(samples.passing).toBe(
      'terraform {\n  backend "s3" {\n    bucket  = "b"\n    key     = "k"\n    encrypt = true\n  }\n}\n',
    )
  })
})
