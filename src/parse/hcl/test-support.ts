import type { Span } from '../../text/span.ts'
import type { Attribute, Block, Body, Expression, HclDocument, TemplatePart } from './ast.ts'
import { childrenOf, type HclNode } from './walk.ts'

/** A tree as one line, for tests to compare. */
export function sketch(node: Expression | TemplatePart): string {
  switch (node.kind) {
    case 'literal':
      return node.raw
    case 'variable':
      return node.name
    case 'text':
      return JSON.stringify(node.value)
    case 'interpolation':
      return `\${${sketch(node.expression)}}`
    case 'if':
      return `%if(${sketch(node.condition)})[${node.then.map(sketch).join(' ')}][${node.else.map(sketch).join(' ')}]`
    case 'template':
      return `${node.style}<${node.parts.map(sketch).join(' ')}>`
    case 'tuple':
      return `[${node.items.map(sketch).join(', ')}]`
    case 'object':
      return `{${node.items.map((item) => `${item.keyName ?? `(${sketch(item.key)})`}=${sketch(item.value)}`).join(', ')}}`
    case 'get-attribute':
      return `${sketch(node.target)}.${node.name}`
    case 'index':
      return `${sketch(node.target)}[${sketch(node.key)}]`
    case 'splat':
      return `splat-${node.style}(${sketch(node.source)} -> ${sketch(node.each)})`
    case 'splat-item':
      return '@'
    case 'call':
      return `${node.name}(${node.args.map(sketch).join(', ')}${node.expandFinal ? '...' : ''})`
    case 'conditional':
      return `(${sketch(node.condition)} ? ${sketch(node.then)} : ${sketch(node.else)})`
    case 'binary':
      return `(${sketch(node.left)} ${node.operator} ${sketch(node.right)})`
    case 'unary':
      return `(${node.operator}${sketch(node.operand)})`
    case 'parentheses':
      return `<${sketch(node.inner)}>`
    case 'invalid':
      return '!!'
    case 'for': {
      const names = node.keyName === undefined ? node.valueName : `${node.keyName},${node.valueName}`
      const head = `for ${names} in ${sketch(node.collection)}`
      if ('body' in node) return `%${head}[${node.body.map(sketch).join(' ')}]`
      const key = node.key === undefined ? '' : `${sketch(node.key)} => `
      const condition = node.condition === undefined ? '' : ` if ${sketch(node.condition)}`
      return `(${head} : ${key}${sketch(node.value)}${node.grouped ? '...' : ''}${condition})`
    }
  }
}

/** A body's items, one line each, nested ones indented. */
export function outline(body: Body, indent = ''): string[] {
  return body.items.flatMap((item) =>
    item.kind === 'attribute'
      ? [`${indent}${item.name} = ${sketch(item.value)}`]
      : [
          `${indent}${[item.type, ...item.labels.map((label) => JSON.stringify(label.value))].join(' ')}`,
          ...outline(item.body, `${indent}  `),
        ],
  )
}

/** What is wrong with the spans of a document: outside the text, outside the parent, out of order. */
export function spanFaults(document: HclDocument): string[] {
  const faults: string[] = []
  const waiting: HclNode[] = [document.body]
  const within = (what: string, inner: Span, outer: Span): void => {
    if (inner.start > inner.end || inner.start < outer.start || inner.end > outer.end) {
      faults.push(`${what} ${inner.start}-${inner.end} not in ${outer.start}-${outer.end}`)
    }
  }
  within('body', document.body.span, { start: 0, end: document.text.length })
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    let last = node.span.start
    for (const child of childrenOf(node)) {
      within('kind' in child ? child.kind : 'body', child.span, node.span)
      if (child.span.start < last) faults.push(`child at ${child.span.start} begins before ${last}`)
      last = child.span.end
      waiting.push(child)
    }
    for (const extra of extraSpans(node, document.syntax === 'json')) within('part', extra, node.span)
  }
  return faults
}

