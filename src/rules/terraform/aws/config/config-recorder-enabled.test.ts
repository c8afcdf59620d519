import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './config-recorder-enabled.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_config_configuration_recorder_status" "s" {
        is_enabled = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "on" {}
      resource "aws_config_configuration_recorder_status" "s" {
        is_enabled = var.on
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_config_configuration_recorder_status" "s" {
          name       = "default"
          is_enabled = false
        }
      `,
      problems: [{ message: 'wrong', at: '3:16-3:21' }],
      output: hcl`
        resource "aws_config_configuration_recorder_status" "s" {
          name       = "default"
          is_enabled = true
        }
      `,
    },
  ],
})
