import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './provider-no-credentials.ts'

testRule(rule, {
  valid: [
    {
      name: 'none, a variable to be given, and stores that only look like AWS',
      code: hcl`
        provider "aws" {
          region = "eu-west-1"
        }
        variable "key" {
          sensitive = true
        }
        provider "aws" {
          alias      = "b"
          access_key = var.key
          secret_key = var.key
        }
        provider "aws" {
          alias      = "local"
          access_key = "test"
          secret_key = "test"
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        provider "aws" {
          region     = "eu-west-1"
          access_key = "AKIAIOSFODNN7EXAMPLE"
          secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # old
        }
      `,
      problems: [
        { message: 'literal', at: '3:16-3:38', data: { attribute: 'access_key' } },
        { message: 'literal', at: '4:16-4:58', data: { attribute: 'secret_key' } },
      ],
      output: null,
    },
    {
      name: 'the default of a variable',
      code: hcl`
        variable "key" {
          default = "AKIAIOSFODNN7EXAMPLE"
        }
        provider "aws" {
          access_key = var.key
        }
      `,
      problems: [{ message: 'literal', at: '2:13-2:35' }],
      output: null,
    },
  ],
})
