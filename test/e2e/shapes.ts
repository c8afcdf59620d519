import { z } from 'zod'

/** The contract's shapes (contracts.md, "Findings JSON" and "Other JSON"), strict: an unknown key is a failure. */
const RANK = z.enum(['E', 'D', 'C', 'B', 'S'])
const CLASS = z.enum(['automatic', 'notice', 'approval', 'advice'])
const COUNT = z.int().min(0)
const FINGERPRINT = z.string().regex(/^[0-9a-f]{16,64}$/)
const SHA256 = z.string().regex(/^[0-9a-f]{64}$/)
const RELATIVE = z.string().regex(/^(?!\/|[A-Za-z]:|\.\.).+/)

const POSITION = z.strictObject({ line: z.int().min(1), column: z.int().min(1) })
const RANGE = z.strictObject({ start: POSITION, end: POSITION })
const LOCATION = z.strictObject({ file: RELATIVE, range: RANGE })

const RESOURCE = z.strictObject({
  kind: z.enum(['terraform', 'kubernetes', 'dockerfile', 'workflow', 'source', 'secret']),
  type: z.string().min(1),
  address: z.string().min(1),
  root: z.string(),
})

const SUMMARY = z.strictObject({
  CRITICAL: COUNT,
  HIGH: COUNT,
  MEDIUM: COUNT,
  LOW: COUNT,
  INFO: COUNT,
  total: COUNT,
  byRank: z.strictObject({ E: COUNT, D: COUNT, C: COUNT, B: COUNT, S: COUNT }),
  fixable: COUNT,
  undecided: COUNT,
  suppressed: COUNT,
  dormant: COUNT,
})

const FINDING = z.strictObject({
  fingerprint: FINGERPRINT,
  ruleId: z.string().min(1),
  aliases: z.array(z.string().min(1)),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']),
  confidence: z.enum(['HIGH', 'MEDIUM', 'LOW']),
  rank: RANK,
  title: z.string().min(1),
  message: z.string().min(1),
  remediation: z.string().min(1),
  resource: RESOURCE,
  location: LOCATION,
  controls: z.array(z.string().regex(/^[A-Z]{2}-\d+(?:\(\d+\))?$/)),
  requirements: z.array(z.string().regex(/^[a-z0-9.-]+:[\w.-]+$/)),
  fix: z
    .strictObject({ fixer: z.string().min(1), class: CLASS, title: z.string().min(1), estimatedMinutes: z.number() })
    .optional(),
  status: z.enum(['open', 'suppressed', 'dormant']),
  baseline: z.enum(['new', 'known']).optional(),
  suppression: z
    .strictObject({ reason: z.string().min(1), owner: z.string().optional(), expires: z.string().optional() })
    .optional(),
  sources: z.array(z.strictObject({ tool: z.string(), ruleId: z.string() })).min(1),
})

const VERDICT = { ruleId: z.string(), aliases: z.array(z.string()), resource: RESOURCE, location: LOCATION }

export const AUDIT = z.strictObject({
  schemaVersion: z.literal('1.0'),
  tool: z.strictObject({ name: z.literal('gp-copilot'), version: z.string().regex(/^\d+\.\d+\.\d+/) }),
  project: z.strictObject({
    root: z.literal('.'),
    files: COUNT,
    resources: COUNT,
    unchecked: z.array(z.strictObject({ type: z.string().min(1), count: z.int().min(1) })),
  }),
  summary: SUMMARY,
  findings: z.array(FINDING),
  passed: z.array(z.strictObject(VERDICT)).optional(),
  undecided: z.array(z.strictObject({ ...VERDICT, reason: z.string().min(1) })),
  errors: z.array(z.strictObject({ ruleId: z.string(), resource: RESOURCE, message: z.string() })),
  diagnostics: z.array(
    z.strictObject({ file: RELATIVE, range: RANGE.optional(), code: z.string().min(1), message: z.string().min(1) }),
  ),
})
export type AuditJson = z.output<typeof AUDIT>

