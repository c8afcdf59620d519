import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './docdb-encrypted.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_docdb_cluster" "a" {
        storage_encrypted = true
      }
    `,
  ],
  undecided: [
    hcl`
      resource "aws_docdb_cluster" "a" {
        snapshot_identifier = "before"
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_docdb_cluster" "a" {
          storage_encrypted = false
        }
        resource "aws_docdb_cluster" "b" {
          engine = "docdb"
        }
      `,
      problems: [
        { message: 'wrong', at: '2:23-2:28' },
        { message: 'wrong', at: '4:1-4:33' },
      ],
      output: hcl`
        resource "aws_docdb_cluster" "a" {
          storage_encrypted = true
        }
        resource "aws_docdb_cluster" "b" {
          engine = "docdb"

          storage_encrypted = true
        }
      `,
    },
  ],
})
