import { type Complaint, defineFixer } from '../fixer.ts'
import { assessFile, FILES_RULE } from './files.ts'
import { assessWorkload, buildWorkloads } from './kubernetes.ts'
import { PLAINTEXT } from './leaks.ts'
import { workloadSteps } from './steps.ts'
import { assessTerraform, buildTerraform, TERRAFORM_RULES } from './terraform.ts'
import { terraformSteps } from './terraform-steps.ts'

const IN_TERRAFORM: ReadonlySet<string> = new Set(TERRAFORM_RULES)

export default defineFixer({
  name: 'secrets-management',
  title: 'Credentials: out of manifests and Terraform, into a secret manager',
  covers: [PLAINTEXT, FILES_RULE, ...TERRAFORM_RULES],

  assess(complaint, context) {
    if (isTerraform(complaint)) return assessTerraform(complaint, context)
    return complaint.ruleId === FILES_RULE ? assessFile(complaint) : assessWorkload(complaint, context)
  },

  // The groups of the two languages are apart, so that one of them is never mixed with the other here.
  build(complaints, context) {
    return complaints.some(isTerraform) ? buildTerraform(complaints, context) : buildWorkloads(complaints, context)
  },

  nextSteps(complaints, context) {
    const manifests = complaints.filter((complaint) => !isTerraform(complaint))
    return [...workloadSteps(manifests, context), ...terraformSteps(complaints.filter(isTerraform), context)]
  },
})

function isTerraform({ ruleId }: Complaint): boolean {
  return IN_TERRAFORM.has(ruleId)
}
