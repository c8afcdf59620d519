/** Awkward but valid shapes of files. None of them has anything that a fixer would change. */
export const CLEAN: Readonly<Record<string, string>> = {
  'crlf/main.tf': 'locals {\r\n  a = 1\r\n\r\n  # comment\r\n  b = "x" // end\r\n}\r\n',
  'bom/main.tf': '\uFEFFlocals {\n  a = 1\n}\n',
  'bom-crlf/main.tf': '\uFEFFlocals {\r\n  a = "ü"\r\n}\r\n',
  'tabs/main.tf': 'locals {\n\ta\t=\t1\n\t\tb = [\t1,\n\t2\t]\n}\n',
  'open-end/main.tf': 'locals {\n  a = 1\n}',
  'empty/main.tf': '',
  'newlines/main.tf': '\n\n\n',
  'blanks/main.tf': '   \n\t\nlocals {\n  a = 1   \n   \n}\n   ',
  'comments/main.tf':
    '#!/usr/bin/env terraform\n# 😀\n/* a\n b */ locals /* c */ { # d\n  a /* e */ = /* f */ 1 // g\n  /* h */ b = [ # i\n    1, // j\n    /* k */\n  ] # l\n} # m\n# n',
  'emoji/main.tf': 'locals {\n  "😀" = "👩‍👩‍👧 é \u0301 ‮"\n}\n'.replace('"😀" =', 'emoji ='),
  'heredoc/main.tf':
    'locals {\n  a = <<EOT\n  one ${upper("x")}\n\ttwo %{ if true ~}\n  three\n  %{~ else }\n  four %{ endif }\n  $${not} %%{not}\nEOT\n  b = <<-END\n    indented\n      more\n    END\n}\n',
  'heredoc-crlf/main.tf': 'locals {\r\n  a = <<-EOT\r\n    one\r\n    two\r\n  EOT\r\n}\r\n',
  'template/main.tf':
    'locals {\n  a = "a ${"b ${"c ${1 + 1}"}"} %{for x in [1, 2]}${x}%{ endfor }"\n  b = "\\u00e9 \\U0001F600 \\n \\" $${x}"\n}\n',
  'expressions/main.tf':
    'locals {\n  a = { for k, v in { x = 1 } : k => v... if v > 0 }\n  b = [for i in range(3) : i * 2][*]\n  c = true ? (1) : -(-2)\n  d = local.b[0]\n  e = {\n    "q" : 1, r = 2\n    (upper("s")) = 3\n  }\n  f = try(local.e["q"], null)\n}\n',
  'one-line/main.tf': 'variable "x" { default = 1 }\noutput "x" { value = var.x }\n',
  'json/main.tf.json': '{"locals":{"a":"${1 + 1}"},\r\n\t"output" : [ { "x" : {"value":  "${local.a}" } } ] }',
  'json-comment-keys/main.tf.json': '{\n  "//": "a comment",\n  "locals": {"//": 1, "a": [ ]}\n}\n',
  'tofu/main.tofu': 'locals {\n  a = 1\n}\n',
  'y/crlf.yaml':
    'apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: crlf\r\n  namespace: x\r\ndata:\r\n  a: "1"\r\n',
  'y/bom.yaml': '\uFEFFapiVersion: v1\nkind: ConfigMap\nmetadata: {name: bom, namespace: x}\n',
  'y/open-end.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: open, namespace: x}\ndata: {a: b}',
  'y/documents.yaml':
    '# first\n---\n# nothing\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: d1\n  namespace: x\n...\n---\n\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: d2, namespace: x}\n---\n',
  'y/anchors.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: &m\n  name: anchors\n  namespace: x\n  labels: &l {a: b}\n  annotations:\n    <<: *l\n    c: d\ndata: {}\n',
  'y/scalars.yaml':
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: scalars\n  namespace: x\ndata:\n  a: |+\n    keep\n\n\n  b: >-\n    folded\n      more\n\n    end\n  c: |2\n     two\n  d: 'it''s'\n  e: \"\\x41 \\u00e9 \\\n    joined\"\n  f: plain\n    over lines\n  ? complex\n  : value\n  g: ''\n",
  'y/flow.yaml':
    '{apiVersion: v1, kind: ConfigMap, "metadata": {name: flow, namespace: x,\n   labels: {a: b, }, }, data: {a: "1", b: [\n]},}\n'.replace(
      'b: [\n]',
      'b: "2"',
    ),
  'y/json.yaml': '{"apiVersion": "v1",\t"kind": "ConfigMap",\n "metadata": {"name": "json", "namespace": "x"}}\n',
  'y/manifest.json':
    '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "ConfigMap",\r\n"metadata": {"name": "in-list", "namespace": "x"}}]}',
  'y/comments.yaml':
    '# a\n\n# b\napiVersion: v1 # c\n# d\nkind: ConfigMap # 😀\n  # e\nmetadata: # f\n\n  # g\n  name: comments # h\n  namespace: x\n# i\ndata: # j\n  # k\n  a: b\n # l\n# m',
  'y/tabs.yaml': 'apiVersion: v1\nkind:\tConfigMap\t# tab\nmetadata:\n  name:\ttabs\n  namespace: x\t\n',
  'y/values.yaml': 'image:\n  tag: 1.0\nlist:\n- a\n-   b\n-\n  c: d\nyes: no\noctal: 0o17\nnull: ~\n',
  'y/empty.yaml': '',
  'y/comment-only.yaml': '# nothing\n',
  'y/directive.yaml': '%YAML 1.2\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: directive, namespace: x}\n',
}

