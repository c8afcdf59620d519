import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecs-read-only-root-filesystem.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecs_task_definition" "a" {
        container_definitions = jsonencode([{ name = "app", readonlyRootFilesystem = true }])
      }
    `,
  ],
  undecided: [
    hcl`
      variable "containers" {}
      resource "aws_ecs_task_definition" "a" {
        container_definitions = jsonencode(concat([{ readonlyRootFilesystem = true }], var.containers))
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([
            {
              name  = "app"
              image = "app:1" # pinned
            },
            { name = "side" },
          ])
        }
      `,
      problems: [
        { message: 'wrong', at: '3:5-6:6', data: { container: 'app' } },
        { message: 'wrong', at: '7:5-7:22', data: { container: 'side' } },
      ],
      output: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = jsonencode([
            {
              name  = "app"
              image = "app:1" # pinned

              readonlyRootFilesystem = true
            },
            { name = "side", readonlyRootFilesystem = true },
          ])
        }
      `,
    },
    {
      name: 'in JSON text, where it is changed but not added',
      code: hcl`
        resource "aws_ecs_task_definition" "a" {
          container_definitions = "[{\\"name\\": \\"app\\"}]"
        }
      `,
      problems: [{ message: 'wrong', at: '2:29-2:48' }],
      output: null,
    },
  ],
})
