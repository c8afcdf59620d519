import { type JsonMap, POD_REGO, type Policy, type TerraformPolicy, type TerraformSamples } from '../policies/policy.ts'

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

/** @param comment lines for its head, beside what every policy over Terraform says of itself */
export function terraformRego(policy: TerraformPolicy, comment: readonly string[] = []): string {
  return conftestModule(policy, policy.rego, [
    'It judges what the files show. A value from a variable, a local, a function, a module or another resource is not known, and',
    'what is not known is not denied: secops audit knows more of it.',
    ...(policy.needsAll
      ? [
          'That another resource is missing can be said of all files together only: run it with --combine, over whole folders.',
          'A resource that a module is given is left to the module.',
        ]
      : []),
    ...policy.notes,
    ...comment,
  ])
}

/** The samples as unit tests, for `conftest verify`. They hold what is in `samples/`, so that they run from any folder. */
export function terraformTests({ name }: TerraformPolicy, { failing, passing }: TerraformSamples): string {
  const suffix = suffixOf(name)
  const test = (title: string, file: string, text: string, comparison: string): string => {
    const raw = text.includes('`') ? JSON.stringify(text) : `\`${text}\``
    return [
      `test_${suffix}_${title} if {`,
      `\tcontents := parse_config("hcl2", ${raw})`,
      `\tcount(deny_${suffix}) ${comparison} 0 with input as [{"path": "${file}", "contents": contents}]`,
      '}',
    ].join('\n')
  }
  return [
    '# The samples beside it, for conftest verify --policy FOLDER.',
    'package main',
    '',
    'import rego.v1',
    '',
    test('denies_what_fails', 'failing.tf', failing, '>'),
    '',
    test('passes_what_is_right', 'passing.tf', passing, '=='),
    '',
  ].join('\n')
}

function suffixOf(name: string): string {
  return name.replaceAll('-', '_')
}

function conftestModule(
  policy: Pick<Policy, 'name' | 'title' | 'rules'>,
  body: string,
  comment: readonly string[] = [],
): string {
  const suffix = suffixOf(policy.name)
  const rules = policy.rules.length === 0 ? '' : ` (${policy.rules.join(', ')})`
  return [
    `# ${policy.title}${rules}.`,
    '# Made by secops enforce generate. Conftest: conftest test --policy FOLDER FILES',
    ...comment.map((line) => `# ${line}`),
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
