/** Rego: parse, compile, evaluate. */
export type * from './ast.ts'
export { formatError, RegoError, RegoErrors, Source, type RegoErrorCode } from './errors.ts'
export { parseModule, parseQuery, type ParseOptions } from './parser/parser.ts'
export {
  compile,
  Policy,
  PreparedQuery,
  type Bindings,
  type CompileOptions,
  type EvaluateOptions,
  type PrepareOptions,
  type TracedResult,
} from './policy.ts'
export {
  runTests,
  type FileCoverage,
  type TestOptions,
  type TestReport,
  type TestResult,
  type TestStatus,
} from './test-runner.ts'
export type { Origin } from './runtime/provenance.ts'
export { compareValues, equalValues, fromJson, RegoObject, RegoSet, type Value } from './value/value.ts'
export { parseJson, toJson } from './value/json.ts'
export { printValue } from './value/print.ts'
export { opa0Builtins } from './builtins-opa0.ts'
export { builtins } from './builtins/index.ts'
export { LEFT_OUT } from './builtins/left-out.ts'
export type { Builtin } from './builtins/builtin.ts'
