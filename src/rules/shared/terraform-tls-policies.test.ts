import { expect, test } from 'vitest'
import { hasStrongCiphers, needsTls12 } from './terraform-tls-policies.ts'

/** Names from AWS's list of security policies, with what its tables say of them. */
test.each([
  ['ELBSecurityPolicy-2016-08', false, false],
  ['ELBSecurityPolicy-2015-05', false, false],
  ['ELBSecurityPolicy-TLS-1-0-2015-04', false, false],
  ['ELBSecurityPolicy-TLS-1-1-2017-01', false, false],
  ['ELBSecurityPolicy-FS-2018-06', false, false],
  ['ELBSecurityPolicy-FS-1-1-2019-08', false, false],
  ['ELBSecurityPolicy-TLS13-1-0-2021-06', false, false],
  ['ELBSecurityPolicy-TLS13-1-1-2021-06', false, false],
  ['ELBSecurityPolicy-TLS-1-2-2017-01', true, false],
  ['ELBSecurityPolicy-TLS-1-2-Ext-2018-06', true, false],
  ['ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06', true, false],
  ['ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06', true, false],
  ['ELBSecurityPolicy-FS-1-2-Res-2020-10', true, true],
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', true, true],
  ['ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04', true, true],
  ['ELBSecurityPolicy-TLS13-1-3-2021-06', true, true],
  ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', true, true],
])('%s', (policy, tls12, strong) => {
  expect(needsTls12(policy)).toBe(tls12)
  expect(hasStrongCiphers(policy)).toBe(strong)
})