/** A file with one thing to change, and how it reads afterwards: the same but for that. */
export interface Fixable {
  readonly name: string
  readonly path: string
  readonly rule: string
  readonly text: string
  readonly from: string
  readonly to: string
}

const POD_SPEC = `spec:
  containers:
    - name: app
      securityContext:
        privileged: true
      image: ghcr.io/acme/app:1.2.3
`

export const FIXABLE: readonly Fixable[] = [
  pod(
    'block',
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\n  namespace: shop\n${POD_SPEC}`,
    'privileged: true',
    'privileged: false',
  ),
  pod(
    'flow',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: shop}\nspec: {containers: [{name: app, image: "a/b:1", securityContext: {  privileged:   true  , runAsUser: 7}}]}\n',
    'privileged:   true',
    'privileged:   false',
  ),
  pod(
    'json',
    '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "app", "namespace": "shop"},\n\t"spec": {"containers": [{"name": "app", "image": "a/b:1",\n\t\t"securityContext": {"privileged" : true}}]}}\n',
    '"privileged" : true',
    '"privileged" : false',
  ),
  pod(
    'second document',
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: shop}\ndata:\n  script: |\n    privileged: true\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: shop}\n${POD_SPEC}---\n# end\n`,
    '        privileged: true',
    '        privileged: false',
  ),
  pod(
    'in a list',
    `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: app, namespace: shop}\n${POD_SPEC.replace(/^/gm, '  ').trimEnd()}\n`,
    'privileged: true',
    'privileged: false',
  ),
  pod(
    'quoted keys, odd indentation',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: app, namespace: shop}\nspec:\n      "containers":\n      -   name: app\n          image: a/b:1\n          "securityContext":\n                  \'privileged\': true   \n',
    "'privileged': true",
    "'privileged': false",
  ),
  bucket('plain', 'resource "aws_s3_bucket" "b" {\n  bucket = "b"\n  acl    = "public-read"\n  tags = {}\n}\n'),
  bucket('one line', 'resource "aws_s3_bucket" "b" { acl = "public-read" }\n'),
  bucket('tabs and odd spaces', 'resource   aws_s3_bucket  b\t{\n\tacl\t=\t"public-read"\t\n\n\n}\n'),
  bucket(
    'a heredoc beside it',
    'resource "aws_s3_bucket" "b" {\n  bucket = <<-EOT\n    acl = "public-read-not"\n  EOT\n  acl = "public-read"\n}\n',
    'acl = "public-read"\n',
    'acl = "private"\n',
  ),
  bucket(
    'by a variable',
    'variable "acl" {\n  type    = string\n  default = "public-read"\n}\nresource "aws_s3_bucket" "b" {\n  acl = var.acl\n}\n',
  ),
  bucket('by a local', 'locals { acl = "public-read" }\nresource "aws_s3_bucket" "b" {\n  acl = local.acl\n}\n'),
  {
    ...bucket('JSON', '{"resource": {"aws_s3_bucket": {"b":\n\t{ "acl" :"public-read", "bucket": "b" }}}}\n'),
    path: 'main.tf.json',
  },
]

function pod(name: string, text: string, from: string, to: string): Fixable {
  return { name: `YAML, ${name}`, path: 'k8s/pod.yaml', rule: 'k8s-no-privileged', text, from, to }
}

function bucket(name: string, text: string, from = '"public-read"', to = '"private"'): Fixable {
  return { name: `Terraform, ${name}`, path: 'main.tf', rule: 's3-no-public-acl', text, from, to }
}

/** What people and editors do to files without changing their meaning. */
export const DECORATIONS: Readonly<Record<string, (text: string, path: string) => string>> = {
  crlf: (text) => text.replace(/\r?\n/g, '\r\n'),
  bom: (text) => (text.startsWith('\uFEFF') ? text : `\uFEFF${text}`),
  'no final newline': (text) => text.replace(/(?:\r?\n)+$/, ''),
  'blank lines at the end': (text) => `${text}${newline(text)}${newline(text)}`,
  'a comment at the head': (text, path) =>
    takesComments(path, text) ? text.replace(/^\uFEFF?/, (bom) => `${bom}# 😀 héad: "quotes' {${newline(text)}`) : text,
  'a comment at the end': (text, path) =>
    takesComments(path, text) ? `${text.replace(/(?:\r?\n)*$/, newline(text))}# tail 👩‍👩‍👧` : text,
  'spaces at line ends': (text, path) =>
    path.endsWith('.tf') && !text.includes('<<') ? text.replace(/([^\s])(?=\r?\n)/g, '$1  ') : text,
}

function newline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function takesComments(path: string, text: string): boolean {
  return path.endsWith('.tf') || (path.endsWith('.yaml') && !/^\uFEFF?\{/.test(text))
}
