import { audit, finding, unfixable, verdict } from '../compliance/audit.testkit.ts'
import { comply, type ComplianceResult } from '../compliance/comply.ts'
import { context } from '../compliance/audit.testkit.ts'
import pciDss321 from '../compliance/frameworks/pci-dss-3.2.1.ts'
import pciDss401 from '../compliance/frameworks/pci-dss-4.0.1.ts'
import { requirementsOf } from '../compliance/requirements.ts'
import type { AuditResult, Finding, FindingLocation } from '../engine/finding.ts'
import { LineMap } from '../text/line-map.ts'
import type { FixResult } from '../verify/results.ts'
import type { CodeSources } from './code.ts'
import type { RunResult } from './run-result.ts'

/** A small made-up estate with something of everything, for the tests of the report formats. */

const S3_TF = `resource "aws_s3_bucket" "statements" {
  bucket = "securebank-statements"
  acl    = "public-read"
}

resource "aws_db_instance" "ledger" {
  publicly_accessible = true
  password            = "hunter2-hunter2"
}
`

const POD_YAML = `kind: Pod
metadata: {name: api}
spec:
\tcontainers:
    - name: api
      securityContext: {privileged: true}
`

const FILES = new Map([
  ['infrastructure/terraform/s3.tf', S3_TF],
  ['infrastructure/k8s/api.yaml', POD_YAML],
])

export const code: CodeSources = {
  sources: (file) => FILES.get(file),
  mask: (_file, _line, text) => text.replace('hunter2-hunter2', '••••••'),
}

function at(file: string, text: string): FindingLocation {
  const content = FILES.get(file) ?? ''
  const start = content.indexOf(text)
  return { file, range: new LineMap(content).range({ start, end: start + text.length }) }
}

function mapped(one: Finding): Finding {
  return { ...one, requirements: requirementsOf(one.ruleId, one.controls, [pciDss321, pciDss401]) }
}

const TERRAFORM = 'infrastructure/terraform/s3.tf'

const publicAcl = mapped(
  finding('s3-no-public-acl', 'aws_s3_bucket.statements', {
    location: at(TERRAFORM, '"public-read"'),
    title: 'S3 bucket ACL must not be public',
    message: 'ACL public-read lets anyone on the internet read this bucket.',
  }),
)

const publicDatabase = mapped(
  finding('rds-not-public', 'aws_db_instance.ledger', {
    severity: 'CRITICAL',
    rank: 'B',
    location: at(TERRAFORM, 'true'),
    title: 'RDS instance must not have a public address',
    message: 'The database can be reached from the internet.',
    fix: { fixer: 'rds-security', class: 'approval', title: 'Make the instance private', estimatedMinutes: 15 },
  }),
)

export const password = mapped({
  ...unfixable('rds-no-hardcoded-password', 'aws_db_instance.ledger'),
  location: at(TERRAFORM, '"hunter2-hunter2"'),
  title: 'RDS password must not be written into configuration',
  message: 'The master password stands in the file.',
})

export const privileged = mapped(
  finding('k8s-no-privileged', 'Pod//api', {
    severity: 'CRITICAL',
    rank: 'E',
    location: at('infrastructure/k8s/api.yaml', 'true'),
    resource: { kind: 'kubernetes', type: 'Pod', address: 'Pod//api', root: 'infrastructure/k8s' },
    title: 'Containers must not be privileged',
    message: 'Container api runs privileged.',
  }),
)

export const sampleAudit: AuditResult = audit({
  findings: [publicDatabase, privileged, publicAcl, password],
  passed: [
    verdict('rds-storage-encrypted', 'aws_db_instance.ledger'),
    verdict('s3-access-logging', 'aws_s3_bucket.statements'),
  ],
  undecided: [{ ...verdict('s3-bucket-kms-encryption', 'aws_s3_bucket.statements'), reason: 'var.key is unknown' }],
  diagnostics: [
    {
      file: 'infrastructure/terraform/broken.tf',
      range: { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } },
      code: 'hcl-unclosed-block',
      message: 'This block is never closed: add a }.',
    },
  ],
  project: { unchecked: [{ type: 'google_storage_bucket', count: 3 }] },
})

