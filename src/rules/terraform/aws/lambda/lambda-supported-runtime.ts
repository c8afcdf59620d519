import { settingRule } from '../../../shared/terraform-settings.ts'

/**
 * Runtimes that Lambda has deprecated, as of 2026-05-01. Source: the table of deprecated runtimes in the Lambda
 * developer guide; the last ones are python3.9 (2025-12-15), ruby3.2 (2026-03-31) and nodejs20.x (2026-04-30).
 */
const DEPRECATED: ReadonlySet<string> = new Set([
  'dotnet5.0',
  'dotnet6',
  'dotnet7',
  'dotnetcore1.0',
  'dotnetcore2.0',
  'dotnetcore2.1',
  'dotnetcore3.1',
  'go1.x',
  'java8',
  'nodejs',
  'nodejs4.3',
  'nodejs4.3-edge',
  'nodejs6.10',
  'nodejs8.10',
  'nodejs10.x',
  'nodejs12.x',
  'nodejs14.x',
  'nodejs16.x',
  'nodejs18.x',
  'nodejs20.x',
  'provided',
  'python2.7',
  'python3.6',
  'python3.7',
  'python3.8',
  'python3.9',
  'ruby2.5',
  'ruby2.7',
  'ruby3.2',
])

export default settingRule({
  id: 'lambda-supported-runtime',
  title: 'Lambda functions run on a runtime that is supported',
  severity: 'medium',
  severityReason:
    'Holes in the language are published and no longer mended, and later the function can no longer be changed; ' +
    'using one takes input that reaches it.',
  controls: ['SI-2'],
  sameAs: ['checkov:CKV_AWS_363'],
  resources: ['aws_lambda_function'],
  path: 'runtime',
  read: (at) => at.string(),
  holds: (value) => value === undefined || !DEPRECATED.has(value),
  bad: ['nodejs12.x', 'python3.7', 'nodejs16.x'],
  message: 'Lambda has deprecated the runtime {value}.',
  remediation: 'Move to the next runtime of the language, with its tests; `runtime` changes in place.',
})
