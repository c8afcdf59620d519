import type { Diagnostic } from '../text/diagnostic.ts'
import { checkov } from './checkov.ts'
import { gitleaks } from './gitleaks.ts'
import { hadolint } from './hadolint.ts'
import type { Importer, ImportResult } from './importer.ts'
import { kics } from './kics.ts'
import { kubescape } from './kubescape.ts'
import { kubesec } from './kubesec.ts'
import { type ImportOptions, importContext } from './paths.ts'
import { sarif } from './sarif.ts'
import { semgrep } from './semgrep.ts'
import { tfsec } from './tfsec.ts'
import { trivy } from './trivy.ts'

/** In the order in which an unnamed report is tried. */
export const IMPORTERS: readonly Importer[] = [
  sarif,
  checkov,
  trivy,
  kics,
  kubescape,
  semgrep,
  gitleaks,
  kubesec,
  hadolint,
  tfsec,
]

/** Reads a report of another scanner, recognised by its shape. Never throws: what is wrong with it is a diagnostic. */
export function importReport(text: string, options: ImportOptions): ImportResult {
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') return failure('import-empty', 'The report is empty: the scanner wrote nothing.')
  let data: unknown
  try {
    data = JSON.parse(trimmed)
  } catch {
    return failure(
      'import-not-json',
      trimmed.startsWith('<')
        ? 'This is not JSON but markup: have the scanner write JSON or SARIF.'
        : 'This is not JSON: have the scanner write JSON or SARIF, and nothing else into the file.',
    )
  }
  // An empty list is what most scanners write when they find nothing.
  if (data === null || (Array.isArray(data) && data.length === 0)) return { findings: [], diagnostics: [] }
  const importer = IMPORTERS.find(({ detect }) => detect(data))
  if (importer === undefined) {
    const known = IMPORTERS.map(({ title }) => title).join(', ')
    return failure('import-unknown-format', `No scanner that this tool knows writes such a report. Known: ${known}.`)
  }
  return importer.read(data, importContext(options))

  function failure(code: string, message: string): ImportResult {
    const diagnostic: Diagnostic = { file: options.source, code, message }
    return { findings: [], diagnostics: [diagnostic] }
  }
}
