import { type Complaint, defineFixer } from '../fixer.ts'
import { assessFile, buildFiles, FILES_RULE } from './files.ts'
import { variableSteps } from './file-steps.ts'
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
    return complaint.ruleId === FILES_RULE ? assessFile(complaint, context) : assessWorkload(complaint, context)
  },

  // Each of the three has groups of its own, so that they are never mixed here.
  build(complaints, context) {
    if (complaints.some(isTerraform)) return buildTerraform(complaints, context)
    const areFiles = complaints.every(({ ruleId }) => ruleId === FILES_RULE)
    return areFiles ? buildFiles(complaints, context) : buildWorkloads(complaints, context)
  },

  nextSteps(complaints, context) {
    return [
      ...workloadSteps(complaints, context),
      ...variableSteps(complaints, context),
      ...terraformSteps(complaints.filter(isTerraform), context),
    ]
  },
})

function isTerraform({ ruleId }: Complaint): boolean {
  return IN_TERRAFORM.has(ruleId)
}
