import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './transfer-no-ftp.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_transfer_server" "a" {
        protocols = ["SFTP", "FTPS"]
      }
      resource "aws_transfer_server" "b" {}
    `,
  ],
  undecided: [
    hcl`
      variable "protocols" {}
      resource "aws_transfer_server" "a" {
        protocols = var.protocols
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_transfer_server" "a" {
          protocols = ["SFTP", "FTP"]
        }
      `,
      problems: [{ message: 'wrong', at: '2:15-2:30' }],
      output: null,
    },
  ],
})
