import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-node-group-ssh.ts'

testRule(rule, {
  valid: [
    {
      name: 'no SSH, or from a group',
      code: hcl`
        resource "aws_eks_node_group" "a" {}
        resource "aws_eks_node_group" "b" {
          remote_access {}
        }
        resource "aws_security_group" "bastion" {}
        resource "aws_eks_node_group" "c" {
          remote_access {
            ec2_ssh_key               = "ops"
            source_security_group_ids = [aws_security_group.bastion.id]
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "key" {}
      resource "aws_eks_node_group" "a" {
        remote_access {
          ec2_ssh_key = var.key
        }
      }
    `,
    {
      name: 'groups that are not known',
      code: hcl`
        variable "groups" {}
        resource "aws_eks_node_group" "a" {
          remote_access {
            ec2_ssh_key               = "ops"
            source_security_group_ids = var.groups
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_eks_node_group" "a" {
          remote_access {
            ec2_ssh_key = "ops"
          }
        }
        resource "aws_key_pair" "k" {}
        resource "aws_eks_node_group" "b" {
          remote_access {
            ec2_ssh_key               = aws_key_pair.k.key_name
            source_security_group_ids = []
          }
        }
      `,
      problems: [
        { message: 'open', at: '3:19-3:24' },
        { message: 'open', at: '9:33-9:56' },
      ],
      output: null,
    },
  ],
})
