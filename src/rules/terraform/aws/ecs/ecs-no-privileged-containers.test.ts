import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecs-no-privileged-containers.ts'

testRule(rule, {
  valid: [
    {
      name: 'not unless it is said',
      code: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([{ name = "app" }, { name = "side", privileged = false }])
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "containers" {}
      resource "aws_ecs_task_definition" "a" {
        container_definitions = var.containers
      }
    `,
    {
      name: 'one of its values',
      code: hcl`
        variable "privileged" {}
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([{ name = "app", privileged = var.privileged }])
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'in jsonencode and in JSON',
      code: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([
            { name = "app" },
            {
              name       = "agent"
              privileged = true # reads /dev
            },
          ])
        }
        resource "aws_ecs_task_definition" "b" {
          container_definitions = <<-EOT
            [{"name": "agent", "privileged": true}]
          EOT
        }
      `,
      problems: [
        { message: 'wrong', at: '6:20-6:24', data: { container: 'agent' } },
        { message: 'wrong', at: '12:38-12:42', data: { container: 'agent' } },
      ],
      output: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([
            { name = "app" },
            {
              name       = "agent"
              privileged = false # reads /dev
            },
          ])
        }
        resource "aws_ecs_task_definition" "b" {
          container_definitions = <<-EOT
            [{"name": "agent", "privileged": false}]
          EOT
        }
      `,
    },
  ],
})
