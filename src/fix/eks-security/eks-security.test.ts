import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../rules/index.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

const OWN = RULES.filter(({ id }) => fixer.covers.includes(id))
const ALL = [...OWN, ...RULES.filter(({ id }) => id.startsWith('kms-'))]
const VALUES: FixValues = { adminCidrs: ['203.0.113.0/24', '198.51.100.7/32'] }

function planned(
  files: Record<string, string>,
  approve: 'none' | 'C' | 'B',
  values: FixValues = VALUES,
  rules: readonly Rule[] = ALL,
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

async function fixed(
  files: Record<string, string>,
  values: FixValues = VALUES,
  rules: readonly Rule[] = ALL,
): Promise<Record<string, string>> {
  const plan = planned(files, 'B', values, rules)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)).toEqual([])
  expect(plan.held).toEqual([])
  expect(plan.after.result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  const after = Object.fromEntries(plan.files)
  for (const [path, text] of Object.entries(after)) {
    if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
  }
  expect(planned(after, 'B', values, rules).changes).toEqual([])
  return after
}

const only = (...ids: string[]): Rule[] => RULES.filter(({ id }) => ids.includes(id))

const CLUSTER = `resource "aws_eks_cluster" "main" {
  name     = "shop"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  enabled_cluster_log_types = ["api"] # for now

  vpc_config {
    subnet_ids              = ["subnet-1", "subnet-2"]
    endpoint_private_access = false
    endpoint_public_access  = true # office
    public_access_cidrs     = ["0.0.0.0/0"]
  }
}
`

