/** `secops enforce test`: policies against manifests, as admission would see them. */
import { relative } from 'node:path'
import { parseExceptions } from '../../compliance/exceptions.ts'
import type { Config } from '../../config/load.ts'
import type { PlacedException } from '../../enforce/exceptions.ts'
import { isPolicy, testManifests, type TestManifestsResult } from '../../enforce/test-manifests.ts'
import { SecretMask } from '../../engine/secrets.ts'
import { type EnforcementPoint, type KubernetesObject, objectsOf } from '../../gatekeeper/index.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { globMatcher } from '../project/glob.ts'
import { readConfig } from '../project/load.ts'
import { toPosix, UsageError } from '../project/root.ts'
import { walkProject } from '../project/walk.ts'
import { TOOL } from '../session.ts'
import { commonRoot, STDIN, withoutDots, YamlReader } from './inputs.ts'

export interface TestOptions {
  readonly files: readonly string[]
  readonly policies: readonly string[]
  /** Text of `-`. */
  readonly stdin?: string | undefined
  readonly configFile?: string | undefined
  readonly engine?: 'rego' | 'cel' | undefined
  readonly point?: EnforcementPoint | undefined
  readonly now: Date
}

export interface TestOutcome extends TestManifestsResult {
  readonly mask: SecretMask
  /** From the project root to the git top level, for SARIF. */
  readonly uriPrefix: string
}

const MANIFESTS = /\.(?:ya?ml|json)$/i

/** @throws UsageError for what does not exist, a configuration that cannot be used, or if there is no policy at all */
export function testFiles({ files, policies, stdin, configFile, engine, point, now }: TestOptions): TestOutcome {
  const named = files.map(withoutDots)
  const { root, gitTop } = commonRoot(named)
  const config = readConfig(root, configFile)
  const reader = new YamlReader(root, gitTop ?? root)
  const manifestFiles = [
    ...reader.list(
      named.filter((path) => path !== STDIN),
      MANIFESTS,
    ),
  ]
  if (stdin !== undefined) {
    reader.give(STDIN, stdin)
    manifestFiles.unshift(STDIN)
  }
  const folders = policies.map(withoutDots)
  commonRoot(folders)
  const policyFiles = reader.list(folders, MANIFESTS)
  const manifests = manifestFiles.flatMap((path) => [...read(reader, path)])
  const inFiles = new Set(manifestFiles)
  const fromFolders = policyFiles.filter((path) => !inFiles.has(path)).flatMap((path) => [...read(reader, path)])
  const found = [...fromFolders, ...manifests].filter(isPolicy)
  if (found.length === 0) {
    const where = policies.length === 0 ? 'the files; name a folder of policies with --policy' : policies.join(', ')
    throw new UsageError(`no ConstraintTemplate or constraint in ${where}`)
  }
  const exceptions = readExceptions(root, config)
  const result = testManifests({
    policies: found,
    manifests,
    exceptions: exceptions.placed,
    engine,
    ...(point !== undefined && { point }),
    files: manifestFiles.length,
    now,
    tool: TOOL,
  })
  const unread = manifestFiles.flatMap((path) => reader.yaml(path)?.diagnostics ?? [])
  const unusable = policyFiles.flatMap((path) => (inFiles.has(path) ? [] : (reader.yaml(path)?.diagnostics ?? [])))
  const diagnostics = [...reader.diagnostics, ...unread, ...exceptions.diagnostics, ...result.audit.diagnostics]
  const prefix = gitTop === undefined ? '' : toPosix(relative(gitTop, root))
  return {
    ...result,
    audit: { ...result.audit, diagnostics },
    faults: [
      ...unusable.filter(({ code }) => !code.endsWith('duplicate-key') && code !== 'helm-template'),
      ...result.faults,
    ],
    mask: SecretMask.of(reader.texts),
    uriPrefix: prefix === '' ? '' : `${prefix}/`,
  }
}

function read(reader: YamlReader, path: string): readonly KubernetesObject[] {
  const file = reader.yaml(path)
  return file === undefined ? [] : objectsOf(file)
}

/** Those that the project's `secops.yaml` names. */
function readExceptions(
  root: string,
  config: Config,
): { readonly placed: readonly PlacedException[]; readonly diagnostics: readonly Diagnostic[] } {
  const matches = globMatcher(config.exceptions)
  const reader = new YamlReader(root, root)
  const placed: PlacedException[] = []
  const diagnostics: Diagnostic[] = []
  for (const file of walkProject(root, { exclude: config.exclude, within: '' }).files) {
    if (!matches(file)) continue
    const parsed = parseExceptions(file, reader.text(file) ?? '')
    diagnostics.push(...parsed.diagnostics)
    for (const [index, exception] of parsed.records.entries()) {
      const range = parsed.ranges[index]
      if (range !== undefined) placed.push({ exception, file, range })
    }
  }
  return { placed, diagnostics }
}
