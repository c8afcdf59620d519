/** Conftest: policies by its conventions, asked about files of many formats. */
export { conftestBuiltins, type ReadPolicyFile } from './builtins.ts'
export { ConftestPolicies, type CheckResult, type PolicyMessage } from './check.ts'
export { combined, inputsOf, readInput, type InputFile } from './input.ts'
export { parserByName, parserForPath, parserNames } from './parsers/index.ts'
export { selectNamespaces } from './policies.ts'
export { verifyPolicies, type VerifyResult } from './verify.ts'
