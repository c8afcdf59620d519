export interface ConformanceReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly {
    readonly file: string
    readonly note: string
    readonly want: unknown
    readonly got: unknown
  }[]
}

export function runFolder(directory: string, rego: object): ConformanceReport
