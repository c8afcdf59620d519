/** For people who write their own rules: `import { testRule, hcl } from 'gp-copilot/testing'`. */
export { auditProject, planProject, type TestProject } from './project.ts'
export { hcl, yaml, type Snippet } from './snippet.ts'
export {
  testRule,
  type Code,
  type ExpectedProblem,
  type InvalidCase,
  type PlainCase,
  type RuleCases,
} from './test-rule.ts'
