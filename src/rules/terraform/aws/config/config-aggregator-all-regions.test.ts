import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './config-aggregator-all-regions.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_config_configuration_aggregator" "a" {
        account_aggregation_source {
          account_ids = ["123456789012"]
          all_regions = true
        }
      }
    `,
  ],
  undecided: [
    hcl`
      variable "everywhere" {}
      resource "aws_config_configuration_aggregator" "a" {
        organization_aggregation_source {
          all_regions = var.everywhere
        }
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_config_configuration_aggregator" "a" {
          organization_aggregation_source {
            role_arn    = "arn:aws:iam::123456789012:role/config"
            all_regions = false
          }
        }
      `,
      problems: [{ message: 'wrong', at: '4:19-4:24' }],
      output: hcl`
        resource "aws_config_configuration_aggregator" "a" {
          organization_aggregation_source {
            role_arn    = "arn:aws:iam::123456789012:role/config"
            all_regions = true
          }
        }
      `,
    },
    {
      name: 'a list of regions is for people to give up',
      code: hcl`
        resource "aws_config_configuration_aggregator" "a" {
          account_aggregation_source {
            account_ids = ["123456789012"]
            regions     = ["eu-west-1"]
          }
        }
      `,
      problems: [{ message: 'wrong', at: '2:3-2:29' }],
      output: null,
    },
  ],
})
