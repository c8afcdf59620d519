import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './vpc-peering-route.ts'

testRule(rule, {
  valid: [
    {
      name: 'the range of the peer, and the internet elsewhere',
      code: hcl`
        resource "aws_vpc_peering_connection" "p" {}
        resource "aws_route" "peer" {
          destination_cidr_block    = "10.1.0.0/16"
          vpc_peering_connection_id = aws_vpc_peering_connection.p.id
        }
        resource "aws_route_table" "t" {
          route {
            cidr_block = "0.0.0.0/0"
            gateway_id = "igw-1"
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "range" {}
      resource "aws_route" "peer" {
        destination_cidr_block    = var.range
        vpc_peering_connection_id = "pcx-1"
      }
    `,
    {
      name: 'a peer or not',
      code: hcl`
        variable "peer" {}
        resource "aws_route_table" "t" {
          route {
            cidr_block                = "0.0.0.0/0"
            vpc_peering_connection_id = var.peer
          }
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_vpc_peering_connection" "p" {}
        resource "aws_route" "peer" {
          destination_cidr_block    = "0.0.0.0/0"
          vpc_peering_connection_id = aws_vpc_peering_connection.p.id
        }
        resource "aws_route_table" "t" {
          route {
            ipv6_cidr_block           = "::/0"
            vpc_peering_connection_id = "pcx-1"
          }
        }
      `,
      problems: [
        { message: 'wide', at: '3:31-3:42' },
        { message: 'wide', at: '8:33-8:39' },
      ],
      output: null,
    },
  ],
})
