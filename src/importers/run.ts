import { join } from 'node:path'
import { nearest } from '../text/nearest.ts'

/** The project that a scanner is to look at. */
export interface ScannerTarget {
  /** Absolute path, links resolved. */
  readonly root: string
  /** An empty folder outside the project: scanners run in it, and write their reports to it. */
  readonly scratch: string
  /** Relative paths of Kubernetes manifests, for scanners that take files. */
  readonly manifests: readonly string[]
  /** Relative paths of Dockerfiles, for scanners that take files. */
  readonly dockerfiles: readonly string[]
  /** True if a path relative to the root is there. */
  readonly exists: (path: string) => boolean
}

/** How to run a scanner once. It is to be started without a shell. */
export interface ScannerCommand {
  readonly scanner: string
  readonly command: string
  readonly args: readonly string[]
  /** Never the project: most scanners load settings, and some load code, from the folder they run in. */
  readonly cwd: string
  /** Added to the environment. */
  readonly env: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  /** Any other exit code means that the run failed. */
  readonly exitCodes: readonly number[]
  /** Where the report is: standard output, or a file. */
  readonly report: { readonly kind: 'stdout' } | { readonly kind: 'file'; readonly path: string }
  /** What relative paths in the report start from: `base` of `importReport`. */
  readonly base: string
}

/** The runs that make up a scan, none if there is nothing for it to look at; or why it cannot be run. */
export type ScannerPlan =
  | { readonly ok: true; readonly commands: readonly ScannerCommand[] }
  | { readonly ok: false; readonly message: string }

/**
 * Nothing in a project may make a scanner reach the network, such as a module's source that is downloaded: proxies lead
 * nowhere, and git clones no remote.
 */
const OFFLINE: Readonly<Record<string, string>> = {
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  ALL_PROXY: 'http://127.0.0.1:9',
  http_proxy: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
  all_proxy: 'http://127.0.0.1:9',
  NO_PROXY: '',
  no_proxy: '',
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_TERMINAL_PROMPT: '0',
}

/** Files on one command line: far below what any system allows. */
const FILES_A_RUN = 200

interface Scanner {
  /** Where to get it. */
  readonly home: string
  plan(target: ScannerTarget): ScannerPlan
}

const SCANNERS: ReadonlyMap<string, Scanner> = new Map<string, Scanner>([
  ['checkov', { home: 'https://www.checkov.io', plan: planCheckov }],
  ['gitleaks', { home: 'https://github.com/gitleaks/gitleaks', plan: planGitleaks }],
  ['hadolint', { home: 'https://github.com/hadolint/hadolint', plan: planHadolint }],
  ['kics', { home: 'https://kics.io', plan: planKics }],
  ['kubescape', { home: 'https://kubescape.io', plan: planKubescape }],
  ['kubesec', { home: 'https://kubesec.io', plan: planKubesec }],
  ['semgrep', { home: 'https://semgrep.dev', plan: planSemgrep }],
  ['tfsec', { home: 'https://github.com/aquasecurity/tfsec', plan: planTfsec }],
  ['trivy', { home: 'https://trivy.dev', plan: planTrivy }],
])

/** What `--with` takes. */
export const SCANNER_NAMES: readonly string[] = [...SCANNERS.keys()]

/** How to run a scanner on a project. Starts nothing and reads nothing but `target.exists`. */
export function scannerCommands(name: string, target: ScannerTarget): ScannerPlan {
  const scanner = SCANNERS.get(name)
  if (scanner !== undefined) return scanner.plan(target)
  const hint = nearest(name, SCANNER_NAMES)
  const suffix = hint === undefined ? ` (known: ${SCANNER_NAMES.join(', ')})` : `; did you mean ${hint}?`
  return { ok: false, message: `no scanner ${name}${suffix}` }
}

/** For a command that is not on the PATH. */
export function notInstalledMessage(name: string): string {
  const home = SCANNERS.get(name)?.home
  const where = home === undefined ? '' : ` (${home})`
  return `${name} is not installed${where}: install it, or run it elsewhere and read its report with --import FILE.`
}

/**
 * Checkov runs Python that a `.checkov.yaml` of the project names. It looks for that file in its working folder and behind
 * `-d DIR`, but not behind `--directory=DIR`.
 */
function planCheckov({ root, scratch }: ScannerTarget): ScannerPlan {
  return one({
    scanner: 'checkov',
    args: [
      `--directory=${root}`,
      ...words('--output json --quiet --compact'),
      ...words('--skip-download --skip-results-upload --download-external-modules false'),
      ...words('--framework terraform kubernetes dockerfile github_actions secrets'),
    ],
    cwd: scratch,
    timeoutSeconds: 900,
    exitCodes: [0, 1],
    base: root,
  })
}

/** Without vulnerabilities, for which it would fetch a database. Older versions pass over settings they do not know. */
function planTrivy({ root, scratch, exists }: ScannerTarget): ScannerPlan {
  const ignored = ['.trivyignore.yaml', '.trivyignore'].find(exists)
  return one({
    scanner: 'trivy',
    args: [
      ...words('filesystem --format json --quiet --scanners misconfig,secret --offline-scan'),
      ...(ignored === undefined ? [] : ['--ignorefile', join(root, ignored)]),
      root,
    ],
    cwd: scratch,
    env: {
      TRIVY_SKIP_CHECK_UPDATE: 'true',
      TRIVY_SKIP_VERSION_CHECK: 'true',
      TRIVY_DISABLE_TELEMETRY: 'true',
    },
    exitCodes: [0],
    base: root,
  })
}

