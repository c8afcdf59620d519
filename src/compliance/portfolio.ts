import { readRecords, type RecordFile } from './records.ts'

/** One project of a portfolio. */
export interface PortfolioProject {
  readonly name: string
  /** Relative to the portfolio file. */
  readonly path: string
  readonly profile: string
  /** Ids, or YAML files relative to the portfolio file. */
  readonly frameworks: readonly string[]
}

export interface Portfolio {
  readonly title: string
  /** The configuration of every project without a `secops.yaml` of its own, relative to the portfolio file. */
  readonly config?: string
  readonly projects: readonly PortfolioProject[]
}

/** What a profile is judged by, unless the project says otherwise. */
const PROFILES: ReadonlyMap<string, readonly string[]> = new Map([
  ['finance', ['pci-dss-4.0.1', 'soc2-2017']],
  ['healthcare', ['hipaa-security-rule', 'nist-800-53-r5']],
  ['defence', ['nist-800-171-r2', 'nist-800-53-r5']],
  ['cloud', ['cis-aws-foundations-3.0.0', 'cis-kubernetes-1.9.0']],
])

/** A portfolio file: one YAML mapping. Never throws. */
export function parsePortfolio(file: string, text: string): RecordFile<Portfolio> {
  return readRecords(file, text, 'portfolio-invalid', (reader) => {
    reader.onlyKnows(['title', 'config', 'projects'])
    const title = reader.optionalText('title') ?? 'Portfolio'
    const config = reader.optionalText('config')
    const projects = reader.records('projects').map((project): PortfolioProject => {
      project.onlyKnows(['name', 'path', 'profile', 'frameworks'])
      const path = project.text('path')
      const profile = project.optionalText('profile') ?? ''
      const known = PROFILES.get(profile)
      if (profile !== '' && known === undefined) {
        project.fail('profile', `no profile ${profile} (known: ${[...PROFILES.keys()].join(', ')})`)
      }
      const frameworks = project.has('frameworks') ? project.texts('frameworks') : (known ?? [])
      if (frameworks.length === 0) project.fail(undefined, 'it needs a "profile", or "frameworks" of its own')
      return { name: project.optionalText('name') ?? path, path, profile, frameworks }
    })
    if (projects.length === 0) reader.fail('projects', '"projects" must name one at least')
    for (const { name } of projects) {
      if (projects.filter((other) => other.name === name).length > 1)
        reader.fail('projects', `"${name}" is there twice`)
    }
    return reader.failed ? undefined : { title, ...(config !== undefined && { config }), projects }
  })
}
