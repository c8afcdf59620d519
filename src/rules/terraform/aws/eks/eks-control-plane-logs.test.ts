import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-control-plane-logs.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_eks_cluster" "a" {
        enabled_cluster_log_types = ["scheduler", "api", "audit", "authenticator", "controllerManager"]
      }
    `,
  ],
  undecided: [
    hcl`
      variable "logs" {}
      resource "aws_eks_cluster" "a" {
        enabled_cluster_log_types = concat(["api"], var.logs)
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_eks_cluster" "a" {
          enabled_cluster_log_types = ["api", "audit"] # cheaper
        }
        resource "aws_eks_cluster" "b" {
          name = "b"
        }
      `,
      problems: [
        { message: 'missing', at: '2:31-2:47', data: { types: 'authenticator, controllerManager, scheduler' } },
        {
          message: 'missing',
          at: '4:1-4:31',
          data: { types: 'api, audit, authenticator, controllerManager, scheduler' },
        },
      ],
      output: null,
    },
    {
      name: 'a list from elsewhere is not edited',
      code: hcl`
        variable "logs" {
          default = ["api"]
        }
        resource "aws_eks_cluster" "a" {
          enabled_cluster_log_types = var.logs
        }
      `,
      problems: [{ message: 'missing', at: '2:13-2:20' }],
      output: null,
    },
  ],
})
