import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './subnet-no-public-ip.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_subnet" "a" {
        map_public_ip_on_launch = false
      }
      resource "aws_subnet" "b" {}
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_subnet" "a" {
        map_public_ip_on_launch = var.public
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_subnet" "a" {
          cidr_block              = "10.0.1.0/24"
          map_public_ip_on_launch = true # for the bastion
        }
      `,
      problems: [{ message: 'public', at: '3:29-3:33' }],
      output: hcl`
        resource "aws_subnet" "a" {
          cidr_block              = "10.0.1.0/24"
          map_public_ip_on_launch = false # for the bastion
        }
      `,
    },
    {
      name: 'a value that may decide over more keeps deciding over that',
      code: hcl`
        resource "aws_subnet" "a" {
          for_each                = { front = { public = true }, back = { public = false } }
          map_public_ip_on_launch = each.value.public
        }
      `,
      problems: [{ message: 'public', at: '2:50-2:54' }],
      output: hcl`
        resource "aws_subnet" "a" {
          for_each                = { front = { public = true }, back = { public = false } }
          map_public_ip_on_launch = false
        }
      `,
    },
    {
      name: 'the subnets that AWS made give them out unless told otherwise',
      code: hcl`
        resource "aws_default_subnet" "d" {
          availability_zone = "eu-west-1a"
        }
      `,
      problems: [{ message: 'public', at: '1:1-1:34' }],
      output: hcl`
        resource "aws_default_subnet" "d" {
          availability_zone = "eu-west-1a"

          map_public_ip_on_launch = false
        }
      `,
    },
  ],
})
