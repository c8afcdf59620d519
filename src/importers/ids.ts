/** The scanner's short name for a driver's name in SARIF: `Semgrep OSS` is `semgrep`. */
export function toolName(driver: string | undefined): string {
  const [word = ''] = /[a-z0-9][a-z0-9-]*/.exec(driver?.toLowerCase() ?? '') ?? []
  return word === '' ? 'sarif' : word.slice(0, 40)
}

/** Trivy has written one check as `KSV017`, `KSV-0017` and `AVD-KSV-0017`; findings carry the last. */
export function trivyId(id: string): string {
  const [, family, digits] = /^(?:AVD-)?([A-Z]{2,12})-?(\d{3,4})$/.exec(id) ?? []
  return family === undefined || digits === undefined || family === 'CVE'
    ? id
    : `AVD-${family}-${digits.padStart(4, '0')}`
}

/** An id as findings print it. */
export function canonicalId(tool: string, id: string): string {
  return tool === 'trivy' || tool === 'tfsec' ? trivyId(id) : id
}

/** True if a rule's id, name or tags say that it looks for secrets: its message may then quote one. */
export function isAboutSecrets(...words: readonly (string | undefined)[]): boolean {
  return words.some((word) => word !== undefined && /secret|credential|passw|token|api.?key|private.?key/i.test(word))
}
