import { defineFixer, type FixRefusal } from '../fixer.ts'
import { assessWorkload, buildWorkloads } from './kubernetes.ts'
import { PLAINTEXT } from './leaks.ts'
import { workloadSteps } from './steps.ts'

const NO_PLAN: FixRefusal = { code: 'no-fix', refused: 'the fixer has no plan for this rule' }

export default defineFixer({
  name: 'secrets-management',
  title: 'Credentials: out of manifests and Terraform, into a secret manager',
  covers: [PLAINTEXT],
  assess(complaint, context) {
    return complaint.ruleId === PLAINTEXT ? assessWorkload(complaint, context) : NO_PLAN
  },
  build(complaints, context) {
    return buildWorkloads(complaints, context)
  },
  nextSteps(complaints, context) {
    return workloadSteps(complaints, context)
  },
})
