import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './vpc-default-security-group.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_vpc" "v" {}
      resource "aws_default_security_group" "d" {
        vpc_id = aws_vpc.v.id
      }
    `,
    {
      name: 'empty lists are no rules',
      code: hcl`
        resource "aws_vpc" "v" {}
        resource "aws_default_security_group" "d" {
          vpc_id  = aws_vpc.v.id
          ingress = []
          egress  = []
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "vpc" {}
      resource "aws_vpc" "v" {}
      resource "aws_default_security_group" "d" {
        vpc_id = var.vpc
      }
    `,
    {
      name: 'rules from an unknown collection',
      code: hcl`
        variable "ports" {}
        resource "aws_vpc" "v" {}
        resource "aws_default_security_group" "d" {
          vpc_id = aws_vpc.v.id
          dynamic "ingress" {
            for_each = var.ports
            content {
              from_port = ingress.value
            }
          }
        }
      `,
    },
    {
      name: 'a module that is not on disk and looks after the default group',
      code: hcl`
        resource "aws_vpc" "v" {}
        module "vpc_baseline" {
          source = "git::https://git.example/infra.git"
          vpc_id = aws_vpc.v.id
        }
      `,
    },
    {
      name: 'the same by its source',
      code: hcl`
        resource "aws_vpc" "v" {}
        module "closed" {
          source = "example/default-security-group/aws"
          vpc_id = aws_vpc.v.id
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a group that nobody took over',
      code: hcl`
        resource "aws_vpc" "main" {
          cidr_block = "10.0.0.0/16"
        }

        resource "aws_subnet" "a" {
          vpc_id = aws_vpc.main.id
        }
      `,
      problems: [{ message: 'unmanaged', at: '1:1-1:26' }],
      output: null,
    },
    {
      name: 'a group with rules',
      code: hcl`
        resource "aws_vpc" "v" {}
        resource "aws_default_security_group" "d" {
          vpc_id = aws_vpc.v.id
          ingress {
            self      = true
            protocol  = "-1"
            from_port = 0
            to_port   = 0
          }
          egress {
            protocol    = "-1"
            from_port   = 0
            to_port     = 0
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
      problems: [
        { message: 'open', at: '4:3-4:10' },
        { message: 'open', at: '10:3-10:9' },
      ],
      output: null,
    },
  ],
})

test('a module that is not on disk and merely builds in the VPC leaves a doubt', () => {
  const { text } = hcl`
    resource "aws_vpc" "v" {}
    module "security_group" {
      source = "example/security-group/aws"
      vpc_id = aws_vpc.v.id
    }
    resource "aws_vpc" "other" {}
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ resource, confidence }) => [resource.address, confidence])).toEqual([
    ['aws_vpc.v', 'MEDIUM'],
    ['aws_vpc.other', 'HIGH'],
  ])
})
