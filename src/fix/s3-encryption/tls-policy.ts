import {
  attribute,
  attributeOf,
  block,
  documentStyle,
  type EditRefusal,
  findAttribute,
  GAP,
  indentAt,
  raw,
  template,
} from '../../edit/hcl/index.ts'
import type { Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { bucketPolicies, POLICY, quietly } from '../../resources/aws/s3-bucket.ts'
import { Place } from '../../resources/place.ts'
import { addBelow, addCompanion } from './companions.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { type Span, spanContains } from '../../text/span.ts'
import { policyForm } from './policy-document.ts'
import { oncePerBlock, type Session } from './session.ts'
import { freeName, metaArguments, referenceTo, rootAttribute } from '../shared/target.ts'
import { nameOf, type Target } from './target.ts'

const SID = 'DenyPlainHttp'

/** Denies requests without TLS: in the policy that the bucket has, else in a new one in the module's own style. */
export function denyPlainHttp(session: Session): EditRefusal | undefined {
  const { target } = session
  const [policy] = bucketPolicies(Place.of(target.bucket), quietly(target.estate, target.bucket)).certain
  return oncePerBlock(session, `tls ${policy === undefined ? '' : policy.location.span.start}`, () => {
    if (policy === undefined) addPolicy(session)
    else return addStatement(session, policy)
    return undefined
  })
}

function addPolicy(session: Session): void {
  const { target } = session
  const arn = `${referenceTo(target)}.arn`
  if (!usesPolicyDocuments(target)) {
    const statement = hclStatement(arn).split('\n').join('\n  ')
    const text = `jsonencode({\n  Version = "2012-10-17"\n  Statement = [${statement}]\n})`
    addCompanion(session, POLICY.type, [GAP, attribute('policy', raw(text))])
    return
  }
  const name = freeName(target, 'aws_iam_policy_document', `${target.bucket.name}_bucket`, 'bucket')
  const index = /\[.*\]$/.exec(referenceTo(target))?.[0] ?? ''
  // A data source that only renders text needs no provider of its own.
  const meta = metaArguments(target).filter((item) => item.kind !== 'attribute' || item.name !== 'provider')
  addBelow(
    session,
    block('data', [...(meta.length > 1 ? meta : []), statementBlock(arn)], ['aws_iam_policy_document', name]),
  )
  addCompanion(session, POLICY.type, [attribute('policy', raw(`data.aws_iam_policy_document.${name}${index}.json`))])
}

/** True if the module writes more of its policies as data sources than with `jsonencode`. */
function usesPolicyDocuments({ estate, dir }: Target): boolean {
  const text = estate
    .moduleDocuments(dir)
    .map((document) => document.text)
    .join('\n')
  const documents = text.match(/\.(?:minified_)?json\b/g)?.length ?? 0
  const encoded = text.match(/=\s*jsonencode\(/g)?.length ?? 0
  return text.includes('data "aws_iam_policy_document"') && documents > encoded
}

function addStatement(session: Session, policy: Place): EditRefusal | undefined {
  const { target } = session
  const arn = arnFor(target, policy)
  if (typeof arn !== 'string') return arn
  const form = policyForm(target, policy)
  if (form === undefined) return { refused: 'its policy is computed, so there is no place for a statement' }
  const { document } = form
  if (form.kind === 'data') return addToDataSource(session, policy, form.document, form.block)
  if (form.kind === 'json') {
    const text = document.text.slice(form.span.start, form.span.end)
    if (form.quoted) return { refused: 'its policy is JSON inside a quoted string: write it with jsonencode first' }
    insertJson(session, document, form.span.start, text, jsonStatement(`\${${arn}}`))
    return undefined
  }
  if (document.syntax === 'json') return { refused: 'its policy is an expression inside a JSON string' }
  if (!isInside(form.statements.span, policy) && /\b(?:each|count)\./.test(arn)) {
    return { refused: 'its policy is written where the single bucket cannot be named' }
  }
  insertHcl(session, document, form.statements, hclStatement(arn))
  return undefined

  function insertJson(
    { edits: into }: Session,
    at: HclDocument,
    start: number,
    text: string,
    statement: readonly string[],
  ): void {
    const { eol } = documentStyle(at)
    const lastItem = text.startsWith('[') ? text.slice(0, -1).trimEnd().length : text.length
    const empty = text.startsWith('[') && lastItem === 1
    const indent = itemIndent(at, start, text)
    const lines = statement.join(`${eol}${indent}`)
    if (text.startsWith('['))
      into.insert(at, start + lastItem, `${empty ? '' : ','}${eol}${indent}${lines}${empty ? eol : ''}`)
    else {
      into.insert(at, start, '[')
      into.insert(at, start + text.length, `, ${lines}]`)
    }
  }
}

/** True if a span lies in the resource that the policy belongs to, where `each` and `count` mean something. */
function isInside(span: Span, { resource: { kind }, resource: owner }: Place): boolean {
  return (
    kind === 'terraform' &&
    owner.kind === 'terraform' &&
    owner.source !== undefined &&
    spanContains(owner.source.block.span, span)
  )
}

/** The indentation of a JSON array's items; one level more than the array's line if it is on one line. */
function itemIndent(document: HclDocument, start: number, text: string): string {
  const first = /^\[\s*?\r?\n([ \t]*)\S/.exec(text)?.[1]
  return first ?? `${indentAt(document, start)}${documentStyle(document).step}`
}

function insertHcl({ edits }: Session, document: HclDocument, statements: Expression, statement: string): void {
  const { eol } = documentStyle(document)
  const { start, end } = statements.span
  const place = (indent: string): string => statement.split('\n').join(`${eol}${indent}`)
  if (statements.kind !== 'tuple') {
    const indent = indentAt(document, statements.span.start)
    edits.insert(document, start, statements.kind === 'object' ? '[' : 'concat(')
    edits.insert(document, end, statements.kind === 'object' ? `, ${place(indent)}]` : `, [${place(indent)}])`)
    return
  }
  const last = statements.items.at(-1)
  const inside = document.text.slice(last?.span.end ?? start + 1, end - 1)
  const ownLines = /^\s*,?[^\n]*\r?\n/.test(inside) && (last === undefined || !startsBeside(document, statements, last))
  if (last === undefined) {
    edits.insert(document, start + 1, place(indentAt(document, start)))
  } else if (ownLines) {
    const indent = indentAt(document, last.span.start)
    const comma = /^\s*,/.exec(inside)?.[0]
    const line = document.lines.lineEnd(document.lines.position(last.span.end).line)
    if (comma === undefined) edits.insert(document, last.span.end, ',')
    edits.insert(document, line, `${eol}${indent}${place(indent)}${comma === undefined ? '' : ','}`)
  } else {
    edits.insert(document, last.span.end, `, ${place(indentAt(document, last.span.start))}`)
  }
}

/** `[{` on one line: the first item begins beside the bracket. */
function startsBeside(document: HclDocument, tuple: Expression, item: Expression): boolean {
  return document.lines.position(tuple.span.start).line === document.lines.position(item.span.start).line
}

function addToDataSource(session: Session, policy: Place, document: HclDocument, data: Block): EditRefusal | undefined {
  const { target, edits } = session
  if (document.syntax === 'json')
    return { refused: 'its policy document is written in JSON syntax, where a statement cannot be added safely' }
  const name = `data.aws_iam_policy_document.${data.labels[1]?.value ?? ''}`
  const foreign = target.estate.resources.find(
    (other) =>
      other.kind === 'terraform' &&
      other.type !== 'data.aws_iam_policy_document' &&
      other.baseAddress !== baseOf(policy) &&
      mentions(other, name),
  )
  if (foreign !== undefined) return { refused: `its policy document is used elsewhere too, by ${foreign.address}` }
  const own = findAttribute(data, 'for_each') ?? findAttribute(data, 'count')
  const bucketHas = rootAttribute(target, 'for_each') ?? rootAttribute(target, 'count')
  if (bucketHas !== undefined && own === undefined) return { refused: 'one policy document serves several buckets' }
  const arn = bucketHas === undefined ? `aws_s3_bucket.${target.bucket.name}.arn` : `${referenceTo(target)}.arn`
  edits.addBlock(document, data, statementBlock(arn))
  return undefined
}

/** True if an attribute of a resource in the same module refers to a data source. */
function mentions({ value, modulePath }: TerraformResource, name: string): boolean {
  const full = modulePath === '' ? name : `${modulePath}.${name}`
  return [...value.entries.values()].some((entry) =>
    entry.refs?.some(({ address }) => address === full || address.startsWith(`${full}[`)),
  )
}

function baseOf({ resource: { kind }, resource: there }: Place): string | undefined {
  return kind === 'terraform' && there.kind === 'terraform' ? there.baseAddress : undefined
}

/** The bucket's ARN as an expression where its policy is written. */
function arnFor(target: Target, policy: Place): string | EditRefusal {
  if (policy.resource.type === 'aws_s3_bucket') {
    const name = nameOf(target.bucket)
    if (name === undefined || rootAttribute(target, 'for_each') !== undefined) {
      return { refused: 'a policy inside the bucket needs the ARN of the bucket, whose name is not known' }
    }
    return `"arn:aws:s3:::${name}"`
  }
  const written = attributeOf(Place.of(policy.resource).get('bucket'))
  const text = written === undefined ? '' : written.document.text.slice(written.value.start, written.value.end)
  const reference = /^(aws_s3_bucket\.[\w-]+(?:\[[^\]]*\])?)\.(?:id|bucket)$/.exec(text)?.[1]
  if (reference !== undefined) return `${reference}.arn`
  const severalBuckets = rootAttribute(target, 'for_each') ?? rootAttribute(target, 'count')
  if (severalBuckets !== undefined)
    return { refused: 'its policy does not say by reference which of several buckets it is for' }
  return `${referenceTo(target)}.arn`
}

/** The statement as an HCL object; `arn` is an expression. */
function hclStatement(arn: string): string {
  const inside = arn.startsWith('"') ? arn.slice(1, -1) : `\${${arn}}`
  return [
    '{',
    `  Sid       = "${SID}"`,
    '  Effect    = "Deny"',
    '  Principal = "*"',
    '  Action    = "s3:*"',
    `  Resource  = [${arn}, "${inside}/*"]`,
    '  Condition = { Bool = { "aws:SecureTransport" = "false" } }',
    '}',
  ].join('\n')
}

function jsonStatement(arn: string): readonly string[] {
  const text = arn.startsWith('${"') ? arn.slice(3, -2) : arn
  return [
    '{',
    `  "Sid": "${SID}",`,
    '  "Effect": "Deny",',
    '  "Principal": "*",',
    '  "Action": "s3:*",',
    `  "Resource": ["${text}", "${text}/*"],`,
    '  "Condition": { "Bool": { "aws:SecureTransport": "false" } }',
    '}',
  ]
}

function statementBlock(arn: string): ReturnType<typeof block> {
  return block('statement', [
    attribute('sid', SID),
    attribute('effect', 'Deny'),
    attribute('actions', ['s3:*']),
    attribute('resources', [raw(arn), template(`\${${arn}}/*`)]),
    block('principals', [attribute('type', '*'), attribute('identifiers', ['*'])]),
    block('condition', [
      attribute('test', 'Bool'),
      attribute('variable', 'aws:SecureTransport'),
      attribute('values', ['false']),
    ]),
  ])
}
