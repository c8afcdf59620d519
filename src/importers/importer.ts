import type { SeverityName } from '../engine/finding.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Range } from '../text/span.ts'

/** What another scanner reports, in our words; it becomes part of an audit by `mergeImported`. */
export interface ImportedFinding {
  /** The scanner's short name: `checkov`. */
  readonly tool: string
  /** The scanner's own id, in the spelling that our aliases print: `CKV_AWS_20`, `AVD-AWS-0092`. */
  readonly ruleId: string
  readonly title: string
  readonly message: string
  readonly remediation?: string
  /** Left out if the scanner says none. */
  readonly severity?: SeverityName
  /** Relative to the project root, never outside it. */
  readonly file: string
  /** A scanner that names lines only gives columns 1. */
  readonly range?: Range
  /** A Terraform address, or `Kind/namespace/name`; a package of a vulnerability as `name@version`. */
  readonly address?: string
  /** Other ids of the same check. */
  readonly aliases: readonly string[]
  /** The finding is about a secret: its message has been checked to hold none of it. */
  readonly secret?: boolean
}

export interface ImportResult {
  readonly findings: readonly ImportedFinding[]
  readonly diagnostics: readonly Diagnostic[]
}

/** What an importer has to know about the project. */
export interface ImportContext {
  /** Name of the report, for diagnostics. */
  readonly source: string
  /**
   * The project's name for a file that a scanner names in its own way. Several spellings may be given, the best first.
   * @returns undefined if none of them can be a file of the project
   */
  file(...spellings: readonly (string | undefined)[]): string | undefined
}

/** One foreign report format. Neither function throws, whatever it is given. */
export interface Importer {
  /** As in `--with NAME`. */
  readonly name: string
  readonly title: string
  /** True if the data has the shape of this format; an empty list has the shape of none. */
  detect(data: unknown): boolean
  read(data: unknown, context: ImportContext): ImportResult
}

/** What is longer is no address. */
const MAX_ADDRESS = 500

/** Collects what one report holds, and counts what had to be left out. */
export class ImportCollector {
  readonly findings: ImportedFinding[] = []
  readonly #context: ImportContext
  readonly #tool: string
  #withoutFile = 0
  readonly #diagnostics: Diagnostic[] = []

  constructor(context: ImportContext, tool: string) {
    this.#context = context
    this.#tool = tool
  }

  /** Adds a finding under the first of `files` that can be one of the project's, or counts it as left out. */
  add(files: readonly (string | undefined)[], finding: Omit<ImportedFinding, 'file'>): void {
    const file = this.#context.file(...files)
    if (file === undefined) {
      this.#withoutFile++
      return
    }
    const { address, ...rest } = finding
    const named = address === undefined || address.length > MAX_ADDRESS ? rest : finding
    this.findings.push({ ...named, file })
  }

  diagnose(code: string, message: string): void {
    this.#diagnostics.push({ file: this.#context.source, code, message })
  }

  result(): ImportResult {
    if (this.#withoutFile > 0) {
      const results = this.#withoutFile === 1 ? '1 result of' : `${this.#withoutFile} results of`
      const message = `${results} ${this.#tool} left out: no file inside the project is named.`
      this.diagnose('import-no-file', message)
    }
    return { findings: this.findings, diagnostics: this.#diagnostics }
  }
}
