import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-iam-full-access.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_iam_role_policy_attachment" "a" {
        policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "full" { type = bool }
      resource "aws_iam_role_policy_attachment" "a" {
        policy_arn = var.full ? "arn:aws:iam::aws:policy/IAMFullAccess" : "arn:aws:iam::aws:policy/IAMReadOnlyAccess"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_iam_group_policy_attachment" "a" {
          policy_arn = "arn:aws:iam::aws:policy/IAMFullAccess"
        }
      `,
      problems: [{ message: 'attached', at: '2:16-2:55' }],
      output: null,
    },
  ],
})
