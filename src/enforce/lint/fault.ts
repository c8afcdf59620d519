import type { YamlChange } from '../../edit/yaml/index.ts'
import type { Range } from '../../text/span.ts'
import type { LintObject } from './objects.ts'

export type Level = 'error' | 'warning'

/** What is wrong, at which level; docs/commands/enforce-lint.md has a row for each. */
export const FAULTS = {
  'enforce-template-version': { level: 'warning', title: 'A template is on an old version of the API' },
  'enforce-template-name': { level: 'error', title: "A template's name is not its kind in lower case" },
  'enforce-template-invalid': { level: 'error', title: 'A template lacks what it cannot work without' },
  'enforce-schema-type': { level: 'error', title: 'A level of the schema has no type' },
  'enforce-schema-unknown-type': { level: 'error', title: 'The schema names a type that does not exist' },
  'enforce-cel-invalid': { level: 'error', title: 'The CEL does not compile' },
  'enforce-rego-invalid': { level: 'error', title: 'The Rego does not compile' },
  'enforce-parameter-unread': { level: 'warning', title: 'A parameter is declared and nothing reads it' },
  'enforce-parameter-undeclared': { level: 'warning', title: 'A parameter is read and not declared' },
  'enforce-registry-prefix': { level: 'error', title: 'A registry is compared without a slash at its end' },
  'enforce-message-hardcoded': { level: 'warning', title: 'A message says what the parameters should say' },
  'enforce-pods-not-read': { level: 'warning', title: 'The template reads workloads, but no Pods' },
  'enforce-containers-only': { level: 'warning', title: 'Init or ephemeral containers are not looked at' },
  'enforce-constraint-version': { level: 'error', title: 'Constraints exist as v1beta1 only' },
  'enforce-constraint-namespace': { level: 'error', title: 'A cluster-scoped object names a namespace' },
  'enforce-constraint-action': { level: 'error', title: 'The enforcement action does not exist' },
  'enforce-constraint-match': { level: 'error', title: 'A field of match does not exist' },
  'enforce-constraint-without-template': { level: 'warning', title: 'No template defines the kind of a constraint' },
  'enforce-pods-not-matched': { level: 'warning', title: 'Workloads are matched, but bare Pods slip through' },
  'enforce-parameter-unknown': {
    level: 'error',
    title: 'A constraint sets a parameter that its template does not know',
  },
  'enforce-parameter-type': { level: 'error', title: 'A parameter is of another type than the template declares' },
  'enforce-parameter-refused': { level: 'error', title: "A parameter breaks a rule of the template's schema" },
  'enforce-dangling-secret': { level: 'warning', title: 'A Secret that nothing here defines' },
  'enforce-dangling-secret-key': { level: 'error', title: 'A key that its Secret does not have' },
  'enforce-dangling-config-map': { level: 'warning', title: 'A ConfigMap that nothing here defines' },
  'enforce-dangling-config-map-key': { level: 'error', title: 'A key that its ConfigMap does not have' },
  'enforce-dangling-service-account': { level: 'warning', title: 'A ServiceAccount that nothing here defines' },
} as const satisfies Readonly<Record<string, { readonly level: Level; readonly title: string }>>

export type FaultId = keyof typeof FAULTS

export interface Fault {
  readonly id: FaultId
  readonly level: Level
  readonly message: string
  readonly file: string
  readonly range: Range
  /** `Kind/namespace/name` of the object. */
  readonly object: string
  readonly fix?: LintFix
}

/** Changes of the fault's object that mend it. */
export interface LintFix {
  readonly title: string
  readonly object: LintObject
  readonly changes: readonly YamlChange[]
}

export function faultAt(
  id: FaultId,
  object: LintObject,
  at: Range,
  message: string,
  fix?: Omit<LintFix, 'object'>,
  level: Level = FAULTS[id].level,
): Fault {
  return {
    id,
    level,
    message,
    file: object.file.path,
    range: at,
    object: object.address,
    ...(fix !== undefined && { fix: { ...fix, object } }),
  }
}
