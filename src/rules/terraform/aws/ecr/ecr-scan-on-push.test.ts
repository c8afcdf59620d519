import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecr-scan-on-push.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecr_repository" "a" {
        image_scanning_configuration {
          scan_on_push = true
        }
      }
    `,
    {
      name: 'the whole registry is scanned',
      code: hcl`
        resource "aws_ecr_registry_scanning_configuration" "all" {
          scan_type = "ENHANCED"
          rule {
            scan_frequency = "CONTINUOUS_SCAN"
            repository_filter {
              filter      = "*"
              filter_type = "WILDCARD"
            }
          }
        }
        resource "aws_ecr_repository" "a" {}
      `,
    },
  ],
  undecided: [
    hcl`
      variable "scan" {}
      resource "aws_ecr_repository" "a" {
        image_scanning_configuration {
          scan_on_push = var.scan
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'also if a part of the registry is scanned',
      code: hcl`
        resource "aws_ecr_registry_scanning_configuration" "some" {
          rule {
            scan_frequency = "SCAN_ON_PUSH"
            repository_filter {
              filter = "prod-*"
            }
          }
        }
        resource "aws_ecr_repository" "a" {
          name = "app"
        }
        resource "aws_ecr_repository" "b" {
          image_scanning_configuration {
            scan_on_push = false
          }
        }
      `,
      problems: [
        { message: 'wrong', at: '9:1-9:34' },
        { message: 'wrong', at: '14:20-14:25' },
      ],
      output: hcl`
        resource "aws_ecr_registry_scanning_configuration" "some" {
          rule {
            scan_frequency = "SCAN_ON_PUSH"
            repository_filter {
              filter = "prod-*"
            }
          }
        }
        resource "aws_ecr_repository" "a" {
          name = "app"

          image_scanning_configuration {
            scan_on_push = true
          }
        }
        resource "aws_ecr_repository" "b" {
          image_scanning_configuration {
            scan_on_push = true
          }
        }
      `,
    },
  ],
})
