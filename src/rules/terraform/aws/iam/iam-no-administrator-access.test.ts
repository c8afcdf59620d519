import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-administrator-access.ts'

testRule(rule, {
  valid: [
    {
      name: 'other policies of AWS and of our own',
      code: hcl`
        variable "name" {}
        resource "aws_iam_policy" "AdministratorAccess" {}
        resource "aws_iam_role_policy_attachment" "a" {
          role       = "r"
          policy_arn = aws_iam_policy.AdministratorAccess.arn
        }
        resource "aws_iam_group_policy_attachment" "b" {
          group      = "g"
          policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        }
        resource "aws_iam_role_policy_attachment" "c" {
          role       = "r"
          policy_arn = "arn:aws:iam::123456789012:policy/AdministratorAccess"
        }
        resource "aws_iam_role_policy_attachment" "d" {
          role       = "r"
          policy_arn = "arn:aws:iam::aws:policy/service-role/\${var.name}"
        }
        resource "aws_iam_role" "plain" {}
        data "aws_caller_identity" "current" {}
        resource "aws_iam_role_policy_attachment" "own" {
          for_each = toset([
            "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:policy/reader",
            "arn:aws:iam::\${data.aws_caller_identity.current.account_id}:policy/writer",
          ])
          role       = "r"
          policy_arn = each.value
        }
        module "policy" {
          source = "registry.example/policy/aws"
        }
        resource "aws_iam_role_policy_attachment" "of_a_module" {
          role       = "r"
          policy_arn = module.policy.policy_arn
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "arn" {}
      resource "aws_iam_role_policy_attachment" "a" {
        role       = "r"
        policy_arn = var.arn
      }
    `,
    hcl`
      variable "name" {}
      resource "aws_iam_role_policy_attachment" "a" {
        role       = "r"
        policy_arn = "arn:aws:iam::aws:policy/\${var.name}"
      }
    `,
    hcl`
      variable "arns" {}
      resource "aws_iam_role" "r" {
        managed_policy_arns = var.arns
      }
    `,
  ],
  invalid: [
    {
      name: 'wherever policies are attached, in any partition',
      code: hcl`
        data "aws_partition" "here" {}
        data "aws_iam_policy" "admin" {
          name = "AdministratorAccess"
        }
        resource "aws_iam_role" "a" {
          managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"]
        }
        resource "aws_iam_user_policy_attachment" "b" {
          policy_arn = "arn:aws-cn:iam::aws:policy/AdministratorAccess"
        }
        resource "aws_iam_policy_attachment" "c" {
          policy_arn = "arn:\${data.aws_partition.here.partition}:iam::aws:policy/AdministratorAccess"
        }
        resource "aws_ssoadmin_managed_policy_attachment" "d" {
          managed_policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
        }
        resource "aws_iam_group_policy_attachment" "e" {
          policy_arn = data.aws_iam_policy.admin.arn
        }
      `,
      problems: [
        { message: 'attached', at: '6:68-6:113' },
        { message: 'attached', at: '9:16-9:64' },
        { message: 'attached', at: '12:16-12:94' },
        { message: 'attached', at: '15:24-15:69' },
        { message: 'attached', at: '18:16-18:45' },
      ],
      output: null,
    },
  ],
})
