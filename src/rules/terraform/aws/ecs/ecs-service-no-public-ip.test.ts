import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecs-service-no-public-ip.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecs_service" "a" {
        network_configuration {
          assign_public_ip = false
        }
      }
      resource "aws_ecs_service" "b" {
        name = "b"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "public" {}
      resource "aws_ecs_service" "a" {
        network_configuration {
          assign_public_ip = var.public
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecs_service" "a" {
          network_configuration {
            subnets          = ["subnet-1"]
            assign_public_ip = true
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:24-4:28' }],
      output: hcl`
        resource "aws_ecs_service" "a" {
          network_configuration {
            subnets          = ["subnet-1"]
            assign_public_ip = false
          }
        }
      `,
    },
  ],
})
