import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './vpc-flow-logs.ts'

testRule(rule, {
  valid: [
    {
      name: 'one flow log each, behind the same count',
      code: hcl`
        resource "aws_vpc" "v" {
          count = 2
        }
        resource "aws_flow_log" "f" {
          count        = 2
          vpc_id       = aws_vpc.v[count.index].id
          traffic_type = "ALL"
        }
      `,
    },
    {
      name: 'in a module that is given the VPC',
      code: {
        'main.tf': 'resource "aws_vpc" "v" {}\nmodule "logs" {\n  source = "./logs"\n  vpc    = aws_vpc.v\n}\n',
        'logs/main.tf': 'variable "vpc" {}\nresource "aws_flow_log" "f" {\n  vpc_id = var.vpc.id\n}\n',
      },
    },
  ],
  undecided: [
    hcl`
      variable "vpc" {}
      resource "aws_vpc" "v" {}
      resource "aws_flow_log" "f" {
        vpc_id = var.vpc
      }
    `,
    {
      name: 'given to a module that is not on disk',
      code: hcl`
        resource "aws_vpc" "v" {}
        module "logs" {
          source = "example/flow-log/aws"
          vpc    = { id = aws_vpc.v.id }
        }
      `,
    },
    {
      name: 'a module that is not on disk and calls itself one, among others',
      code: hcl`
        resource "aws_vpc" "v" {}
        module "cluster" {
          source = "example/eks/aws"
          vpc_id = aws_vpc.v.id
        }
        module "vpc_flow_logs" {
          source = "git::https://git.example/infra.git"
          vpc_id = aws_vpc.v.id
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'none, or that of another VPC, or of a subnet',
      code: hcl`
        resource "aws_vpc" "v" {}
        resource "aws_subnet" "s" {
          vpc_id = aws_vpc.v.id
        }
        resource "aws_vpc" "other" {}
        resource "aws_flow_log" "f" {
          vpc_id = aws_vpc.other.id
        }
        resource "aws_flow_log" "subnet" {
          subnet_id = aws_subnet.s.id
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:23' }],
      output: null,
    },
  ],
})

test('a module that is not on disk and merely builds in the VPC leaves a doubt', () => {
  const { text } = hcl`
    resource "aws_vpc" "v" {}
    module "cluster" {
      source = "example/eks/aws"
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
