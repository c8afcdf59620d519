import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './config-recorder-all-resources.ts'

testRule(rule, {
  valid: [
    {
      name: 'the global types are recorded in one region',
      code: hcl`
        resource "aws_config_configuration_recorder" "frankfurt" {
          recording_group {
            include_global_resource_types = true
          }
        }
        resource "aws_config_configuration_recorder" "ireland" {
          provider = aws.ireland
          recording_group {
            all_supported                 = true
            include_global_resource_types = false
          }
        }
      `,
    },
    hcl`
      resource "aws_config_configuration_recorder" "a" {
        recording_group {
          all_supported                 = true
          include_global_resource_types = true
        }
      }
      resource "aws_config_configuration_recorder" "b" {
        recording_group {
          include_global_resource_types = true
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "global" {}
      resource "aws_config_configuration_recorder" "a" {
        recording_group {
          include_global_resource_types = var.global
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'no recorder has the global types, or not for sure',
      code: hcl`
        variable "global" {}
        resource "aws_config_configuration_recorder" "a" {
          recording_group {
            include_global_resource_types = false
          }
        }
        resource "aws_config_configuration_recorder" "b" {
          count = 0
          recording_group {
            include_global_resource_types = true
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:37-4:42' }],
      output: hcl`
        variable "global" {}
        resource "aws_config_configuration_recorder" "a" {
          recording_group {
            include_global_resource_types = true
          }
        }
        resource "aws_config_configuration_recorder" "b" {
          count = 0
          recording_group {
            include_global_resource_types = true
          }
        }
      `,
    },
    {
      name: 'another region has the global types, but this one leaves out others',
      code: hcl`
        resource "aws_config_configuration_recorder" "a" {
          recording_group {
            include_global_resource_types = true
          }
        }
        resource "aws_config_configuration_recorder" "b" {
          provider = aws.ireland
          recording_group {
            all_supported                 = false
            include_global_resource_types = false
            resource_types                = ["AWS::EC2::Instance"]
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '9:37-9:42' },
        { message: 'wrong', at: '10:37-10:42' },
      ],
      output: null,
    },
    {
      name: 'global types are left out by default',
      code: hcl`
        resource "aws_config_configuration_recorder" "a" {
          name = "a"
        }
        resource "aws_config_configuration_recorder" "b" {
          recording_group {
            all_supported = false
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:49' },
        { message: 'wrong', at: '4:1-4:49' },
        { message: 'wrong', at: '6:21-6:26' },
      ],
      output: hcl`
        resource "aws_config_configuration_recorder" "a" {
          name = "a"

          recording_group {
            all_supported                 = true
            include_global_resource_types = true
          }
        }
        resource "aws_config_configuration_recorder" "b" {
          recording_group {
            all_supported = true

            include_global_resource_types = true
          }
        }
      `,
    },
    {
      name: 'a list of types is for people to give up',
      code: hcl`
        resource "aws_config_configuration_recorder" "a" {
          recording_group {
            all_supported                 = false
            include_global_resource_types = true
            resource_types                = ["AWS::EC2::Instance"]
          }
        }
      `,
      problems: [{ message: 'wrong', at: '3:37-3:42' }],
      output: null,
    },
  ],
})
