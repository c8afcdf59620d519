import type { AuditResult, Finding } from '../engine/finding.ts'
import { timeOf } from './oscal/parts.ts'
import { uuidOf } from './oscal/uuid.ts'

const CVE = /^CVE-\d{4}-\d{4,}$/

const SEVERITY = { CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low', INFO: 'info' } as const

/**
 * CycloneDX 1.6 VEX (https://cyclonedx.org/docs/1.6/json/) for the CVEs that another scanner reported; our own findings are
 * about configuration and have none.
 * @returns undefined if no CVE was imported
 */
export function vexDocument(audit: AuditResult, project: string, asOf: string): object | undefined {
  const found = audit.findings.flatMap((finding) => {
    const id = [finding.ruleId, ...finding.aliases, ...finding.sources.map(({ ruleId }) => ruleId)]
      .map((name) => name.slice(name.indexOf(':') + 1))
      .find((name) => CVE.test(name))
    return id === undefined ? [] : [{ id, finding }]
  })
  if (found.length === 0) return undefined
  const components = new Map(found.map(({ finding }) => [refOf(finding), componentOf(finding)]))
  const ids = [...new Set(found.map(({ id }) => id))].toSorted()
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf('vex', project, asOf, ...ids)}`,
    version: 1,
    metadata: {
      timestamp: timeOf(asOf),
      tools: { components: [{ type: 'application', name: audit.tool.name, version: audit.tool.version }] },
      component: { type: 'application', name: project, 'bom-ref': `project:${project}` },
    },
    components: [...components.values()],
    vulnerabilities: ids.map((id) =>
      vulnerability(
        id,
        found.filter((one) => one.id === id).map(({ finding }) => finding),
      ),
    ),
  }
}

function vulnerability(id: string, findings: readonly Finding[]): object {
  const [first] = findings
  const open = findings.some(({ status }) => status === 'open')
  const reasons = [
    ...new Set(findings.flatMap(({ suppression }) => (suppression === undefined ? [] : [suppression.reason]))),
  ]
  return {
    id,
    source: { name: 'NVD', url: `https://nvd.nist.gov/vuln/detail/${id}` },
    ...(first !== undefined && { ratings: [{ severity: SEVERITY[first.severity], method: 'other' }] }),
    ...(first !== undefined && { description: first.message }),
    affects: [...new Set(findings.map(refOf))].map((ref) => ({ ref })),
    // Nobody has looked at an open one yet; a suppression is a person's decision to live with it.
    analysis: open
      ? { state: 'in_triage' }
      : { state: 'exploitable', response: ['will_not_fix'], detail: reasons.join('; ') || 'suppressed' },
  }
}

function refOf({ resource, location }: Finding): string {
  return `${location.file}#${resource.address}`
}

/** `left-pad@1.0.0`, as the importers write what a CVE is about. */
function componentOf(finding: Finding): object {
  const { address } = finding.resource
  const at = address.lastIndexOf('@')
  const [name, version] = at > 0 ? [address.slice(0, at), address.slice(at + 1)] : [address, '']
  return {
    type: 'library',
    'bom-ref': refOf(finding),
    name: name === '' ? finding.location.file : name,
    ...(version !== '' && { version }),
  }
}
