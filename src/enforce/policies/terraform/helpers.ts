import { STATEMENT_HELPERS } from './statements.ts'

const TYPED = '"type": type, "address": address'

/**
 * A rule that lists blocks: those of one file, or of all files (`--combine`), which are the whole of their folders.
 * @param head its name and arguments, with the comment above
 * @param fields of what is found, besides the block itself and where it is
 * @param steps to the block, from the contents of a file
 */
function finder(head: string, fields: string, steps: (contents: string) => readonly string[]): string {
  const from = (contents: string): string =>
    steps(contents)
      .map((step) => `\t\t${step}\n`)
      .join('')
  return `
${head} := [found |
\tsome list in [[{${fields}, "folder": "", "whole": false, "body": body} |
${from('input')}\t], [{${fields}, "folder": tf_folder(file), "whole": true, "body": body} |
\t\tsome file in input
${from('file.contents')}\t]]
\tsome found in list
]
`
}

/** What policies over Terraform share, over the form that Conftest gives HCL. Each takes along what it names. */
const HELPERS: readonly string[] = [
  finder(
    '# Of one file; or of all that Conftest was given (--combine), which is the whole.\ntf_resources(type)',
    TYPED,
    (root) => [
      `some name, value in ${root}.resource[type]`,
      'some body in tf_bodies(value)',
      'address := sprintf("%v.%v", [type, name])',
    ],
  ),
  finder('tf_data(type)', TYPED, (root) => [
    `some name, value in ${root}.data[type]`,
    'some body in tf_bodies(value)',
    'address := sprintf("data.%v.%v", [type, name])',
  ]),
  finder('tf_providers(type)', '"type": "provider", "address": address', (root) => [
    `some body in tf_bodies(${root}.provider[type])`,
    'address := sprintf("provider.%v", [type])',
  ]),
  finder('tf_backends(type)', '"type": "backend", "address": address', (root) => [
    `some settings in tf_bodies(${root}.terraform)`,
    'some body in tf_bodies(settings.backend[type])',
    'address := sprintf("terraform.backend.%v", [type])',
  ]),
  finder('tf_modules', '"name": name', (root) => [
    `some name, value in ${root}.module`,
    'some body in tf_bodies(value)',
  ]),
  `
tf_folder(file) := regex.replace(file.path, \`[^/\\\\]*$\`, "")
`,
  `
# A block may be an object or a list of them.
tf_bodies(value) := value if is_array(value)

tf_bodies(value) := [value] if is_object(value)
`,
  `
# What is not known here: a variable, another resource, a function, a template.
tf_is_expression(value) if {
	is_string(value)
	regex.match(\`[$%]\\{\`, value)
}

tf_is_expression(value) if {
	is_array(value)
	some item in value
	is_string(item)
	regex.match(\`[$%]\\{\`, item)
}
`,
  `
# What AWS says of something that is declared: not known, but never empty.
tf_is_attribute(value) if regex.match(\`^\\$\\{(data\\.)?aws_\\w+\\.[\\w-]+(\\[[^\\]]*\\])?\\.\\w+\\}$\`, value)
`,
  `
tf_list(value) := value if is_array(value)

tf_list(value) := [value] if not is_array(value)
`,
  `
# A policy in jsonencode, or as text. A text with an expression outside of quotes is not read.
tf_document(text) := json.unmarshal(text) if json.is_valid(text)

tf_document(text) := parse_config("hcl2", concat("", ["value = ", body])).value if {
	startswith(text, "\${jsonencode(")
	body := trim_suffix(trim_prefix(text, "\${jsonencode("), ")}")
}
`,
  `
# Half of all addresses of a family, or more: 0.0.0.0/0, 0.0.0.0/1, or pieces that make them up.
tf_is_internet(cidrs) if {
	pieces := [piece | some piece in tf_list(cidrs); is_string(piece); net.cidr_is_valid(piece); not contains(piece, ":")]
	sum([size | some block in net.cidr_merge(pieces); size := bits.lsh(1, 32 - to_number(split(block, "/")[1]))]) >= 2147483648
}

tf_is_internet(cidrs) if {
	some piece in tf_list(cidrs)
	is_string(piece)
	net.cidr_is_valid(piece)
	contains(piece, ":")
	some half in {"2000::/4", "3000::/4"}
	net.cidr_contains(piece, half)
}
`,
  `
# A companion that a variable names may be that of any resource.
tf_may_belong(value, found, attribute) if tf_may_name(value, found, attribute)

tf_may_belong(value, _, _) if regex.match(\`^\\$\\{var\\.\`, value)
`,
  `
# Whether a value names a resource, or may. What comes from another module or from outside is made there, and is no resource of
# this one unless the name is the same.
tf_may_name(value, found, _) if tf_mentions(value, found.address)

tf_may_name(value, found, attribute) if value == found.body[attribute]

tf_may_name(value, found, _) if {
	tf_is_expression(value)
	not regex.match(sprintf(\`(^|[^\\w.])%v\\.\`, [found.type]), value)
	not regex.match(\`^\\$\\{(var|module|data)\\.[^ ()]*\\}$\`, value)
}

tf_may_name(value, found, attribute) if {
	not tf_is_expression(value)
	name := object.get(found.body, attribute, "\${made up by Terraform}")
	tf_is_expression(name)
	startswith(value, split(name, "\${")[0])
}
`,
  `
tf_mentions(value, address) if regex.match(sprintf(\`(?s)\\{(.*[^\\w.])?%v([^\\w-]|$)\`, [replace(address, ".", \`\\.\`)]), value)
`,
  `
# A module that is given the resource may do with it what is asked for.
tf_handed_on(found) if {
	some call in tf_modules
	call.folder == found.folder
	walk(call.body, [_, value])
	is_string(value)
	tf_mentions(value, found.address)
}
`,
]

const BY_NAME = [...HELPERS, ...STATEMENT_HELPERS].map((text) => ({
  text: text.trim(),
  name: /^(tf_\w+)/m.exec(text)?.[1] ?? '',
}))

/** The rules of a policy with every helper that they name, directly or through another. */
export function withHelpers(rules: string): string {
  const wanted = new Set<string>()
  for (let before = -1; before < wanted.size;) {
    before = wanted.size
    const text = [rules, ...BY_NAME.filter(({ name }) => wanted.has(name)).map((helper) => helper.text)].join('\n')
    for (const { name } of BY_NAME) if (new RegExp(`\\b${name}\\b`).test(text)) wanted.add(name)
  }
  return [rules.trim(), ...BY_NAME.filter(({ name }) => wanted.has(name)).map(({ text }) => text)].join('\n\n')
}
