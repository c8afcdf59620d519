import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirementsOf } from '../compliance/requirements.ts'
import type { AuditResult } from '../engine/finding.ts'
import type { ImportedFinding } from '../importers/importer.ts'
import { importReport } from '../importers/index.ts'
import { mergeImported } from '../importers/merge.ts'
import { notInstalledMessage, type ScannerCommand, scannerCommands } from '../importers/run.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { UsageError } from './project/root.ts'
import { type Session, withDiagnostics } from './session.ts'

export interface ImportRequest {
  /** `--import`: reports of other scanners; `-` is standard input. */
  readonly reports: readonly string[]
  /** `--with`: scanners to run, if they are installed. */
  readonly scanners: readonly string[]
}

const MAX_REPORT_BYTES = 512 * 1024 * 1024

/**
 * The audit with what other scanners found: duplicates of ours name both, the rest stands beside.
 * @throws UsageError for a report that cannot be read or a scanner that is not known
 */
export function withImported(session: Session, request: ImportRequest): AuditResult {
  const found: ImportedFinding[] = []
  const diagnostics: Diagnostic[] = []
  for (const report of request.reports) {
    take(readReport(report), { source: report })
  }
  for (const name of request.scanners) runScanner(name)
  if (found.length === 0 && diagnostics.length === 0) return session.result
  const merged = mergeImported(session.result, session.rules, found, {
    requirements: (rule) => requirementsOf(rule.id, rule.controls, session.frameworks),
  })
  return withDiagnostics(merged, diagnostics)

  function take(text: string, options: { source: string; base?: string }): void {
    const { findings, diagnostics: problems } = importReport(text, {
      root: session.project.root,
      files: session.project.files.files.keys(),
      ...options,
    })
    found.push(...findings)
    diagnostics.push(...problems)
  }

  function runScanner(name: string): void {
    const { root, files } = session.project
    const scratch = mkdtempSync(join(tmpdir(), 'secops-scan-'))
    try {
      const plan = scannerCommands(name, {
        root,
        scratch,
        manifests: [
          ...new Set(
            session
              .audit()
              .estate.resources.flatMap((resource) =>
                resource.kind === 'kubernetes' ? [resource.source.document.path] : [],
              ),
          ),
        ],
        dockerfiles: [...files.files.keys()].filter((path) =>
          /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[^/]*)?$|\.dockerfile$/i.test(path),
        ),
        exists: (path) => existsSync(join(root, path)),
      })
      if (!plan.ok) throw new UsageError(`--with: ${plan.message}`)
      for (const command of plan.commands) {
        const outcome = runCommand(command)
        if ('problem' in outcome) {
          diagnostics.push({ file: name, code: outcome.code, message: outcome.problem })
          return
        }
        take(outcome.report, { source: name, base: command.base })
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
  }
}

function runCommand(scan: ScannerCommand): { report: string } | { problem: string; code: string } {
  const { status, stdout, stderr, error } = spawnSync(scan.command, scan.args, {
    cwd: scan.cwd,
    env: { ...process.env, ...scan.env },
    encoding: 'utf8',
    timeout: scan.timeoutSeconds * 1000,
    maxBuffer: MAX_REPORT_BYTES,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error !== undefined && 'code' in error && error.code === 'ENOENT') {
    return { code: 'scanner-not-installed', problem: notInstalledMessage(scan.scanner) }
  }
  if (status === null || !scan.exitCodes.includes(status)) {
    const reason = (stderr ?? '').trim().split('\n').at(-1) ?? ''
    const why = error === undefined ? `exit code ${status}` : error.message
    return {
      code: 'scanner-failed',
      problem: `${scan.scanner} did not finish (${why})${reason === '' ? '' : `: ${reason}`}`,
    }
  }
  try {
    return { report: scan.report.kind === 'stdout' ? stdout : readFileSync(scan.report.path, 'utf8') }
  } catch {
    return { code: 'scanner-failed', problem: `${scan.scanner} wrote no report` }
  }
}

function readReport(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch {
    throw new UsageError(`--import: cannot read ${path}`)
  }
}
