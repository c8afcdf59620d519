import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './kms-key-rotation.ts'

testRule(rule, {
  valid: [
    {
      name: 'rotating, or of a kind that does not rotate',
      code: hcl`
        resource "aws_kms_key" "a" {
          enable_key_rotation = true
        }
        resource "aws_kms_key" "b" {
          customer_master_key_spec = "RSA_4096"
          key_usage                = "SIGN_VERIFY"
        }
        resource "aws_kms_key" "c" {
          key_usage = "GENERATE_VERIFY_MAC"
        }
        resource "aws_kms_key" "d" {
          custom_key_store_id = "cks-1"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "rotate" {}
      resource "aws_kms_key" "a" {
        enable_key_rotation = var.rotate
      }
    `,
    {
      name: 'a kind that is not known',
      code: hcl`
        variable "spec" {}
        resource "aws_kms_key" "a" {
          customer_master_key_spec = var.spec
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_kms_key" "a" {
          description = "a"
        }
        resource "aws_kms_key" "b" {
          customer_master_key_spec = "SYMMETRIC_DEFAULT"
          enable_key_rotation      = false
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:27' },
        { message: 'wrong', at: '6:30-6:35' },
      ],
      output: hcl`
        resource "aws_kms_key" "a" {
          description = "a"

          enable_key_rotation = true
        }
        resource "aws_kms_key" "b" {
          customer_master_key_spec = "SYMMETRIC_DEFAULT"
          enable_key_rotation      = true
        }
      `,
    },
  ],
})
