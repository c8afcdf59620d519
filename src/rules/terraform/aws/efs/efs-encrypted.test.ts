import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './efs-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_efs_file_system" "a" {
        encrypted = true
      }
    `,
  ],
  undecided: [
    hcl`
      variable "encrypted" {}
      resource "aws_efs_file_system" "a" {
        encrypted = var.encrypted
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_efs_file_system" "a" {}
        resource "aws_efs_file_system" "b" {
          encrypted = false # shared with the vendor
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:35' },
        { message: 'wrong', at: '3:15-3:20' },
      ],
      output: hcl`
        resource "aws_efs_file_system" "a" {
          encrypted = true
        }
        resource "aws_efs_file_system" "b" {
          encrypted = true # shared with the vendor
        }
      `,
    },
  ],
})
