import { POLICIES } from '../policies/index.ts'
import { LEFT_OUT } from '../policies/terraform/left-out.ts'
import { TERRAFORM_POLICIES } from '../policies/terraform/index.ts'
import { type GeneratedFile, policyFiles, terraformFiles } from './files.ts'
import { LIBRARY_SAMPLES } from './terraform-samples.ts'

/** Every file below `policies/` that is made: policies over Terraform lie in `terraform/`. */
export function libraryFiles(): GeneratedFile[] {
  return [
    ...POLICIES.flatMap((policy) =>
      policyFiles(policy, { kind: 'all', failing: policy.failing, passing: policy.passing }),
    ),
    ...TERRAFORM_POLICIES.flatMap((policy) =>
      terraformFiles(policy, policy, LIBRARY_SAMPLES).map(({ path, text }) => ({ path: `terraform/${path}`, text })),
    ),
  ]
}

/** What there is, for the README of the library. */
export function libraryTable(): string {
  const rules = (ids: readonly string[]): string =>
    ids.map((id) => `[${id}](../docs/rules/${id}.md)`).join(', ') || 'none'
  return [
    '| policy | what must be true | starts with | rules |',
    '|---|---|---|---|',
    ...POLICIES.map(
      ({ name, title, action, rules: ids }) =>
        `| [${name}](${name}/template.yaml) | ${title} | ${action} | ${rules(ids)} |`,
    ),
    '',
    'Over Terraform, for Conftest only:',
    '',
    '| policy | what must be true | rules |',
    '|---|---|---|',
    ...TERRAFORM_POLICIES.map(
      ({ name, title, rules: ids }) => `| [${name}](terraform/${name}/conftest.rego) | ${title} | ${rules(ids)} |`,
    ),
    '',
    'Rules about Terraform without a policy:',
    '',
    '| rule | why |',
    '|---|---|',
    ...Object.entries(LEFT_OUT).map(([id, why]) => `| ${rules([id])} | ${why} |`),
    '',
  ].join('\n')
}
