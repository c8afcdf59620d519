import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './instance-volumes-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'all disks',
      code: hcl`
        resource "aws_instance" "a" {
          root_block_device {
            encrypted = true
          }
          ebs_block_device {
            device_name = "/dev/sdb"
            encrypted   = true
          }
        }
      `,
    },
    {
      name: 'the region encrypts by default',
      code: hcl`
        resource "aws_ebs_encryption_by_default" "on" {
          enabled = true
        }
        resource "aws_instance" "a" {}
      `,
    },
  ],
  undecided: [
    {
      name: 'a launch template says what disks there are',
      code: hcl`
        resource "aws_instance" "a" {
          launch_template {
            id = "lt-1"
          }
        }
      `,
    },
    {
      name: 'a disk from a snapshot',
      code: hcl`
        resource "aws_instance" "a" {
          root_block_device {
            encrypted = true
          }
          ebs_block_device {
            snapshot_id = "snap-1"
          }
        }
      `,
    },
    {
      name: 'blocks that may not be there',
      code: hcl`
        variable "disks" {}
        resource "aws_instance" "a" {
          dynamic "root_block_device" {
            for_each = var.disks
            content {
              encrypted = true
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_instance" "a" {
          ami = "ami-1"
        }
        resource "aws_launch_configuration" "b" {
          root_block_device {
            volume_size = 20
          }
          ebs_block_device {
            device_name = "/dev/sdb"
            encrypted   = false
          }
        }
      `,
      problems: [
        { message: 'plain', at: '1:1-1:28' },
        { message: 'plain', at: '5:3-5:20' },
        { message: 'plain', at: '10:19-10:24' },
      ],
      output: hcl`
        resource "aws_instance" "a" {
          ami = "ami-1"

          root_block_device {
            encrypted = true
          }
        }
        resource "aws_launch_configuration" "b" {
          root_block_device {
            volume_size = 20
            encrypted   = true
          }
          ebs_block_device {
            device_name = "/dev/sdb"
            encrypted   = true
          }
        }
      `,
    },
  ],
})
