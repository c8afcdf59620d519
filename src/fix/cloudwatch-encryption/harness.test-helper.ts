import { harness } from '../shared/harness.test-helper.ts'
import fixer from './index.ts'

export { left } from '../shared/harness.test-helper.ts'
export const {
  rules: RULES,
  wider: WIDER,
  planned,
  fixed,
} = harness(fixer, /^(?:kms|iam|cloudwatch|cloudtrail-(?:kms|cloudwatch)|sns)-/)
