import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './security-group-no-public-ssh.ts'

/** A module with a variable that has neither default nor value. */
function ingressFrom(variable: string, cidrs: string): string {
  return `${variable}\nresource "aws_security_group" "s" {
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ${cidrs}
  }
}
`
}

const VALIDATED = `variable "office" {
  type = string
  validation {
    condition     = !contains(["0.0.0.0/0", "::/0"], var.office)
    error_message = "Not the internet."
  }
}`

const VALIDATED_LIST = `variable "office" {
  type     = list(string)
  nullable = false
  validation {
    condition     = !contains(var.office, "0.0.0.0/0")
    error_message = "Not the internet."
  }
}`

const LENGTH_ONLY = `variable "office" {
  type = list(string)
  validation {
    condition     = length(var.office) > 1
    error_message = "Two at least."
  }
}`

testRule(rule, {
  valid: [
    {
      name: 'another port of the same group',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
    {
      name: 'UDP, ICMP and traffic out are something else',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "udp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          ingress {
            from_port   = 8
            to_port     = 0
            protocol    = "icmp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          egress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_security_group_rule" "out" {
          type        = "egress"
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
    },
    {
      name: 'other groups, the group itself and private networks',
      code: hcl`
        resource "aws_security_group" "bastion" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port       = 22
            to_port         = 22
            protocol        = "tcp"
            self            = true
            security_groups = [aws_security_group.bastion.id]
            cidr_blocks     = ["10.0.0.0/8", "203.0.113.7/32"]
          }
        }
        resource "aws_vpc_security_group_ingress_rule" "s" {
          security_group_id            = aws_security_group.s.id
          referenced_security_group_id = aws_security_group.bastion.id
          from_port                    = 22
          to_port                      = 22
          ip_protocol                  = "tcp"
        }
      `,
    },
    {
      name: 'ranges of networks and addresses that are known only after apply',
      code: hcl`
        resource "aws_vpc" "v" {
          ipv4_ipam_pool_id = "ipam-pool-1"
        }
        resource "aws_eip" "vpn" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = [aws_vpc.v.cidr_block, "\${aws_eip.vpn.public_ip}/32"]
          }
        }
      `,
    },
    {
      name: 'the validation of a variable refuses the internet',
      code: { 'main.tf': ingressFrom(VALIDATED, '[var.office]') },
    },
    { name: 'the validation of a list does', code: { 'main.tf': ingressFrom(VALIDATED_LIST, 'var.office') } },
    {
      name: 'a port that is not known does not matter behind a closed source',
      code: hcl`
        variable "port" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = var.port
            to_port     = var.port
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8"]
          }
        }
      `,
    },
    {
      name: 'none of the ports it may be is 22',
      code: hcl`
        variable "tls" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = var.tls ? 443 : 80
            to_port     = var.tls ? 443 : 80
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
    {
      name: 'prefix lists: one declared here, one of AWS',
      code: hcl`
        resource "aws_ec2_managed_prefix_list" "office" {
          name           = "office"
          address_family = "IPv4"
          max_entries    = 1
          entry {
            cidr = "203.0.113.0/24"
          }
        }
        data "aws_ec2_managed_prefix_list" "connect" {
          name = "com.amazonaws.eu-west-1.ec2-instance-connect"
        }
        resource "aws_vpc_security_group_ingress_rule" "office" {
          prefix_list_id = aws_ec2_managed_prefix_list.office.id
          from_port      = 22
          to_port        = 22
          ip_protocol    = "tcp"
        }
        resource "aws_security_group" "s" {
          ingress {
            from_port       = 22
            to_port         = 22
            protocol        = "tcp"
            prefix_list_ids = [data.aws_ec2_managed_prefix_list.connect.id]
          }
        }
      `,
    },
    {
      name: 'the lists of services of AWS, however they are looked up',
      code: hcl`
        data "aws_region" "here" {}
        data "aws_ec2_managed_prefix_list" "s3" {
          name = "com.amazonaws.\${data.aws_region.here.region}.s3"
        }
        data "aws_ec2_managed_prefix_list" "dynamodb" {
          filter {
            name   = "prefix-list-name"
            values = ["com.amazonaws.\${data.aws_region.here.region}.dynamodb"]
          }
        }
        data "aws_prefix_list" "s3" {
          prefix_list_id = "pl-1"
        }
        resource "aws_vpc_endpoint" "s3" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port = 22
            to_port   = 22
            protocol  = "tcp"
            prefix_list_ids = [
              data.aws_ec2_managed_prefix_list.s3.id,
              data.aws_ec2_managed_prefix_list.dynamodb.id,
              data.aws_prefix_list.s3.id,
              aws_vpc_endpoint.s3.prefix_list_id,
            ]
          }
        }
      `,
    },
    {
      name: 'no rules at all',
      code: hcl`
        resource "aws_default_security_group" "d" {
          ingress = []
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a list that is looked up by a name of its own',
      code: hcl`
        data "aws_ec2_managed_prefix_list" "office" {
          filter {
            name   = "prefix-list-name"
            values = ["office"]
          }
        }
        resource "aws_security_group" "s" {
          ingress {
            from_port       = 22
            to_port         = 22
            protocol        = "tcp"
            prefix_list_ids = [data.aws_ec2_managed_prefix_list.office.id]
          }
        }
      `,
    },
    { name: 'a variable without default', code: { 'main.tf': ingressFrom('variable "office" {}', '[var.office]') } },
    { name: 'a list variable without default', code: { 'main.tf': ingressFrom('variable "office" {}', 'var.office') } },
    { name: 'a validation about something else', code: { 'main.tf': ingressFrom(LENGTH_ONLY, 'var.office') } },
    {
      name: 'one of two sources is the internet',
      code: { 'main.tf': ingressFrom('variable "open" {}', '[var.open ? "0.0.0.0/0" : "10.0.0.0/8"]') },
    },
    {
      name: 'a port that is not known',
      code: hcl`
        variable "port" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = var.port
            to_port     = var.port
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
    {
      name: 'a protocol that is not known, and may be every one',
      code: hcl`
        variable "protocol" {}
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 443
            to_port     = 443
            protocol    = var.protocol
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      `,
    },
    {
      name: 'a dynamic block over an unknown collection',
      code: hcl`
        variable "ports" {}
        resource "aws_security_group" "s" {
          dynamic "ingress" {
            for_each = var.ports
            content {
              from_port   = 22
              to_port     = 22
              protocol    = "tcp"
              cidr_blocks = ["0.0.0.0/0"]
            }
          }
        }
      `,
    },
    {
      name: 'rules as one unknown attribute',
      code: hcl`
        variable "rules" {}
        resource "aws_security_group" "s" {
          ingress = var.rules
        }
      `,
    },
    {
      name: 'a prefix list that is only named',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port       = 22
            to_port         = 22
            protocol        = "tcp"
            prefix_list_ids = ["pl-0123456789abcdef0"]
          }
        }
      `,
    },
    {
      name: 'a rule whose direction is not known',
      code: hcl`
        variable "type" {}
        resource "aws_security_group_rule" "s" {
          type        = var.type
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'each rule by itself, at its own source',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]
          }
          ingress {
            from_port        = "20"
            to_port          = "25"
            protocol         = "6"
            ipv6_cidr_blocks = ["::/0"]
          }
        }
      `,
      problems: [
        { message: 'public', at: '6:34-6:45', data: { cidr: '0.0.0.0/0', ports: 'SSH (22)' } },
        { message: 'public', at: '12:25-12:31', data: { cidr: '::/0', ports: 'SSH (22)' } },
      ],
      output: null,
    },
    {
      name: 'every protocol, in its three spellings and resources',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 0
            to_port     = 0
            protocol    = -1
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
        resource "aws_security_group_rule" "r" {
          type             = "ingress"
          from_port        = 443
          to_port          = 443
          protocol         = "all"
          ipv6_cidr_blocks = ["0::0/0"]
        }
        resource "aws_vpc_security_group_ingress_rule" "v" {
          ip_protocol = "-1"
          cidr_ipv6   = "::/0"
        }
      `,
      problems: [
        { message: 'public', at: '6:20-6:31' },
        { message: 'public', at: '14:23-14:31' },
        { message: 'public', at: '18:17-18:23' },
      ],
      output: null,
    },
    {
      name: 'the internet in two halves',
      code: hcl`
        resource "aws_security_group_rule" "r" {
          type        = "ingress"
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/1", "128.0.0.0/1"]
        }
      `,
      problems: [{ message: 'public', at: '6:18-6:29' }],
      output: null,
    },
    {
      name: 'attribute as blocks, and the default security group',
      code: hcl`
        resource "aws_default_security_group" "d" {
          ingress = [{
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }]
        }
      `,
      problems: [{ message: 'public', at: '6:20-6:31' }],
      output: null,
    },
    {
      name: 'static blocks beside dynamic ones',
      code: hcl`
        resource "aws_security_group" "s" {
          ingress {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
          dynamic "ingress" {
            for_each = { web = 443, ssh = 22 }
            content {
              from_port        = ingress.value
              to_port          = ingress.value
              protocol         = "tcp"
              ipv6_cidr_blocks = ["::/0"]
            }
          }
        }
      `,
      problems: [
        { message: 'public', at: '6:20-6:31' },
        { message: 'public', at: '14:27-14:33' },
      ],
      output: null,
    },
    {
      name: 'a source that comes from a variable, shown where it is written',
      code: {
        'main.tf': ingressFrom('variable "office" {\n  type = list(string)\n}', 'var.office'),
        'terraform.tfvars': 'office = ["0.0.0.0/0"]\n',
      },
      problems: [{ message: 'public', at: '1:11-1:22', file: 'terraform.tfvars' }],
      output: null,
    },
    {
      name: 'an open source beside an unknown one',
      code: { 'main.tf': ingressFrom('variable "office" {}', '[var.office, "0.0.0.0/0"]') },
      problems: [{ message: 'public' }],
      output: null,
    },
    {
      name: 'an open source added to an unknown list',
      code: { 'main.tf': ingressFrom('variable "office" {}', 'concat(var.office, ["0.0.0.0/0"])') },
      problems: [{ message: 'public' }],
      output: null,
    },
    {
      name: 'one of two calls of a module, shown at its argument',
      code: {
        'main.tf':
          'module "a" {\n  source = "./host"\n  office = ["0.0.0.0/0"]\n}\n' +
          'module "b" {\n  source = "./host"\n  office = ["203.0.113.0/24"]\n}\n',
        'host/main.tf': ingressFrom('variable "office" {}', 'var.office'),
      },
      problems: [{ message: 'public', at: '3:13-3:24', file: 'main.tf' }],
      output: null,
    },
    {
      name: 'one resource for each port, as a string',
      code: hcl`
        resource "aws_security_group_rule" "r" {
          for_each    = toset(["22", "443"])
          type        = "ingress"
          from_port   = each.value
          to_port     = each.value
          protocol    = "TCP"
          cidr_blocks = ["0.0.0.0/0"]
        }
      `,
      problems: [{ message: 'public', at: '7:18-7:29' }],
      output: null,
    },
    {
      name: 'every source that it may have is the internet',
      code: { 'main.tf': ingressFrom('variable "v6" {}', '[var.v6 ? "0.0.0.0/0" : "0.0.0.0/1"]') },
      problems: [{ message: 'public' }],
      output: null,
    },
    {
      name: 'a prefix list that holds the internet',
      code: hcl`
        resource "aws_ec2_managed_prefix_list" "all" {
          name           = "all"
          address_family = "IPv4"
          max_entries    = 1
          entry {
            cidr = "0.0.0.0/0"
          }
        }
        resource "aws_vpc_security_group_ingress_rule" "r" {
          prefix_list_id = aws_ec2_managed_prefix_list.all.id
          from_port      = 22
          to_port        = 22
          ip_protocol    = "tcp"
        }
      `,
      problems: [{ message: 'public', at: '10:20-10:54' }],
      output: null,
    },
    {
      name: 'JSON syntax',
      code: {
        'main.tf.json': JSON.stringify({
          resource: {
            aws_security_group: {
              s: { ingress: { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] } },
            },
          },
        }),
      },
      problems: [{ message: 'public' }],
      output: null,
    },
  ],
})
