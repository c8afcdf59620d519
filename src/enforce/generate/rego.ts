import { type JsonMap, POD_REGO, type Policy, type TerraformPolicy } from '../policies/policy.ts'

/** The Rego of a template. */
export function templateRego(policy: Policy): string {
  return [
    `package ${policy.kind.toLowerCase()}`,
    'resource := input.review.object',
    'parameters := object.get(input, "parameters", {})',
    policy.rego,
    ...(policy.pods ? [POD_REGO] : []),
  ]
    .join('\n\n')
    .concat('\n')
}

/**
 * The same policy for Conftest. All twins can lie in one folder: what they define has the policy's name in it.
 * @param parameters those of the constraint, or the shipped ones
 */
export function conftestRego(policy: Policy, parameters: JsonMap): string {
  const body = [
    `kinds := ${JSON.stringify(kindsOf(policy))}`,
    'resource := input if sprintf("%v/%v", [api_group, input.kind]) in kinds',
    'api_group := split(input.apiVersion, "/")[0] if contains(input.apiVersion, "/")',
    'api_group := "" if not contains(input.apiVersion, "/")',
    // OPA refuses to go through a list that it knows to be empty; what a builtin gives it does not know.
    `parameters := object.union({}, ${JSON.stringify(parameters, undefined, '\t')})`,
    policy.rego,
    ...(policy.pods ? [POD_REGO] : []),
  ].join('\n\n')
  return conftestModule(policy, body)
}

/** Group and kind of everything that the policy judges. */
function kindsOf(policy: Policy): string[] {
  return policy.matches.flatMap(({ apiGroups, kinds }) =>
    apiGroups.flatMap((group) => kinds.map((kind) => `${group}/${kind}`)),
  )
}

export function terraformRego(policy: TerraformPolicy): string {
  return conftestModule(policy, policy.rego)
}

function conftestModule(policy: Pick<Policy, 'name' | 'title' | 'rules'>, body: string): string {
  const suffix = policy.name.replaceAll('-', '_')
  const rules = policy.rules.length === 0 ? '' : ` (${policy.rules.join(', ')})`
  return [
    `# ${policy.title}${rules}.`,
    '# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES',
    'package main',
    '',
    'import rego.v1',
    '',
    renamed(body, suffix).replaceAll('violation contains', `deny_${suffix} contains`),
    '',
  ].join('\n')
}

/** Every rule that the text defines gets the suffix, but `violation`. Names in strings and after a dot are left alone. */
function renamed(body: string, suffix: string): string {
  const names = new Set(
    [...body.matchAll(/^(?:default )?([a-z_]+)(?=\(| :=| contains | if )/gm)].flatMap(([, name = '']) =>
      name === 'violation' ? [] : [name],
    ),
  )
  return body.replaceAll(/(?<![\w."])[a-z_]+(?![\w"])/g, (word, at: number) =>
    names.has(word) && !insideText(body, at) ? `${word}_${suffix}` : word,
  )
}

function insideText(body: string, at: number): boolean {
  const line = body.slice(body.lastIndexOf('\n', at) + 1, at)
  return line.trimStart().startsWith('#') || (line.match(/(?<!\\)"/g) ?? []).length % 2 === 1
}