function planTfsec({ root, scratch }: ScannerTarget): ScannerPlan {
  return one({
    scanner: 'tfsec',
    args: [root, '--format', 'json', '--no-color', '--soft-fail', '--no-module-downloads'],
    cwd: scratch,
    exitCodes: [0],
    base: root,
  })
}

/** A `kics.config` may name queries and libraries to load, and no option turns it off. */
function planKics({ root, scratch, exists }: ScannerTarget): ScannerPlan {
  if (exists('kics.config')) {
    return {
      ok: false,
      message:
        'kics is not run: it would follow the kics.config of the project, which may load queries. Run it yourself and read its report with --import FILE.',
    }
  }
  return one({
    scanner: 'kics',
    args: [
      ...words('scan --report-formats json --output-name kics --silent --no-progress --ignore-on-exit results'),
      '--output-path',
      scratch,
      '--path',
      root,
    ],
    cwd: scratch,
    env: { DISABLE_CRASH_REPORT: '1' },
    timeoutSeconds: 900,
    exitCodes: [0],
    report: { kind: 'file', path: join(scratch, 'kics.json') },
    base: scratch,
  })
}

/** Values are redacted before they leave Gitleaks. */
function planGitleaks({ root, scratch }: ScannerTarget): ScannerPlan {
  const path = join(scratch, 'gitleaks.json')
  return one({
    scanner: 'gitleaks',
    args: [
      ...words('detect --no-git --report-format json --redact --no-banner --exit-code 0'),
      '--report-path',
      path,
      '--source',
      root,
    ],
    cwd: scratch,
    exitCodes: [0],
    report: { kind: 'file', path },
    base: scratch,
  })
}

/** Semgrep has no rules of its own: without any it would fetch some. */
function planSemgrep({ root, scratch, exists }: ScannerTarget): ScannerPlan {
  const rules = ['.semgrep.yml', '.semgrep.yaml', '.semgrep'].find(exists)
  if (rules === undefined) {
    return {
      ok: false,
      message:
        'semgrep is not run: the project has no .semgrep.yml or .semgrep/, and rules from its registry need the network. Run it yourself and read its report with --import FILE.',
    }
  }
  return one({
    scanner: 'semgrep',
    args: [...words('scan --json --quiet --metrics=off --disable-version-check'), '--config', join(root, rules), root],
    cwd: scratch,
    exitCodes: [0, 1],
    base: root,
  })
}

/** Uses what `kubescape download artifacts` has put in place. */
function planKubescape({ root, scratch }: ScannerTarget): ScannerPlan {
  const path = join(scratch, 'kubescape.json')
  return one({
    scanner: 'kubescape',
    args: [
      ...words('scan framework allcontrols --use-default --keep-local --format json --format-version v2'),
      '--output',
      path,
      root,
    ],
    cwd: scratch,
    env: { KS_SKIP_UPDATE_CHECK: 'true' },
    exitCodes: [0],
    report: { kind: 'file', path },
    base: root,
  })
}

/** One file a run. Kubesec has no offline option: its schemas come from the network unless `--schema-location` says else. */
function planKubesec({ root, scratch, manifests }: ScannerTarget): ScannerPlan {
  const commands = [...manifests].sort().map((file) => ({
    ...defaults('kubesec', scratch),
    args: ['scan', '--format', 'json', join(root, file)],
    env: {},
    timeoutSeconds: 60,
    exitCodes: [0, 2],
    base: root,
  }))
  return { ok: true, commands }
}

function planHadolint({ root, scratch, dockerfiles, exists }: ScannerTarget): ScannerPlan {
  const config = ['.hadolint.yaml', '.hadolint.yml'].find(exists)
  const files = [...dockerfiles].sort().map((file) => join(root, file))
  const commands: ScannerCommand[] = []
  for (let first = 0; first < files.length; first += FILES_A_RUN) {
    commands.push({
      ...defaults('hadolint', scratch),
      args: [
        ...words('--format json --no-fail'),
        ...(config === undefined ? [] : ['--config', join(root, config)]),
        ...files.slice(first, first + FILES_A_RUN),
      ],
      exitCodes: [0],
      base: root,
    })
  }
  return { ok: true, commands }
}

function defaults(
  scanner: string,
  cwd: string,
): Pick<ScannerCommand, 'scanner' | 'command' | 'cwd' | 'env' | 'timeoutSeconds' | 'report'> {
  return { scanner, command: scanner, cwd, env: OFFLINE, timeoutSeconds: 300, report: { kind: 'stdout' } }
}

function one(
  given: Pick<ScannerCommand, 'scanner' | 'args' | 'cwd' | 'exitCodes' | 'base'> & Partial<ScannerCommand>,
): ScannerPlan {
  const base = defaults(given.scanner, given.cwd)
  return { ok: true, commands: [{ ...base, ...given, env: { ...OFFLINE, ...given.env } }] }
}

/** Words of a command line that hold no space. */
function words(text: string): string[] {
  return text.split(' ')
}
