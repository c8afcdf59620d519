import type { Node } from 'yaml'
import type { Attribute, Block, Expression, HclDocument, TemplateExpression } from '../parse/hcl/ast.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import type { Span } from '../text/span.ts'

/**
 * Every resource, whatever it was written in, becomes one tree of these values. A Terraform nested block is an item of
 * a list under the block's type, so that `resource.ingress[0].cidr_blocks` and `spec.containers[0].image` read alike.
 * Three-valued: what is not there is `undefined` or null, what cannot be known is `unknown` and says what is known of it.
 */
export type Value = NullValue | BoolValue | NumberValue | StringValue | ListValue | MapValue | UnknownValue

interface ValueBase {
  /** What wrote this value: following a variable to its default, an argument or a `.tfvars` line. Edits go there. */
  readonly origin?: Origin | undefined
  /** Resources whose attributes went into this value; kept even when the value itself is known. */
  readonly refs?: readonly Reference[] | undefined
  readonly sensitive?: boolean | undefined
}

export interface NullValue extends ValueBase {
  readonly kind: 'null'
}

export interface BoolValue extends ValueBase {
  readonly kind: 'bool'
  readonly value: boolean
}

export interface NumberValue extends ValueBase {
  readonly kind: 'number'
  readonly value: number
}

export interface StringValue extends ValueBase {
  readonly kind: 'string'
  readonly value: string
  /** The structure behind a JSON string (`jsonencode`, a policy document, a JSON heredoc), with its own origins. */
  readonly encodes?: Value | undefined
}

/** A list, a tuple, a set, a YAML sequence, or the blocks of one type. */
export interface ListValue extends ValueBase {
  readonly kind: 'list'
  readonly items: readonly Value[]
  /** Terraform sets: no duplicates, sorted. */
  readonly set?: boolean | undefined
  /** Present if there may be more items than these. */
  readonly rest?: UnknownValue | undefined
}

/** A map, an object, a YAML mapping, or the body of a block. */
export interface MapValue extends ValueBase {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Value>
  /** Where each key is written, in the file of this map's origin. */
  readonly keySpans?: ReadonlyMap<string, Span> | undefined
  /** Present if there may be more keys than these. */
  readonly rest?: UnknownValue | undefined
  /** Set on the body of a dynamic block whose `for_each` is unknown: it stands for none, one or several blocks. */
  readonly uncertain?: string | undefined
}

export type ValueType = 'bool' | 'number' | 'string' | 'list' | 'map'

export interface UnknownValue extends ValueBase {
  readonly kind: 'unknown'
  /** For people: `var.acl has no default`, `known after apply`. */
  readonly reason: string
  readonly type?: ValueType | undefined
  /** True if the value can never be null (an attribute of a declared resource, a template, a nullable = false variable). */
  readonly notNull?: boolean | undefined
  /** Every value it can have, where that is known: `cond ? "AES256" : "aws:kms"`. At least two, at most 16. */
  readonly candidates?: readonly Value[] | undefined
  /** For a string: the parts that are known, with unknown values between them (`"arn:aws:s3:::${var.name}/*"`). */
  readonly parts?: readonly (string | UnknownValue)[] | undefined
  /** As StringValue.encodes: a policy may be partly known. */
  readonly encodes?: Value | undefined
  /** For a variable: true if its own `validation` is proven to reject this value. */
  readonly rejects?: ((witness: Value) => boolean) | undefined
  /** For the further keys of a map: true if each of them is in the entries too, by its known end. */
  readonly named?: true | undefined
  /** For an output that is not in the code, or a part of one: the name by which it was asked for. */
  readonly outputName?: string | undefined
  /** For a whole resource object or module: its attributes. */
  readonly member?: ((name: string) => Value) | undefined
}

/** A mention of a resource: `aws_s3_bucket.logs["a"].id` inside `module.x` of one root module. */
export interface Reference {
  /** Full address with module path; without index if the resource's count is unknown or the index is. */
  readonly address: string
  /** The folder of the root module. */
  readonly root: string
  /** `id`, `arn`, ...; undefined for the whole object. */
  readonly attribute: string | undefined
}

/** The piece of source that a value was written as. */
export type Origin = HclOrigin | YamlOrigin | EmbeddedJsonOrigin

export interface HclOrigin {
  readonly language: 'hcl'
  readonly document: HclDocument
  readonly node: Expression | Attribute | Block
}

export interface YamlOrigin {
  readonly language: 'yaml'
  readonly document: YamlFile
  readonly node: Node
}

/** A value inside a JSON text that is itself the content of a heredoc or quoted string in Terraform. */
export interface EmbeddedJsonOrigin {
  readonly language: 'embedded-json'
  readonly document: HclDocument
  readonly host: TemplateExpression
  /** Span of the JSON token or structure in the document's text. */
  readonly span: Span
}