const fixedAudit: AuditResult = audit({
  findings: [publicDatabase, password],
  passed: [
    ...sampleAudit.passed,
    verdict('s3-no-public-acl', 'aws_s3_bucket.statements'),
    verdict('k8s-no-privileged', 'Pod//api'),
  ],
  undecided: sampleAudit.undecided,
})

export const sampleFix: FixResult = {
  runId: '20261121T120000Z-abcd',
  dryRun: false,
  applied: [publicAcl, privileged].map((one) => ({
    fingerprint: one.fingerprint,
    ruleId: one.ruleId,
    fixer: 's3-encryption',
    class: 'notice',
    rank: one.rank,
    title: 'Mend it',
    address: one.resource.address,
    files: [one.location.file],
  })),
  held: [
    {
      fingerprint: publicDatabase.fingerprint,
      ruleId: publicDatabase.ruleId,
      fixer: 'rds-security',
      rank: 'B',
      class: 'approval',
      title: 'Make the instance private',
      address: publicDatabase.resource.address,
      reason: 'Clients outside the VPC lose their connection.',
      blastRadius: ['aws_security_group.db', 'Deployment/bank/api'],
      runbook: '1. Find who connects from outside.\n2. Apply in a maintenance window.',
      needs: [{ key: 'values.adminCidrs', question: 'Which networks administer the database?' }],
    },
  ],
  refused: [
    {
      fingerprint: password.fingerprint,
      ruleId: password.ruleId,
      address: password.resource.address,
      code: 'advice',
      reason: 'Rotate the password first.',
    },
  ],
  files: [
    { path: 'infrastructure/k8s/api.yaml', sha256Before: 'a'.repeat(64), sha256After: 'b'.repeat(64), created: false },
    { path: 'infrastructure/terraform/logs.tf', sha256Before: null, sha256After: 'c'.repeat(64), created: true },
  ],
  before: sampleAudit.summary,
  after: fixedAudit.summary,
  verification: [],
  nextSteps: [
    { kind: 'prove', text: 'See that the plan changes nothing else.', command: 'terraform plan' },
    { kind: 'value', text: 'The key that encrypts the logs.', command: 'kms_key_arn = "..."' },
  ],
  diff: `--- a/infrastructure/terraform/s3.tf
+++ b/infrastructure/terraform/s3.tf
@@ -1,4 +1,4 @@
 resource "aws_s3_bucket" "statements" {
   bucket = "securebank-statements"
-  acl    = "public-read"
+  acl    = "private"
 }
`,
}

const EXPOSURE = {
  exposure: [
    { requirement: 'pci-dss-3.2.1:4.1', perMonth: 500_000, source: 'gap analysis' },
    { requirement: 'pci-dss-3.2.1:1.3.1', perMonth: 300_000, source: 'gap analysis' },
  ],
  risk: [{ name: 'Breach of the database', before: 99, after: 1, source: 'phase record' }],
}

function complied(of: AuditResult): ComplianceResult[] {
  return [
    comply(pciDss321, of, context({ exposure: EXPOSURE })),
    comply(pciDss401, of, context({ exposure: { merchantLevel: 1, months: 5 } })),
  ]
}

export const sampleComply = complied(sampleAudit)

export const sampleRun: RunResult = {
  audit: fixedAudit,
  fix: sampleFix,
  validate: {
    runId: sampleFix.runId,
    before: sampleAudit.summary,
    after: fixedAudit.summary,
    fixed: [publicAcl, privileged],
    remaining: [publicDatabase, password],
    new: [],
    scores: sampleComply.map((before, index) => ({
      framework: before.framework,
      before: before.scores,
      after: complied(fixedAudit)[index]?.scores ?? before.scores,
    })),
  },
  comply: complied(fixedAudit),
}
