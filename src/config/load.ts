import { posix } from 'node:path'
import type { Diagnostic } from '../text/diagnostic.ts'
import { type ConfigInput, configSchema } from './schema.ts'
import { validateYaml } from './validate.ts'

/** How deep `extends` may go: enough for organisation, team and project, and an end for a circle. */
const MAX_EXTENDS = 5

/** The settings of one project, with every default filled in. */
export interface Config {
  readonly values: NonNullable<ConfigInput['values']>
  readonly rules: NonNullable<ConfigInput['rules']>
  readonly allowInline: boolean
  readonly exclude: readonly string[]
  readonly frameworks: readonly string[]
  readonly compliance: NonNullable<ConfigInput['compliance']>
  readonly attestations: readonly string[]
  readonly exceptions: readonly string[]
}

export const DEFAULT_CONFIG: Config = {
  values: {},
  rules: {},
  allowInline: true,
  exclude: [],
  frameworks: ['pci-dss-4.0.1', 'pci-dss-3.2.1'],
  compliance: {},
  attestations: ['attestations/*.yaml'],
  exceptions: ['exceptions/*.yaml'],
}

export type LoadedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/**
 * Reads `secops.yaml` and what it extends. Configuration is data: nothing in it names code, a program or an address.
 * @param readText a file's text by path relative to the project root; undefined outside the root or if not there
 */
export function loadConfig(
  path: string,
  text: string,
  readText: (path: string) => string | undefined,
  depth = 0,
): LoadedConfig {
  const validated = validateYaml(path, text, configSchema())
  if (!validated.ok) return validated
  const input = validated.value
  const base = input.extends === undefined ? { ok: true as const, config: DEFAULT_CONFIG } : loadBase(input.extends)
  if (!base.ok) return base
  return { ok: true, config: merge(base.config, input) }

  function loadBase(target: string): LoadedConfig {
    const resolved = posix.normalize(posix.join(posix.dirname(path), target))
    if (depth >= MAX_EXTENDS) return failure(`extends is nested more than ${MAX_EXTENDS} deep`)
    const baseText = resolved.startsWith('..') || posix.isAbsolute(target) ? undefined : readText(resolved)
    if (baseText === undefined) return failure(`extends: ${target} is not a file inside the project`)
    return loadConfig(resolved, baseText, readText, depth + 1)
  }

  function failure(message: string): LoadedConfig {
    return { ok: false, diagnostics: [{ file: path, code: 'config-invalid', message }] }
  }
}

/** Objects merge key by key, everything else is replaced by the nearer file. */
function merge(base: Config, input: ConfigInput): Config {
  return {
    values: { ...base.values, ...input.values },
    rules: { ...base.rules, ...input.rules },
    allowInline: input.suppressions?.allowInline ?? base.allowInline,
    exclude: input.exclude ?? base.exclude,
    frameworks: input.frameworks ?? base.frameworks,
    compliance: { ...base.compliance, ...input.compliance },
    attestations: input.attestations ?? base.attestations,
    exceptions: input.exceptions ?? base.exceptions,
  }
}
