import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './terraform-state-encryption.ts'

testRule(rule, {
  valid: [
    hcl`
      terraform {
        backend "s3" {
          bucket  = "state"
          key     = "prod"
          encrypt = true
        }
      }
    `,
  ],
  undecided: [
    {
      name: 'the rest comes from the command line',
      code: hcl`
        terraform {
          backend "s3" {
            key = "prod"
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        terraform {
          backend "s3" {
            bucket = "state"
            key    = "prod"
          }
        }
      `,
      problems: [{ message: 'off', at: '2:3-2:15' }],
      output: hcl`
        terraform {
          backend "s3" {
            bucket = "state"
            key    = "prod"

            encrypt = true
          }
        }
      `,
    },
    {
      name: 'off, even if the rest comes from the command line',
      code: hcl`
        terraform {
          backend "s3" {
            encrypt = false
          }
        }
      `,
      problems: [{ message: 'off', at: '3:15-3:20' }],
      output: hcl`
        terraform {
          backend "s3" {
            encrypt = true
          }
        }
      `,
    },
  ],
})
