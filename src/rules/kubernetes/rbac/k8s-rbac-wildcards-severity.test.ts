import { expect, test } from 'vitest'
import { auditProject } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-wildcards.ts'

function severityOf(given: string, kind = 'ClusterRole'): string | undefined {
  const { path, text } = role([given], kind)
  return auditProject({ files: { [path]: text }, rules: [rule] }).result.findings[0]?.severity
}

test('the group, the kind of role and names decide how bad a wildcard is', () => {
  expect(severityOf(right('"*"', '"*"', '"*"'))).toBe('CRITICAL')
  expect(severityOf(right('', '"*"', '"*"'), 'Role')).toBe('HIGH')
  expect(severityOf(right('apps', '"*"', '"*"'))).toBe('HIGH')
  expect(severityOf(right('', '"*"', 'get'))).toBe('HIGH')
  expect(severityOf(right('', 'secrets', '"*"'))).toBe('MEDIUM')
  expect(severityOf(right('', 'secrets', '"*"', ', resourceNames: [own]'))).toBe('LOW')
  expect(severityOf(right('shop.example.org', '"*"', '"*"'))).toBe('LOW')
})
