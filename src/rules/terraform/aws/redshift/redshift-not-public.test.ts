import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './redshift-not-public.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_redshift_cluster" "a" {
        publicly_accessible = false
      }
    `,
  ],
  undecided: [
    hcl`
      resource "aws_redshift_cluster" "a" {}
    `,
  ],
  invalid: [
    {
      name: 'said, or the default of version 5',
      code: hcl`
        terraform {
          required_providers {
            aws = "~> 5.0"
          }
        }
        resource "aws_redshift_cluster" "a" {
          publicly_accessible = true
        }
        resource "aws_redshift_cluster" "b" {
          cluster_identifier = "b"
        }
      `,
      problems: [
        { message: 'wrong', at: '7:25-7:29' },
        { message: 'wrong', at: '9:1-9:36' },
      ],
      output: null,
    },
  ],
})
