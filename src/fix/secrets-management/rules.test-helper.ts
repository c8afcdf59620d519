import defaultNamespace from '../../rules/kubernetes/namespaces/k8s-default-namespace.ts'
import plaintext from '../../rules/kubernetes/secrets/k8s-no-plaintext-credentials.ts'
import secretsAsFiles from '../../rules/kubernetes/secrets/k8s-secrets-as-files.ts'
import lambda from '../../rules/terraform/aws/lambda/lambda-no-hardcoded-secrets.ts'
import provider from '../../rules/terraform/aws/provider/provider-no-credentials.ts'
import password from '../../rules/terraform/aws/rds/rds-no-hardcoded-password.ts'
import customerKey from '../../rules/terraform/aws/secretsmanager/secretsmanager-customer-managed-key.ts'
import rotation from '../../rules/terraform/aws/secretsmanager/secretsmanager-rotation.ts'
import userData from '../../rules/terraform/aws/ec2/user-data-no-secrets.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject, type TestProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import fixer from './index.ts'

export const RULES: readonly Rule[] = [
  plaintext,
  secretsAsFiles,
  defaultNamespace,
  lambda,
  provider,
  password,
  userData,
  customerKey,
  rotation,
]

export const CLUSTER = `provider "aws" {
  region = "eu-west-1"
}

locals {
  account_id = "123456789012"
}

resource "aws_eks_cluster" "shop" {
  name = "shop"
}
`

export function plan(
  files: TestProject['files'],
  approve: 'none' | 'C' | 'B' = 'B',
  values: TestProject['values'] = {},
): FixPlan {
  return planProject({ files, rules: RULES, fixers: [fixer], values }, approve)
}

/** Rule and place of what is left that the fixer should have settled. */
export function leaksLeft({ after }: FixPlan): string[] {
  const traded = new Set(['k8s-secrets-as-files', 'secretsmanager-rotation', 'k8s-default-namespace'])
  return after.judged
    .filter(({ finding }) => !traded.has(finding.ruleId))
    .map(({ complaint }) => `${complaint.ruleId}: ${complaint.at.pathText}`)
}

export function refusals({ refused }: FixPlan): string[] {
  return refused
    .filter(({ judged }) => !/k8s-secrets-as-files|default-namespace|rotation/.test(judged.finding.ruleId))
    .map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)
}

export function workload(env: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    spec:
${more}      containers:
        - name: api
          image: shop/api:1
          env:
${env}`
}
