import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './rds-ca-certificate.ts'

testRule(rule, {
  valid: [
    {
      name: 'the default of the account, and those that are current',
      code: hcl`
        resource "aws_db_instance" "d" {}
        resource "aws_db_instance" "e" {
          ca_cert_identifier = "rds-ca-ecc384-g1"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "ca" {}
      resource "aws_db_instance" "d" {
        ca_cert_identifier = var.ca
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_db_instance" "d" {
          ca_cert_identifier = "rds-ca-2019"
        }
      `,
      problems: [{ message: 'wrong', at: '2:24-2:37', data: { value: 'rds-ca-2019' } }],
      output: null,
    },
  ],
})
