import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './user-data-no-secrets.ts'

testRule(rule, {
  valid: [
    {
      name: 'fetched when it starts, or given',
      code: hcl`
        variable "token" {}
        resource "aws_instance" "a" {
          user_data = <<-EOT
            #!/bin/bash
            export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)
            export API_TOKEN="\${var.token}"
            export OTHER_PASSWORD="$DB_PASSWORD"
            LOG_LEVEL=debug
          EOT
        }
        resource "aws_instance" "b" {
          user_data = var.token
        }
        resource "aws_instance" "windows" {
          user_data = <<-EOT
            <powershell>
            $token = Invoke-RestMethod -Method PUT -Uri http://169.254.169.254/latest/api/token
            [string]$password = Get-Content C:\\boot\\password.txt
            </powershell>
          EOT
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'in a heredoc, each where it is written',
      code: hcl`
        variable "name" {}
        resource "aws_instance" "a" {
          user_data = <<-EOT
            #!/bin/bash
            echo \${var.name}
            export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
            export DB_PASSWORD="hunter2-hunter2" # later
          EOT
        }
      `,
      problems: [
        { message: 'literal', at: '6:30-6:50', data: { name: 'AWS access key' } },
        { message: 'literal', at: '7:25-7:40', data: { name: 'DB_PASSWORD' } },
      ],
      output: null,
    },
    {
      name: 'encoded, quoted, and read from a file',
      code: {
        'main.tf': [
          'resource "aws_launch_template" "a" {',
          '  user_data = base64encode("mysql --password=hunter2-hunter2\\n")',
          '}',
          'resource "aws_launch_configuration" "b" {',
          '  user_data = file("init.sh")',
          '}',
          'resource "aws_instance" "c" {',
          '  user_data_base64 = "ZXhwb3J0IFRPS0VOPWFiY2RlZjEyMzQ1Ngo="',
          '}',
          '',
        ].join('\n'),
        'init.sh': 'STRIPE_SECRET=abcdefgh-1234\n',
      },
      problems: [
        { message: 'literal', at: '2:46-2:61', data: { name: 'password' } },
        { message: 'literal', at: '5:15-5:30', data: { name: 'STRIPE_SECRET' } },
        { message: 'literal', at: '8:22-8:60', data: { name: 'TOKEN' } },
      ],
      output: null,
    },
  ],
})
