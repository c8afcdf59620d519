import type { HclValue } from '../../edit/hcl/index.ts'
import type { Grant as GrantValue } from '../fixer.ts'
import type { DeclaredArn } from './arns.ts'

/** One text of a list of actions, resources or principals. */
export type Item =
  | { readonly kind: 'text'; readonly text: string }
  /** An expression, and a text behind it. */
  | { readonly kind: 'reference'; readonly expression: string; readonly suffix: string }
  /** As it stands in the file already. */
  | { readonly kind: 'written'; readonly source: string }

/** What a statement is to allow; undefined leaves the element as it is. */
export interface Grant {
  readonly actions: readonly Item[] | undefined
  readonly resources: readonly Item[] | undefined
}

export function text(value: string): Item {
  return { kind: 'text', text: value }
}

export function arn({ expression, suffix }: Pick<DeclaredArn, 'expression' | 'suffix'>): Item {
  return { kind: 'reference', expression, suffix }
}

/** `aws_s3_bucket.logs.arn`, `module.queue.arn`, with `/*` or `:*` behind it. */
const REFERENCE =
  /^((?:module|data|local|var|aws_\w+)\.[\w.-]+(?:\["[\w.-]*"\]|\[\d+\])?(?:\.[\w-]+)*)([/:][\w*?:/.@+=,-]*)?$/

/** A resource as `secops.yaml` names it: an ARN, `*`, or a reference of Terraform. */
export function itemOfValue(value: string): Item {
  const [, expression, suffix = ''] = REFERENCE.exec(value) ?? []
  return expression === undefined ? text(value) : { kind: 'reference', expression, suffix }
}

export function grantsOfValue({ actions = [], resources = [] }: GrantValue): Grant {
  return { actions: actions.map(text), resources: resources.map(itemOfValue) }
}

/** An item for new blocks; what is written already has no place there. */
export function hclValue(item: Item): HclValue {
  if (item.kind === 'text') return item.text
  if (item.kind === 'written') return { raw: item.source }
  return item.suffix === '' ? { raw: item.expression } : { template: `\${${item.expression}}${item.suffix}` }
}
