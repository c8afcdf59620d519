import { hcl, testRule } from '../../../testing/index.ts'
import rule from './module-version-pinned.ts'

testRule(rule, {
  valid: [
    {
      name: 'versions, tags, commits and folders',
      code: {
        'main.tf':
          'module "a" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "5.1.2"\n}\n' +
          'module "b" {\n  source  = "app.terraform.io/example/vpc/aws"\n  version = "~> 5.1"\n}\n' +
          'module "c" {\n  source = "git::https://example.com/vpc.git?ref=vpc/v1.2.0"\n}\n' +
          'module "d" {\n  source = "github.com/example/vpc?ref=0123456789abcdef0123456789abcdef01234567"\n}\n' +
          'module "e" {\n  source = "./network"\n}\n' +
          'module "f" {\n  source  = "hashicorp/consul/aws"\n  version = ">= 1.0, < 2.0"\n}\n' +
          'module "g" {\n  source = "s3::https://s3.amazonaws.com/modules/vpc.zip"\n}\n',
        'network/main.tf': '',
      },
    },
  ],
  invalid: [
    {
      code: hcl`
        module "a" {
          source = "terraform-aws-modules/vpc/aws"
        }
        module "b" {
          source  = "terraform-aws-modules/vpc/aws"
          version = ">= 5.0"
        }
        module "c" {
          source = "git::https://example.com/vpc.git"
        }
        module "d" {
          source = "git::https://example.com/vpc.git?ref=main"
        }
      `,
      problems: [
        { message: 'unversioned', at: '2:12-2:43' },
        { message: 'open', at: '6:13-6:21' },
        { message: 'unversioned', at: '9:12-9:46' },
        { message: 'branch', at: '12:12-12:55' },
      ],
      output: null,
    },
  ],
})
