import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit, context, finding, resource, unfixable, verdict } from './audit.testkit.ts'
import { comply, type ComplyContext } from './comply.ts'
import type { Exception } from './exceptions.ts'
import { defineFramework } from './framework.ts'
import pciDss321 from './frameworks/pci-dss-3.2.1.ts'
import pciDss401 from './frameworks/pci-dss-4.0.1.ts'

const attestation = (requirement: string, more = {}) => ({
  requirement,
  statement: 'Done.',
  owner: 'ciso@example.com',
  date: '2026-01-01',
  expires: '2026-12-31',
  evidence: { file: 'report.txt', sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
  ...more,
})
/** `sha256("abc")` is the hash above. */
const evidenceFile: ComplyContext['evidenceFile'] = (file) => (file === 'report.txt' ? 'abc' : undefined)

const exception: Exception = {
  target: 'aws_db_instance.*',
  rule: 'rds-not-public',
  reason: 'Reached through a bastion',
  owner: 'dba@example.com',
  expires: '2026-12-31',
}

function status(id: string, parts: Parameters<typeof audit>[0], more: Partial<ComplyContext> = {}) {
  const framework = id.startsWith(`${pciDss401.id}:`) ? pciDss401 : pciDss321
  const result = comply(framework, audit(parts), context(more)).requirements.find((one) => one.id === id)
  return [result?.status, result?.reason]
}

describe('status', () => {
  test('an empty estate is not tested anywhere, and scores nothing', () => {
    for (const framework of [pciDss321, pciDss401]) {
      const { requirements, scores } = comply(framework, audit({}), context())
      const statuses = requirements.filter(({ status: one }) => one !== 'NOT APPLICABLE').map((one) => one.status)
      expect(new Set(statuses)).toEqual(new Set(['NOT TESTED']))
      expect([scores.strict, scores.progress, scores.coverage]).toEqual([0, 0, 0])
    }
  })

  test('automatable: all checks pass', () => {
    expect(
      status('pci-dss-3.2.1:8.2.1', { passed: [verdict('rds-no-hardcoded-password', 'aws_db_instance.a')] }),
    ).toEqual(['PASS', 'The one check passes; 7 of its 8 rules found nothing to look at.'])
  })

  test('every failure has a fix', () => {
    const parts = {
      findings: [finding('rds-no-hardcoded-password', 'aws_db_instance.a')],
      passed: [verdict('rds-no-hardcoded-password', 'aws_db_instance.b')],
    }
    expect(status('pci-dss-3.2.1:8.2.1', parts)).toEqual(['READY', '1 of 2 checks fails; it has a fix.'])
  })

  test('a failure without a fix is partial beside a pass, and a failure alone', () => {
    const findings = [unfixable('rds-no-hardcoded-password', 'aws_db_instance.a')]
    const passed = [verdict('rds-no-hardcoded-password', 'aws_db_instance.b')]
    expect(status('pci-dss-3.2.1:8.2.1', { findings, passed })[0]).toBe('PARTIAL')
    expect(status('pci-dss-3.2.1:8.2.1', { findings })).toEqual([
      'FAIL',
      'The one check fails; 1 of 1 finding without a fix.',
    ])
  })

  test('an undecided check keeps a failure from being ready, and a pass from being one', () => {
    const undecided = [{ ...verdict('rds-no-hardcoded-password', 'aws_db_instance.b'), reason: 'var.x is unknown' }]
    const findings = [finding('rds-no-hardcoded-password', 'aws_db_instance.a')]
    const passed = [verdict('rds-no-hardcoded-password', 'aws_db_instance.c')]
    expect(status('pci-dss-3.2.1:8.2.1', { findings, undecided })[0]).toBe('FAIL')
    expect(status('pci-dss-3.2.1:8.2.1', { passed, undecided })).toEqual([
      'PARTIAL',
      '1 of 2 checks is undecided, none fails.',
    ])
  })

  test('a module that is not on disk keeps a pass from being whole, and shows nothing by itself', () => {
    const undecided = [{ ...verdict('module-not-available', 'module.vpc'), reason: 'run terraform init' }]
    const passed = [verdict('rds-no-hardcoded-password', 'aws_db_instance.a')]
    expect(status('pci-dss-3.2.1:8.2.1', { passed, undecided })[0]).toBe('PARTIAL')
    expect(status('pci-dss-3.2.1:8.2.1', { undecided })[0]).toBe('NOT TESTED')
  })

  test('a rule that crashed is undecided, never a pass', () => {
    const errors = [{ ruleId: 'rds-no-hardcoded-password', resource: resource('aws_db_instance.a'), message: 'oops' }]
    const passed = [verdict('rds-no-hardcoded-password', 'aws_db_instance.b')]
    expect(status('pci-dss-3.2.1:8.2.1', { passed, errors })[0]).toBe('PARTIAL')
    expect(status('pci-dss-3.2.1:8.2.1', { errors })[0]).toBe('PARTIAL')
  })

  test('several problems of one check count as one check', () => {
    const one = finding('rds-no-hardcoded-password', 'aws_db_instance.a')
    expect(status('pci-dss-3.2.1:8.2.1', { findings: [one, { ...one, fingerprint: 'second' }] })[1]).toBe(
      'The one check fails; it has a fix.',
    )
  })

  test('dormant findings say nothing', () => {
    const findings = [finding('rds-no-hardcoded-password', 'aws_db_instance.a', { status: 'dormant' })]
    expect(status('pci-dss-3.2.1:8.2.1', { findings })[0]).toBe('NOT TESTED')
  })

  test('what is merely silenced does not fail, but shows nothing by itself', () => {
    const findings = [
      finding('rds-no-hardcoded-password', 'aws_db_instance.a', {
        status: 'suppressed',
        suppression: { reason: 'no' },
      }),
    ]
    const passed = [verdict('rds-no-hardcoded-password', 'aws_db_instance.b')]
    expect(status('pci-dss-3.2.1:8.2.1', { findings })).toEqual(['PARTIAL', 'Nothing passed: 1 finding suppressed.'])
    expect(status('pci-dss-3.2.1:8.2.1', { findings, passed })).toEqual([
      'PASS',
      '1 of 2 checks passes; 1 finding suppressed; 7 of its 8 rules found nothing to look at.',
    ])
  })

  test.each(['pci-dss-3.2.1:3.4', 'pci-dss-3.2.1:2.2.1'])('%s needs an attestation beside its checks', (id) => {
    const rule = id.endsWith(':3.4') ? 'rds-storage-encrypted' : 'k8s-no-privileged'
    const passed = [verdict(rule, 'x.a')]
    const [before, reason] = status(id, { passed })
    expect(before).toBe('PARTIAL')
    expect(reason).toContain('configuration complete, attestation missing')
    expect(status(id, { passed }, { attestations: [attestation(id)], evidenceFile })[0]).toBe('PASS')
    const findings = [finding(rule, 'x.b')]
    expect(status(id, { passed, findings }, { attestations: [attestation(id)], evidenceFile })[0]).toBe('READY')
  })

  test('manual: attested, or not tested', () => {
    expect(status('pci-dss-3.2.1:11.3', {})[0]).toBe('NOT TESTED')
    expect(
      status('pci-dss-3.2.1:11.3', {}, { attestations: [attestation('pci-dss-3.2.1:11.3')], evidenceFile }),
    ).toEqual(['ATTESTED', 'Attested by ciso@example.com on 2026-01-01, valid until 2026-12-31.'])
  })

  test('an attestation is no substitute for checks that did not run', () => {
    const attestations = [attestation('pci-dss-3.2.1:3.4'), attestation('pci-dss-3.2.1:4.1')]
    expect(status('pci-dss-3.2.1:3.4', {}, { attestations, evidenceFile })[0]).toBe('NOT TESTED')
    expect(status('pci-dss-3.2.1:4.1', {}, { attestations, evidenceFile })[0]).toBe('NOT TESTED')
  })

  test('not applicable needs a reason', () => {
    const requirement = 'pci-dss-3.2.1:6.6'
    const findings = [finding('alb-waf', 'aws_lb.a')]
    expect(
      status(requirement, { findings }, { notApplicable: [{ requirement, reason: 'No web application' }] }),
    ).toEqual(['NOT APPLICABLE', 'No web application.'])
    const { requirements, notCounted } = comply(
      pciDss321,
      audit({ findings }),
      context({ notApplicable: [{ requirement, reason: ' ' }] }),
    )
    expect(requirements.find((one) => one.id === requirement)?.status).toBe('READY')
    expect(notCounted).toEqual([{ kind: 'not-applicable', subject: requirement, reason: 'it gives no reason' }])
  })

  test('superseded requirements are listed, not scored', () => {
    expect(status('pci-dss-4.0.1:6.4.1', { findings: [unfixable('alb-waf', 'aws_lb.a')] })[0]).toBe('NOT APPLICABLE')
  })
})

describe('exceptions', () => {
  const findings = [unfixable('rds-not-public', 'aws_db_instance.a')]

  test('a valid one counts as not failing and is shown', () => {
    const [one] = comply(pciDss321, audit({ findings }), context({ exceptions: [exception] })).requirements.filter(
      ({ id }) => id === 'pci-dss-3.2.1:1.3.1',
    )
    expect(one).toMatchObject({ status: 'PASS', exception, exceptions: [exception] })
    expect(one?.evidence.map(({ outcome }) => outcome)).toEqual(['suppressed'])
    expect(one?.reason).toContain('1 finding under a valid exception')
  })

  test('one that the engine has applied already counts the same', () => {
    const suppressed = findings.map((one) => ({
      ...one,
      status: 'suppressed' as const,
      suppression: { reason: 'Bastion', owner: 'dba@example.com', expires: '2026-12-31' },
    }))
    expect(status('pci-dss-3.2.1:1.3.1', { findings: suppressed })[0]).toBe('PASS')
  })

  test('an expired one counts for nothing and is reported', () => {
    const result = comply(
      pciDss321,
      audit({ findings }),
      context({ exceptions: [{ ...exception, expires: '2026-05-31' }] }),
    )
    expect(result.requirements.find(({ id }) => id === 'pci-dss-3.2.1:1.3.1')?.status).toBe('FAIL')
    expect(result.notCounted).toMatchObject([{ kind: 'exception', reason: 'it expired on 2026-05-31' }])
  })

  test('one by requirement holds for that requirement only', () => {
    const { rule: _, ...rest } = exception
    const exceptions = [{ ...rest, target: '*', requirement: 'pci-dss-3.2.1:1.3.1' }]
    expect(status('pci-dss-3.2.1:1.3.1', { findings }, { exceptions })[0]).toBe('PASS')
    expect(status('pci-dss-4.0.1:1.4.4', { findings }, { exceptions })[0]).toBe('FAIL')
  })

  test('its target and its rule must fit', () => {
    for (const other of [{ target: 'aws_db_instance.b' }, { rule: 'rds-storage-encrypted' }]) {
      expect(status('pci-dss-3.2.1:1.3.1', { findings }, { exceptions: [{ ...exception, ...other }] })[0]).toBe('FAIL')
    }
    expect(status('pci-dss-3.2.1:1.3.1', { findings }, { exceptions: [{ ...exception, target: 'main.tf' }] })[0]).toBe(
      'PASS',
    )
  })
})

describe('attestations that count for nothing', () => {
  test.each([
    [{ expires: '2026-05-31' }, 'it expired on 2026-05-31'],
    [{ date: '2026-06-02' }, 'it is dated 2026-06-02, which is still to come'],
    [{ evidence: { file: 'gone.pdf', sha256: 'a'.repeat(64) } }, 'its evidence gone.pdf is not there'],
    [
      { evidence: { file: 'report.txt', sha256: 'a'.repeat(64) } },
      'its evidence report.txt has changed since: the hash differs',
    ],
  ])('%j', (more, reason) => {
    const attestations = [attestation('pci-dss-3.2.1:11.3', more)]
    const result = comply(pciDss321, audit({}), context({ attestations, evidenceFile }))
    expect(result.requirements.find(({ id }) => id === 'pci-dss-3.2.1:11.3')?.status).toBe('NOT TESTED')
    expect(result.notCounted).toEqual([
      { kind: 'attestation', subject: 'pci-dss-3.2.1:11.3', owner: 'ciso@example.com', reason },
    ])
  })

  test('another framework is none of this one', () => {
    const result = comply(pciDss321, audit({}), context({ attestations: [attestation('pci-dss-4.0.1:12.1.1')] }))
    expect(result.notCounted).toEqual([])
  })
})

test('evidence names rule version, place and hash, failures first', () => {
  const result = comply(
    pciDss321,
    audit({
      findings: [finding('alb-listener-https', 'aws_lb_listener.b')],
      passed: [verdict('s3-tls-only-policy', 'aws_s3_bucket.a', 5)],
    }),
    context({ rule: (id) => ({ version: id === 'alb-listener-https' ? '3' : '1', controls: [], kind: 'terraform' }) }),
  )
  const common = { file: 'main.tf', sha256: 'a'.repeat(64) }
  expect(result.requirements.find(({ id }) => id === 'pci-dss-3.2.1:4.1')?.evidence).toEqual([
    {
      ruleId: 'alb-listener-https',
      ruleVersion: '3',
      address: 'aws_lb_listener.b',
      outcome: 'failed',
      line: 1,
      ...common,
    },
    {
      ruleId: 's3-tls-only-policy',
      ruleVersion: '1',
      address: 'aws_s3_bucket.a',
      outcome: 'passed',
      line: 5,
      ...common,
    },
  ])
})

test('a requirement can be mapped through a hub control', () => {
  const framework = defineFramework({
    id: 'house-1',
    title: 'House rules',
    version: '1',
    requirements: [
      { id: '1', subject: 'Logs', kind: 'A', rules: [], controls: [{ control: 'AU-2', rationale: 'Logging.' }] },
    ],
  })
  const rule = (id: string) => ({
    version: '1',
    controls: id === 'logs' ? ['AU-2'] : ['SC-7'],
    kind: 'terraform' as const,
  })
  const passed = [verdict('logs', 'a.b'), verdict('walls', 'a.b')]
  const [requirement] = comply(framework, audit({ passed }), context({ rule })).requirements
  expect(requirement?.evidence.map(({ ruleId }) => ruleId)).toEqual(['logs'])
})

describe('scores', () => {
  test('are the three of the scoring rules', () => {
    const parts = {
      passed: [verdict('rds-no-hardcoded-password', 'a.b'), verdict('rds-storage-encrypted', 'a.b')],
      findings: [finding('alb-listener-https', 'a.c'), unfixable('cloudwatch-log-retention', 'a.d')],
    }
    const notApplicable = [{ requirement: 'pci-dss-3.2.1:6.6', reason: 'None.' }]
    const attestations = [attestation('pci-dss-3.2.1:12.1')]
    const { scores } = comply(pciDss321, audit(parts), context({ notApplicable, attestations, evidenceFile }))
    // PASS 8.2.1, ATTESTED 12.1, PARTIAL 3.4, READY 2.3 and 4.1, FAIL 10.7; 16 applicable.
    expect(scores.counts).toEqual({
      strict: { numerator: 2, denominator: 16 },
      progress: { numerator: 3.5, denominator: 16 },
      coverage: { numerator: 6, denominator: 16 },
    })
    expect(scores.strict).toBe(2 / 16)
  })

  test('are numbers even if nothing applies', () => {
    const notApplicable = pciDss321.requirements.map(({ id }) => ({
      requirement: `pci-dss-3.2.1:${id}`,
      reason: 'None.',
    }))
    const { scores } = comply(pciDss321, audit({}), context({ notApplicable }))
    expect([scores.strict, scores.progress, scores.coverage]).toEqual([0, 0, 0])
  })

  test('strict is at most progress is at most coverage, whatever is found', () => {
    const rules = pciDss321.requirements.flatMap(({ rules: edges }) => edges.map(({ rule }) => rule))
    const part = fc.array(fc.constantFrom(...rules), { maxLength: 12 })
    fc.assert(
      fc.property(part, part, part, (failed, passed, unknown) => {
        const { scores } = comply(
          pciDss321,
          audit({
            findings: failed.map((rule) => finding(rule, 'a.b')),
            passed: passed.map((rule) => verdict(rule, 'a.c')),
            undecided: unknown.map((rule) => ({ ...verdict(rule, 'a.d'), reason: 'unknown' })),
          }),
          context(),
        )
        expect(scores.strict).toBeLessThanOrEqual(scores.progress)
        expect(scores.progress).toBeLessThanOrEqual(scores.coverage)
        expect(scores.coverage).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
  })
})
