import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './no-default-vpc.ts'

testRule(rule, {
  valid: [
    {
      name: 'taken over to be closed',
      code: hcl`
        resource "aws_default_vpc" "d" {}
        resource "aws_default_security_group" "d" {
          vpc_id = aws_default_vpc.d.id
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_default_vpc" "d" {
          tags = { Name = "default" }
        }
        resource "aws_vpc" "own" {}
      `,
      problems: [{ message: 'used', at: '1:1-1:31' }],
      output: null,
    },
  ],
})
