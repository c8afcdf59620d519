import { harness } from '../shared/harness.test-helper.ts'
import fixer from './index.ts'

export { left } from '../shared/harness.test-helper.ts'
export const { rules: RULES, planned, fixed } = harness(fixer)
