import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecs-container-insights.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecs_cluster" "a" {
        setting {
          name  = "containerInsights"
          value = "enhanced"
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "insights" {}
      resource "aws_ecs_cluster" "a" {
        setting {
          name  = "containerInsights"
          value = var.insights
        }
      }
    `,
    {
      name: 'settings that are not known',
      code: hcl`
        variable "settings" {}
        resource "aws_ecs_cluster" "a" {
          dynamic "setting" {
            for_each = var.settings
            content {
              name  = setting.key
              value = setting.value
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecs_cluster" "a" {
          name = "a"
        }
        resource "aws_ecs_cluster" "b" {
          setting {
            name  = "containerInsights"
            value = "disabled"
          }
        }
      `,
      problems: [
        { message: 'off', at: '1:1-1:31' },
        { message: 'off', at: '7:13-7:23' },
      ],
      output: hcl`
        resource "aws_ecs_cluster" "a" {
          name = "a"

          setting {
            name  = "containerInsights"
            value = "enabled"
          }
        }
        resource "aws_ecs_cluster" "b" {
          setting {
            name  = "containerInsights"
            value = "enabled"
          }
        }
      `,
    },
  ],
})
