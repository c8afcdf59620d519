import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AS_OF, makeProject, secops, secopsJson } from './harness.ts'
import { PRIVILEGED_POD } from './samples.ts'

const COMPLY = z.looseObject({
  scores: z.looseObject({ strict: z.number(), progress: z.number(), coverage: z.number() }),
  projection: z.array(
    z.looseObject({
      fixer: z.string(),
      approve: z.string(),
      needs: z.array(z.unknown()),
      scores: z.object({ strict: z.number(), progress: z.number(), coverage: z.number() }),
    }),
  ),
})

const TERRAFORM = `resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}

resource "aws_kms_key" "data" {
  description         = "data"
  enable_key_rotation = false
}

resource "aws_cloudwatch_log_group" "app" {
  name              = "/acme/app"
  retention_in_days = 7
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_security_group" "admin" {
  description = "Administration"
  vpc_id      = aws_vpc.main.id

  ingress {
    description = "SSH"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
`

describe('the projection', () => {
  const project = makeProject({
    'main.tf': TERRAFORM,
    'pod.yaml': PRIVILEGED_POD,
    'secops.yaml': 'version: 1\nvalues: {adminCidrs: [203.0.113.0/24], logBucket: acme-logs, retentionDays: 365}\n',
  })
  const comply = (): z.infer<typeof COMPLY> =>
    COMPLY.parse(secopsJson(['comply', project, '--framework', 'pci-dss-3.2.1', ...AS_OF]))

  test('promises, step by step, exactly the scores that running the step gives', { timeout: 120_000 }, () => {
    const { projection } = comply()
    expect(new Set(projection.map(({ approve }) => approve))).toEqual(new Set(['none', 'B']))
    expect(projection.length).toBeGreaterThan(4)
    for (const { fixer, approve, scores } of projection) {
      const approval = approve === 'none' ? [] : ['--approve', approve]
      expect(secops(['fix', project, '--fixer', fixer, ...approval, '--fail-on', 'none', ...AS_OF]).status).toBe(0)
      const { strict, progress, coverage } = comply().scores
      expect({ fixer, approve, strict, progress, coverage }).toEqual({ fixer, approve, ...scores })
    }
    // What is left waits for a value.
    expect(comply().projection.filter(({ needs }) => needs.length === 0)).toEqual([])
  })
})
