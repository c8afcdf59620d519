import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './alb-waf.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_lb" "a" {}
      resource "aws_wafv2_web_acl_association" "w" {
        resource_arn = aws_lb.a.arn
        web_acl_arn  = "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/shop/1"
      }
    `,
    {
      name: 'behind the same for_each',
      code: hcl`
        resource "aws_alb" "a" {
          for_each = toset(["shop", "admin"])
        }
        resource "aws_wafregional_web_acl_association" "w" {
          for_each     = aws_alb.a
          resource_arn = each.value.arn
        }
      `,
    },
    {
      name: 'internal, and other kinds',
      code: hcl`
        resource "aws_lb" "internal" {
          internal = true
        }
        resource "aws_lb" "network" {
          load_balancer_type = "network"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'an association with something that is not known',
      code: hcl`
        variable "arn" {}
        resource "aws_lb" "a" {}
        resource "aws_wafv2_web_acl_association" "w" {
          resource_arn = var.arn
        }
      `,
    },
    {
      name: 'internal or not',
      code: hcl`
        variable "internal" {}
        resource "aws_lb" "a" {
          internal = var.internal
        }
      `,
    },
    {
      name: 'a kind that is not known',
      code: hcl`
        variable "kind" {}
        resource "aws_lb" "a" {
          load_balancer_type = var.kind
        }
      `,
    },
    {
      name: 'given to a module that is not on disk',
      code: hcl`
        resource "aws_lb" "a" {}
        module "waf" {
          source = "example/waf/aws"
          albs   = [aws_lb.a.arn]
        }
      `,
    },
    {
      name: 'the name of the module says it, the source does not',
      code: hcl`
        resource "aws_lb" "a" {}
        module "web_acl" {
          source = "git::https://git.example/infra.git"
          alb    = aws_lb.a.arn
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the association is for another one',
      code: hcl`
        resource "aws_lb" "a" {
          internal = false
        }
        resource "aws_lb" "b" {}
        resource "aws_wafv2_web_acl_association" "w" {
          resource_arn = aws_lb.b.arn
        }
        module "dns" {
          source = "example/dns/aws"
          name   = "shop"
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:22' }],
      output: null,
    },
    {
      name: 'the association is switched off',
      code: hcl`
        resource "aws_lb" "a" {}
        resource "aws_wafv2_web_acl_association" "w" {
          count        = 0
          resource_arn = aws_lb.a.arn
        }
      `,
      problems: [{ message: 'missing', at: '1:1-1:22' }],
      output: null,
    },
  ],
})

test('a module that is not on disk and merely gets the load balancer leaves a doubt', () => {
  const { text } = hcl`
    resource "aws_lb" "a" {}
    module "service" {
      source = "example/ecs-service/aws"
      alb    = aws_lb.a.arn
    }
    resource "aws_lb" "b" {}
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ resource, confidence }) => [resource.address, confidence])).toEqual([
    ['aws_lb.a', 'MEDIUM'],
    ['aws_lb.b', 'HIGH'],
  ])
})
