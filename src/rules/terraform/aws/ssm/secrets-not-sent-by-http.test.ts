import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './secrets-not-sent-by-http.ts'

testRule(rule, {
  valid: [
    {
      name: 'a request without secrets, and one that is given',
      code: hcl`
        data "http" "ip" {
          url = "https://checkip.example.com"
        }
        variable "url" {}
        data "http" "given" {
          url = var.url
        }
        resource "aws_ssm_parameter" "p" {}
        data "http" "named" {
          url = "https://example.com/\${aws_ssm_parameter.p.name}"
        }
      `,
    },
  ],
  invalid: [
    {
      code: hcl`
        data "aws_ssm_parameter" "token" {
          name = "/token"
        }
        resource "aws_secretsmanager_secret_version" "s" {}
        data "http" "a" {
          url = "http://example.com/?t=\${data.aws_ssm_parameter.token.value}"
        }
        data "http" "b" {
          url = "https://example.com"
          request_headers = {
            Authorization = aws_secretsmanager_secret_version.s.secret_string
          }
        }
      `,
      problems: [
        { message: 'sent', at: '6:9-6:70', data: { source: 'data.aws_ssm_parameter.token' } },
        { message: 'sent', at: '10:21-12:4', data: { source: 'aws_secretsmanager_secret_version.s' } },
      ],
      output: null,
    },
  ],
})
