import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ebs-volume-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ebs_volume" "a" {
        encrypted = true
      }
    `,
    {
      name: 'the region encrypts by default',
      code: hcl`
        resource "aws_ebs_encryption_by_default" "on" {}
        resource "aws_ebs_volume" "a" {
          encrypted = false
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'made from a snapshot',
      code: hcl`
        resource "aws_ebs_volume" "a" {
          snapshot_id = "snap-1"
        }
      `,
    },
    hcl`
      variable "encrypted" {}
      resource "aws_ebs_volume" "a" {
        encrypted = var.encrypted
      }
    `,
  ],
  invalid: [
    {
      name: 'another region encrypts by default',
      code: hcl`
        resource "aws_ebs_encryption_by_default" "on" {
          provider = aws.dr
        }
        resource "aws_ebs_volume" "a" {
          size = 20
        }
        resource "aws_ebs_volume" "b" {
          snapshot_id = "snap-1"
          encrypted   = false
        }
      `,
      problems: [
        { message: 'wrong', at: '4:1-4:30' },
        { message: 'wrong', at: '9:17-9:22' },
      ],
      output: hcl`
        resource "aws_ebs_encryption_by_default" "on" {
          provider = aws.dr
        }
        resource "aws_ebs_volume" "a" {
          size = 20

          encrypted = true
        }
        resource "aws_ebs_volume" "b" {
          snapshot_id = "snap-1"
          encrypted   = true
        }
      `,
    },
  ],
})
