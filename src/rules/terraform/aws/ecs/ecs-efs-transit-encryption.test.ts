import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecs-efs-transit-encryption.ts'

testRule(rule, {
  valid: [
    {
      name: 'encrypted, and other volumes',
      code: hcl`
        resource "aws_ecs_task_definition" "t" {
          volume {
            efs_volume_configuration {
              transit_encryption = "ENABLED"
            }
          }
          volume {
            name = "scratch"
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "encryption" {}
      resource "aws_ecs_task_definition" "t" {
        volume {
          efs_volume_configuration {
            transit_encryption = var.encryption
          }
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecs_task_definition" "t" {
          volume {
            name = "a"
            efs_volume_configuration {
              file_system_id     = "fs-1"
              transit_encryption = "DISABLED"
            }
          }
          volume {
            name = "b"
            efs_volume_configuration {
              file_system_id = "fs-2"
            }
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '6:28-6:38' },
        { message: 'wrong', at: '11:5-11:29' },
      ],
      output: hcl`
        resource "aws_ecs_task_definition" "t" {
          volume {
            name = "a"
            efs_volume_configuration {
              file_system_id     = "fs-1"
              transit_encryption = "ENABLED"
            }
          }
          volume {
            name = "b"
            efs_volume_configuration {
              file_system_id = "fs-2"

              transit_encryption = "ENABLED"
            }
          }
        }
      `,
    },
  ],
})