function extraSpans(node: HclNode, json: boolean): readonly Span[] {
  if (!('kind' in node)) return []
  if (node.kind === 'attribute') return [node.nameSpan]
  if (node.kind === 'block') return json ? [] : [node.typeSpan, node.headerSpan, ...node.labels.map(({ span }) => span)]
  if (node.kind === 'template') return [node.contentSpan]
  if (node.kind === 'object') return node.items.map(({ span }) => span)
  return node.kind === 'get-attribute' || node.kind === 'call' ? [node.nameSpan] : []
}

/** The first attribute of a name, at any depth. */
export function attribute(body: Body, name: string): Attribute {
  const waiting: (Attribute | Block)[] = [...body.items]
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
    if (item.kind === 'block') waiting.push(...item.body.items)
    else if (item.name === name) return item
  }
  throw new Error(`no attribute ${name}`)
}

/** Valid files of awkward shapes. */
export const CORPUS: readonly string[] = [
  '',
  '\n\n# only a comment',
  '\uFEFFa = 1\n',
  'a = 1',
  'a = 1\r\nb = "x"\r\n',
  'resource "aws_s3_bucket" "logs" {\n  bucket = "x" # trailing\n\n  tags = { a = 1, "b" : 2\n    (var.k) = 3\n    "${var.k}-x" = 4 }\n}\n',
  'a b "c" { d = 1 }\ne {}\nf {\n}\n',
  'locals {\n  a = [\n    1, # one\n    2, // two\n    /* three */ 3,\n  ]\n  b = {\n    # note\n    x = 1\n\n    y = {}, z = []\n  }\n}\n',
  'a = <<EOT\nplain ${b} $${c} %%{d} \\n "quoted"\n  EOT x\nEOT\n',
  'a = <<-EOT\n    one\n\n      two ${x}\n    three\n  EOT\nb = 2\n',
  'a = <<-EOT\r\n    one\r\n      two\r\n    EOT\r\n',
  'a = <<EOT\n%{ for k, v in var.m ~}\n${k}=${v}\n%{ endfor ~}\n%{ if a == "b" }yes%{ else }no%{ endif }\nEOT\n',
  'a = f(<<A\none\nA\n, <<B\ntwo\nB\n)\n',
  'a = [<<A\none\nA\n, <<-B\n  two ${<<C\nthree\nC\n}\n  B\n]\n',
  'a = "${"nested ${"deeper ${x}"} y"}"\n',
  'a = "\\n\\r\\t\\"\\\\\\u00e9\\U0001F600 $${x} %%{y} $ % $$ 100%"\n',
  'a = "${~ x ~} y %{~ if z ~} w %{~ endif ~} v"\n',
  'a = b ? c : d ? e : f\n',
  'a = 1 + 2 * 3 - 4 / 5 % 6 == 7 && 8 < 9 || !true && -1 >= -x.y\n',
  'a = (\n  1 +\n  2\n)\n',
  'a = [for k, v in m : "${k}=${v}" if v != null]\nb = {for x in l : x.id => x...}\nc = {\n  for k, v in m :\n  k => v\n  if k != "a"\n}\n',
  'a = b.*.c.0.d\ne = f[*].g[0].h[*].i\nj = k.0.l["m"].n[o.p]\n',
  'a = merge({}, var.x...)\nb = provider::x::y(1, 2,)\nc = f()\nd = g(\n  1,\n  2\n)\n',
  'größe = "ü 😀 \u200b"\nname-with-dash_2 = naïve.é-x\n',
  'a = 0.5e-3\nb = 1E10\nc = 12345678901234567890123\nd = null\n',
  'a = { null = 1, true = 2, for-each = 3, if = 4 }\n',
  'terraform {\n  required_providers {\n    aws = { source = "hashicorp/aws", version = "~> 5.0" }\n  }\n}\n',
  'a = "" # " ${\nb = /* { */ 1\n',
  '\ta\t=\t1\t\n',
]
