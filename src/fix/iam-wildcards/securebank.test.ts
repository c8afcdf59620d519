import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { expect, test } from 'vitest'
import type { FixValues } from '../fixer.ts'
import { left, planned } from './harness.test-helper.ts'

const root = join(import.meta.dirname, '../../../examples/securebank')
const files = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(root, path)).isFile())
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
)
const IAM = 'infrastructure/terraform/iam.tf'

/** What the people of SecureBank would write: the pipeline pushes images, the deployer rolls them out. */
const VALUES: FixValues = {
  iam: [
    {
      target: 'data.aws_iam_policy_document.ci',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:PutImage', 'ecr:InitiateLayerUpload', 'ecr:UploadLayerPart'],
      resources: ['aws_ecr_repository.app["backend"].arn', 'aws_ecr_repository.app["frontend"].arn'],
    },
    {
      target: 'aws_iam_role_policy_attachment.deployer',
      actions: ['eks:DescribeCluster'],
      resources: ['aws_eks_cluster.main.arn'],
    },
  ],
}

test('without approval only the one topic is named', () => {
  const plan = planned(files, 'none', VALUES)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.applied.map(({ judged }) => judged.finding.resource.address)).toEqual([
    'aws_iam_role_policy.backend',
    'aws_iam_role_policy.backend',
  ])
  expect(plan.changes.map(({ path }) => path)).toEqual([IAM])
})

test('with approval B and values only what people decide is left, and a second run changes nothing', async () => {
  const plan = planned(files, 'B', VALUES)
  expect(plan.applied.length + plan.held.length + plan.refused.length).toBe(plan.before.result.findings.length)
  expect(left(plan).map((line) => line.split(':')[0])).toEqual(['iam-no-user-policies', 'iam-no-users'])
  expect(plan.after.result.findings.map(({ ruleId }) => ruleId).toSorted()).toEqual([
    'iam-no-user-policies',
    'iam-no-users',
  ])
  for (const { path, after } of plan.changes) await expect(parse(path, after ?? '')).resolves.toBeTruthy()
  expect(planned(Object.fromEntries(plan.files), 'B', VALUES).changes).toEqual([])
})

test('with approval B and no values the administrators are held, with the key that is missing', () => {
  const plan = planned(files, 'B')
  expect(new Set(plan.held.map(({ finding }) => finding.resource.address))).toEqual(
    new Set(['data.aws_iam_policy_document.ci', 'aws_iam_role_policy_attachment.deployer']),
  )
  for (const { remedy } of plan.held) {
    expect(remedy.kind === 'fixer' ? remedy.assessment.needs : []).toMatchObject([{ key: 'values.iam' }])
  }
})