const NEED = z.strictObject({ key: z.string().min(1), question: z.string().min(1) })

export const FIX = z.strictObject({
  runId: z.string(),
  dryRun: z.boolean().optional(),
  applied: z.array(
    z.strictObject({
      fingerprint: FINGERPRINT,
      ruleId: z.string(),
      fixer: z.string().min(1),
      class: CLASS,
      rank: RANK,
      title: z.string(),
      address: z.string(),
      files: z.array(RELATIVE),
      curedBy: FINGERPRINT.optional(),
    }),
  ),
  held: z.array(
    z.strictObject({
      fingerprint: FINGERPRINT,
      ruleId: z.string(),
      fixer: z.string(),
      rank: RANK,
      class: CLASS,
      title: z.string(),
      address: z.string(),
      reason: z.string().min(1),
      blastRadius: z.array(z.string()),
      runbook: z.string(),
      needs: z.array(NEED),
    }),
  ),
  refused: z.array(
    z.strictObject({
      fingerprint: FINGERPRINT,
      ruleId: z.string(),
      address: z.string(),
      code: z.enum(['advice', 'no-fix', 'undecidable', 'verification-failed', 'conflict', 'out-of-scope']),
      reason: z.string().min(1),
    }),
  ),
  files: z.array(
    z.strictObject({ path: RELATIVE, sha256Before: SHA256.nullable(), sha256After: SHA256, created: z.boolean() }),
  ),
  before: SUMMARY,
  after: SUMMARY,
  verification: z.array(
    z.strictObject({
      fingerprint: FINGERPRINT,
      decidesPass: z.boolean(),
      nothingNew: z.boolean(),
      parses: z.boolean(),
      referencesResolve: z.boolean(),
      nothingVanished: z.boolean(),
      schemaValid: z.boolean(),
      disruptionApproved: z.boolean(),
    }),
  ),
  nextSteps: z.array(z.looseObject({ text: z.string().min(1) })),
  commits: z
    .array(z.strictObject({ fixer: z.string(), commit: z.string(), runId: z.string(), findings: z.number() }))
    .optional(),
  diff: z.string(),
})
export type FixJson = z.output<typeof FIX>

const SCORE = z.number().min(0).max(100)
const SCORES = z.looseObject({ strict: SCORE, progress: SCORE, coverage: SCORE })

export const VALIDATE = z.strictObject({
  runId: z.string().optional(),
  before: SUMMARY,
  after: SUMMARY,
  fixed: z.array(FINDING),
  remaining: z.array(FINDING),
  new: z.array(FINDING),
  scores: z.array(z.strictObject({ framework: z.string(), before: SCORES, after: SCORES })),
})

export const COMPLY = z.looseObject({
  framework: z.string(),
  scores: SCORES,
  requirements: z
    .array(
      z.looseObject({
        id: z.string().regex(/^pci-dss-[\d.]+:[\w.]+$/),
        status: z.string().min(1),
        reason: z.string().min(1),
        kind: z.enum(['A', 'P', 'M']),
        evidence: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleVersion: z.string(),
            address: z.string(),
            outcome: z.enum(['passed', 'failed', 'undecided', 'suppressed']),
            file: RELATIVE,
            line: z.int().min(1),
            sha256: SHA256,
          }),
        ),
      }),
    )
    .min(1),
  projection: z.array(
    z.strictObject({
      step: z.int().min(1),
      fixer: z.string(),
      approve: z.enum(['none', 'C', 'B']),
      scores: SCORES,
      minutes: z.number().min(0),
      needs: z.array(NEED),
    }),
  ),
  exposure: z.unknown(),
})

export const RUN = z.strictObject({ audit: AUDIT, fix: FIX, validate: VALIDATE, comply: z.array(z.looseObject({})) })
