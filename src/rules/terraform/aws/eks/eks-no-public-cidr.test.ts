import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './eks-no-public-cidr.ts'

testRule(rule, {
  valid: [
    {
      name: 'closed, or for named networks',
      code: hcl`
        resource "aws_eks_cluster" "a" {
          vpc_config {
            endpoint_public_access = false
          }
        }
        resource "aws_eks_cluster" "b" {
          vpc_config {
            public_access_cidrs = ["203.0.113.0/24"]
          }
        }
      `,
    },
    {
      name: 'the validation of the variable refuses the internet',
      code: hcl`
        variable "admins" {
          type = list(string)
          validation {
            condition     = !contains(var.admins, "0.0.0.0/0")
            error_message = "Not everyone."
          }
        }
        resource "aws_eks_cluster" "a" {
          vpc_config {
            public_access_cidrs = var.admins
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "admins" {
        type = list(string)
      }
      resource "aws_eks_cluster" "a" {
        vpc_config {
          public_access_cidrs = var.admins
        }
      }
    `,
    {
      name: 'whether there is a public endpoint is not known',
      code: hcl`
        variable "public" {}
        resource "aws_eks_cluster" "a" {
          vpc_config {
            endpoint_public_access = var.public
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'said, left out, or in halves',
      code: hcl`
        resource "aws_eks_cluster" "a" {
          vpc_config {
            public_access_cidrs = ["203.0.113.0/24", "0.0.0.0/0"]
          }
        }
        resource "aws_eks_cluster" "b" {
          vpc_config {
            subnet_ids = []
          }
        }
        resource "aws_eks_cluster" "c" {
          vpc_config {
            public_access_cidrs = ["0.0.0.0/1", "128.0.0.0/1"]
          }
        }
      `,
      problems: [
        { message: 'open', at: '3:46-3:57' },
        { message: 'open', at: '6:1-6:31' },
        { message: 'open', at: '13:28-13:39' },
      ],
      output: null,
    },
  ],
})
