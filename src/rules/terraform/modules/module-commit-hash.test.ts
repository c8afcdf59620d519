import { hcl, testRule } from '../../../testing/index.ts'
import rule from './module-commit-hash.ts'

testRule(rule, {
  valid: [
    {
      name: 'a commit, the registry, and a folder',
      code: {
        'main.tf':
          'module "a" {\n  source = "git::https://example.com/vpc.git?ref=0123456789abcdef0123456789abcdef01234567"\n}\n' +
          'module "b" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n' +
          'module "c" {\n  source = "./network"\n}\n',
        'network/main.tf': '',
      },
    },
  ],
  invalid: [
    {
      name: 'branches and tags can be moved',
      code: hcl`
        module "a" {
          source = "git::ssh://git@example.com/vpc.git//modules/vpc?depth=1&ref=v1.2.0"
        }
        module "b" {
          source = "github.com/example/vpc"
        }
        module "c" {
          source = "git@github.com:example/vpc.git?ref=main"
        }
      `,
      problems: [
        { message: 'movable', at: '2:12-2:80', data: { ref: 'v1.2.0' } },
        { message: 'unpinned', at: '5:12-5:36' },
        { message: 'movable', at: '8:12-8:53', data: { ref: 'main' } },
      ],
      output: null,
    },
  ],
})