describe('a cluster', () => {
  test('everything released', async () => {
    expect(await fixed({ 'eks.tf': CLUSTER })).toMatchSnapshot()
  })

  test('what is released without approval, with C, and with B', () => {
    const none = planned({ 'eks.tf': CLUSTER }, 'none')
    expect(none.applied.map(({ judged: { finding } }) => `${finding.rank} ${finding.ruleId}`).toSorted()).toEqual([
      'D eks-private-access',
      'E eks-control-plane-logs',
    ])
    expect(none.held.map(({ finding }) => `${finding.rank} ${finding.ruleId}`).toSorted()).toEqual([
      'B eks-private-endpoint',
      'B eks-secrets-encryption',
      'C eks-no-public-cidr',
    ])
    const text = planned({ 'eks.tf': CLUSTER }, 'C').files.get('eks.tf')
    expect(text).toContain('public_access_cidrs     = ["203.0.113.0/24", "198.51.100.7/32"]')
    expect(text).toContain('endpoint_public_access  = true # office')
  })

  test('networks are needed, and the internet is none', () => {
    for (const adminCidrs of [undefined, [], ['0.0.0.0/0'], ['203.0.113.0/24', '::/0']]) {
      const plan = planned(
        { 'eks.tf': CLUSTER },
        'C',
        { ...(adminCidrs !== undefined && { adminCidrs }) },
        only('eks-no-public-cidr'),
      )
      expect(plan.changes).toEqual([])
      expect(plan.held[0]?.remedy).toMatchObject({ assessment: { needs: [{ key: 'values.adminCidrs' }] } })
    }
  })

  test('restricting the public endpoint opens the private one for the nodes', async () => {
    const after = await fixed(
      { 'eks.tf': 'resource "aws_eks_cluster" "main" {\n  vpc_config {\n    subnet_ids = []\n  }\n}\n' },
      VALUES,
      only('eks-no-public-cidr'),
    )
    expect(after['eks.tf']).toMatchSnapshot()
  })

  test('a key that is kept for it is used, also one that secops.yaml names', async () => {
    const key = `resource "aws_kms_key" "eks" {
  description         = "EKS"
  enable_key_rotation = true
}
`
    const after = await fixed({ 'eks.tf': `${CLUSTER}\n${key}` }, VALUES, only('eks-secrets-encryption'))
    expect(after['eks.tf']).toContain('key_arn = aws_kms_key.eks.arn')
    expect(Object.keys(after)).toEqual(['eks.tf'])
    const named = await fixed(
      { 'eks.tf': CLUSTER },
      { kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k' },
      only('eks-secrets-encryption'),
    )
    expect(named['eks.tf']).toContain('key_arn = "arn:aws:kms:eu-west-1:111122223333:key/k"')
  })

  test('instances, variables, modules and JSON', async () => {
    const after = await fixed(
      {
        'main.tf': 'module "one" {\n  source = "./m"\n  logs   = ["audit"]\n  public = true\n}\n',
        'm/main.tf': `variable "logs" {
  type    = list(string)
  default = []
}

variable "public" {
  default = true
}

variable "cidrs" {
  default = ["0.0.0.0/0"]
}

resource "aws_eks_cluster" "c" {
  for_each = toset(["a", "b"])

  name                      = each.key
  enabled_cluster_log_types = var.logs

  vpc_config {
    subnet_ids             = []
    endpoint_public_access = var.public
    public_access_cidrs    = var.cidrs
  }
}
`,
        'json/eks.tf.json':
          '{\n  "resource": {\n    "aws_eks_cluster": {\n      "j": {\n        "name": "j",\n        "vpc_config": {\n          "public_access_cidrs": ["0.0.0.0/0"]\n        }\n      }\n    }\n  }\n}\n',
      },
      VALUES,
      only('eks-control-plane-logs', 'eks-no-public-cidr', 'eks-private-access'),
    )
    expect(after).toMatchSnapshot()
  })

  test('lists on several lines keep their lines and comments', async () => {
    for (const [list, expected] of [
      [
        '[\n    "api",   # why\n    "audit", # because\n  ]',
        '[\n    "api",   # why\n    "audit", # because\n    "authenticator",\n    "controllerManager",\n    "scheduler",\n  ]',
      ],
      [
        '[\n    "api",\n    "audit"\n  ]',
        '[\n    "api",\n    "audit",\n    "authenticator",\n    "controllerManager",\n    "scheduler"\n  ]',
      ],
      ['[]', '["api", "audit", "authenticator", "controllerManager", "scheduler"]'],
    ] as const) {
      const text = CLUSTER.replace('["api"] # for now', list)
      const after = await fixed({ 'eks.tf': text }, VALUES, only('eks-control-plane-logs'))
      expect(after['eks.tf']).toBe(text.replace(list, expected))
    }
  })
})

describe('refusals', () => {
  test.each([
    [
      'a dynamic block',
      'resource "aws_eks_node_group" "a" {\n  dynamic "remote_access" {\n    for_each = [1]\n    content {\n      ec2_ssh_key = "k"\n    }\n  }\n}\n',
      'eks-node-group-ssh',
      'not written as one block',
    ],
    [
      'other encryption',
      'resource "aws_eks_cluster" "a" {\n  encryption_config {\n    resources = []\n    provider {\n      key_arn = "k"\n    }\n  }\n}\n',
      'eks-secrets-encryption',
      'cannot be changed',
    ],
    [
      'an old version',
      'resource "aws_eks_cluster" "a" {\n  version = "1.21"\n}\n',
      'eks-supported-version',
      'one minor version at a time',
    ],
  ])('%s', (_, text, rule, reason) => {
    const plan = planned({ 'eks.tf': text }, 'B', VALUES, only(rule))
    expect(plan.changes).toEqual([])
    expect(plan.refused.map((refusal) => refusal.reason)).toEqual([expect.stringContaining(reason)])
  })
})

test('SSH goes from nodes', async () => {
  const text = `resource "aws_eks_node_group" "n" {
  cluster_name = "shop"

  remote_access {
    ec2_ssh_key = "ops"
  }

  scaling_config {
    desired_size = 1
  }
}
`
  const after = await fixed({ 'eks.tf': text })
  expect(after['eks.tf']).toBe(text.replace('  remote_access {\n    ec2_ssh_key = "ops"\n  }\n\n', ''))
  expect(planned({ 'eks.tf': text }, 'C').held[0]?.finding.rank).toBe('B')
})

const attributeOf = (name: string, ...values: string[]): fc.Arbitrary<string> =>
  fc.constantFrom('', ...values.map((value) => `    ${name} = ${value}\n`))
const project = fc
  .record({
    head: fc.constantFrom('', '  count = 2\n\n', '  for_each = toset(["a"])\n\n', '  provider = aws.x\n\n'),
    logs: fc.constantFrom(
      '',
      '  enabled_cluster_log_types = ["scheduler"]\n',
      '  enabled_cluster_log_types = var.logs\n',
      '  enabled_cluster_log_types = [\n    "api", # x\n  ]\n',
    ),
    inside: attributeOf('endpoint_private_access', 'true', 'false # x', 'var.off', '!var.on'),
    outside: attributeOf('endpoint_public_access', 'true', 'var.on'),
    cidrs: attributeOf('public_access_cidrs', '["0.0.0.0/0"]', 'var.cidrs', '["0.0.0.0/1", "128.0.0.0/1"]'),
    eol: fc.constantFrom('\n', '\r\n'),
    final: fc.boolean(),
  })
  .map(({ head, logs, inside, outside, cidrs, eol, final }) => {
    const text =
      'variable "on" {\n  default = true\n}\n\nvariable "off" {\n  default = false\n}\n\nvariable "logs" {\n  default = ["api"]\n}\n\nvariable "cidrs" {\n  default = ["0.0.0.0/0"] # all\n}\n\nprovider "aws" {\n  alias = "x"\n}\n\n' +
      `resource "aws_eks_cluster" "c" {\n${head}  name = "c"\n${logs}\n  vpc_config {\n    subnet_ids = []\n${inside}${outside}${cidrs}  }\n}\n`
    const ended = text.replaceAll('\n', eol)
    return final ? ended : ended.slice(0, -eol.length)
  })

test('any cluster: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...OWN], { minLength: 1 }), async (text, some) => {
      const after = await fixed({ 'main.tf': text })
      const part = planned({ 'main.tf': text }, 'B', VALUES, some)
      expect(part.after.result.findings).toEqual([])
      expect(after['main.tf']).not.toMatch(text.includes('\r\n') ? /[^\r]\n/ : /\r/)
    }),
    { numRuns: 100 },
  )
}, 120_000)
