import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_NAME } from '../config/name.ts'

export interface InitFile {
  readonly path: string
  readonly text: string
  readonly executable: boolean
}

/** The files that `init` would write. */
export function initFiles(request: { readonly ci: boolean; readonly hook: boolean }): InitFile[] {
  return [
    { path: CONFIG_NAME, text: CONFIG_TEXT, executable: false },
    ...(request.ci ? [{ path: '.github/workflows/secops.yml', text: WORKFLOW_TEXT, executable: false }] : []),
    ...(request.hook ? [{ path: '.githooks/pre-commit', text: HOOK_TEXT, executable: true }] : []),
  ]
}

/** Those of the files that are not there yet; a path whose file or folder is a link counts as there. */
export function missingFiles(root: string, files: readonly InitFile[]): InitFile[] {
  return files.filter(({ path }) => !existsSync(join(root, path)))
}

/** Writes files that do not exist yet; one that appeared meanwhile is an error, never overwritten. */
export function writeInitFiles(root: string, files: readonly InitFile[]): void {
  for (const { path, text, executable } of files) {
    const absolute = join(root, path)
    mkdirSync(dirname(absolute), { recursive: true })
    writeFileSync(absolute, text, { flag: 'wx' })
    if (executable) chmodSync(absolute, 0o755)
  }
}

const CONFIG_TEXT = `# Settings of secops for this project; everything is optional. See docs/configuration.md.
version: 1

# Values only you know. A fix that needs a missing one is held and asks for it.
values: {}
  # adminCidrs: [203.0.113.0/24]        # networks from which people administer
  # domainName: pay.example.com
  # hostedZone: example.com
  # logBucket: my-access-logs           # bucket that access logs go to
  # kmsKeyArn: arn:aws:kms:...          # left out: fixers declare keys with rotation
  # retentionDays: 365
  # runAsUser: 10001
  # resources:
  #   requests: {cpu: 250m, memory: 256Mi}
  #   limits: {cpu: 500m, memory: 512Mi}

# Rules by id or alias: off, or another severity.
# rules:
#   s3-access-logging: off
#   CKV_K8S_40: {severity: low}

# Paths that are not audited, as in .gitignore.
# exclude: [sandbox/]

frameworks: [pci-dss-4.0.1]

# compliance:
#   merchantLevel: 2
#   months: 3
#   notApplicable:
#     - {requirement: 'pci-dss-4.0.1:6.4.2', reason: No public web application.}

# Dated statements for what no configuration can show, and exceptions with owner and expiry.
# attestations: attestations/*.yaml
# exceptions: exceptions/*.yaml
`

const WORKFLOW_TEXT = `name: secops
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  audit:
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      security-events: write
    steps:
      # Pin these to the full commit SHA of the version that you have reviewed.
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npx --yes gp-copilot audit . --format sarif --output secops.sarif
      - uses: github/codeql-action/upload-sarif@v3
        if: always()
        with:
          sarif_file: secops.sarif
`

const HOOK_TEXT = `#!/bin/sh
# Audits before each commit. Switch it on with: git config core.hooksPath .githooks
exec npx --no-install secops audit . --quiet
`
