import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './redshift-encrypted.ts'

testRule(rule, {
  valid: [
    {
      name: 'the default of version 6',
      code: hcl`
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 6.2"
            }
          }
        }
        resource "aws_redshift_cluster" "a" {}
      `,
    },
    hcl`
      resource "aws_redshift_cluster" "a" {
        encrypted = true
      }
    `,
  ],
  undecided: [
    {
      name: 'any version of the provider',
      code: hcl`
        resource "aws_redshift_cluster" "a" {
          cluster_identifier = "a"
        }
      `,
    },
    {
      name: 'restored from a snapshot',
      code: hcl`
        resource "aws_redshift_cluster" "a" {
          snapshot_identifier = "before"
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'the default of version 5, and false',
      code: hcl`
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = ">= 4.0, < 6.0"
            }
          }
        }
        resource "aws_redshift_cluster" "a" {
          cluster_identifier = "a"
        }
        resource "aws_redshift_cluster" "b" {
          encrypted = false
        }
      `,
      problems: [
        { message: 'wrong', at: '9:1-9:36' },
        { message: 'wrong', at: '13:15-13:20' },
      ],
      output: null,
    },
  ],
})
