import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './terraform-state-locking.ts'

testRule(rule, {
  valid: [
    hcl`
      terraform {
        backend "s3" {
          bucket       = "state"
          key          = "prod"
          use_lockfile = true
        }
      }
    `,
    {
      name: 'with a table, as older versions do',
      code: hcl`
        terraform {
          backend "s3" {
            bucket         = "state"
            key            = "prod"
            dynamodb_table = "locks"
          }
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'the rest comes from the command line',
      code: hcl`
        terraform {
          backend "s3" {}
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        terraform {
          required_version = ">= 1.6"

          backend "s3" {
            bucket = "state"
            key    = "prod"
          }
        }
      `,
      problems: [{ message: 'unlocked', at: '4:3-4:15' }],
      output: hcl`
        terraform {
          required_version = ">= 1.6"

          backend "s3" {
            bucket = "state"
            key    = "prod"

            use_lockfile = true
          }
        }
      `,
    },
    {
      name: 'switched off',
      code: hcl`
        terraform {
          backend "s3" {
            bucket       = "state"
            key          = "prod"
            use_lockfile = false
          }
        }
      `,
      problems: [{ message: 'unlocked', at: '5:20-5:25' }],
      output: hcl`
        terraform {
          backend "s3" {
            bucket       = "state"
            key          = "prod"
            use_lockfile = true
          }
        }
      `,
    },
  ],
})

test('nothing is written that the required version of Terraform does not know', () => {
  const files = {
    'backend.tf': 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "prod"\n  }\n}\n',
    'versions.tf': 'terraform {\n  required_version = "~> 1.9.0"\n}\n',
  }
  const [judged] = auditProject({ files, rules: [rule] }).judged
  expect(judged?.remedy).toMatchObject({ kind: 'none', reason: expect.stringContaining('~> 1.9.0') })
})
