import * as z from 'zod'

/** `secops.yaml`, as `contracts.md` lists it. A function, since making it takes time and most projects have no such file. */
export function configSchema() {
  // The library would make code from the schema: nothing here does that, and for one file it is slower.
  z.config({ jitless: true })
  const TEXT = z.string().min(1)
  const RULE_ID = z.string().min(1)

  /** A quantity as Kubernetes writes it; a bare number of cores or bytes is accepted as YAML gives it. */
  const QUANTITY = z
    .union([
      z
        .string()
        .regex(/^\d+(?:\.\d+)?(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?$/, { error: 'expected a quantity such as 250m or 256Mi' }),
      z.number().positive(),
    ])
    .transform(String)

  const QUANTITIES = z.strictObject({ cpu: QUANTITY.exactOptional(), memory: QUANTITY.exactOptional() })

  const CIDR = z
    .string()
    .regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:]+)\/\d{1,3}$/i, {
      error: 'expected a CIDR block such as 203.0.113.0/24',
    })
    .refine((text) => !text.endsWith('/0'), { error: 'a range of all addresses restricts nothing' })

  /** What is allowed must be listed: the whole of a service is what the fix is to end. */
  const ACTION = z.string().regex(/^[a-z0-9-]+:[A-Za-z][\w]*\*?$/, {
    error: 'expected an action such as s3:GetObject, at most with a * at its end',
  })

  const PRINCIPAL = z
    .string()
    .min(1)
    .refine((text) => text !== '*', { error: 'everybody is no principal: name accounts, roles or services' })

  const GRANT = z.strictObject({
    target: TEXT,
    sid: TEXT.exactOptional(),
    actions: z.array(ACTION).min(1).exactOptional(),
    resources: z.array(TEXT).min(1).exactOptional(),
    principals: z.array(PRINCIPAL).min(1).exactOptional(),
    policyArn: TEXT.exactOptional(),
  })

  const VARIABLE = z.string().regex(/^[A-Za-z_][\w.-]*$/, { error: 'expected the name of an environment variable' })

  /** Programs that read a credential from the file that `NAME_FILE` names: all of their variables, or those named. */
  const READS_FILES = z.union([TEXT, z.strictObject({ program: TEXT, variables: z.array(VARIABLE).min(1) })])

  /** Values only a person knows. Unknown keys are kept: a fixer of a later version may ask for them. */
  const VALUES = z.looseObject({
    adminCidrs: z.array(CIDR).min(1).exactOptional(),
    applicationSecurityGroup: TEXT.exactOptional(),
    domainName: TEXT.exactOptional(),
    hostedZone: TEXT.exactOptional(),
    logBucket: TEXT.exactOptional(),
    kmsKeyArn: TEXT.exactOptional(),
    retentionDays: z.int().min(1).max(3653).exactOptional(),
    awsAccountId: z
      .string({ error: 'expected 12 digits in quotes' })
      .regex(/^\d{12}$/, { error: 'expected 12 digits' })
      .exactOptional(),
    awsRegion: TEXT.exactOptional(),
    secretStore: z
      .strictObject({ name: TEXT, kind: z.enum(['SecretStore', 'ClusterSecretStore']).exactOptional() })
      .exactOptional(),
    secrets: z.strictObject({ files: z.array(READS_FILES).min(1).exactOptional() }).exactOptional(),
    iam: z.array(GRANT).exactOptional(),
    runAsUser: z.int().min(1).max(4_294_967_294).exactOptional(),
    resources: z
      .strictObject({ requests: QUANTITIES.exactOptional(), limits: QUANTITIES.exactOptional() })
      .exactOptional(),
  })

  const RULE_SETTING = z.union([
    z.literal('off'),
    z.strictObject({
      severity: z.enum(['critical', 'high', 'medium', 'low', 'info']).exactOptional(),
      params: z.record(z.string(), z.unknown()).exactOptional(),
    }),
  ])

  const REQUIREMENT = z.string().regex(/^[a-z0-9.-]+:[\w.()-]+$/, {
    error: 'expected a requirement with its framework, such as pci-dss-4.0.1:8.3.2',
  })

  /** A share in percent, as the source gives it. */
  const PERCENT = z.number().min(0).max(100)

  const COMPLIANCE = z.strictObject({
    merchantLevel: z.literal([1, 2, 3, 4]).exactOptional(),
    months: z.int().min(0).exactOptional(),
    exposure: z
      .array(z.strictObject({ requirement: REQUIREMENT, perMonth: z.number().min(0), source: TEXT }))
      .exactOptional(),
    risk: z
      .array(
        z.strictObject({
          name: TEXT,
          before: PERCENT,
          after: PERCENT,
          source: TEXT,
          requirement: REQUIREMENT.exactOptional(),
        }),
      )
      .exactOptional(),
    notApplicable: z.array(z.strictObject({ requirement: REQUIREMENT, reason: TEXT })).exactOptional(),
  })

  const GLOBS = z.union([TEXT, z.array(TEXT)]).transform((globs) => (typeof globs === 'string' ? [globs] : globs))

  return z.strictObject({
    version: z.literal(1, { error: 'expected 1' }),
    values: VALUES.exactOptional(),
    rules: z.record(RULE_ID, RULE_SETTING).exactOptional(),
    suppressions: z.strictObject({ allowInline: z.boolean().exactOptional() }).exactOptional(),
    exclude: GLOBS.exactOptional(),
    frameworks: z.array(TEXT).min(1).exactOptional(),
    compliance: COMPLIANCE.exactOptional(),
    attestations: GLOBS.exactOptional(),
    exceptions: GLOBS.exactOptional(),
    extends: TEXT.exactOptional(),
  })
}

export type ConfigInput = z.output<ReturnType<typeof configSchema>>
