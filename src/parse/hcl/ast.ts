import type { Span } from '../../text/span.ts'
import type { ParsedFile } from '../document.ts'

/**
 * A file of Terraform's language, in native syntax or in JSON syntax (`.tf.json`), as a tree over the original text.
 * The tree never replaces the text: printing a document is printing its `text`.
 */
export interface HclDocument extends ParsedFile {
  readonly language: 'hcl'
  readonly syntax: 'native' | 'json'
  readonly body: Body
}

/** The inside of a block, or the whole file. `span` runs between the braces, or over the whole text. */
export interface Body {
  readonly span: Span
  /** Attributes and blocks in the order of the file. */
  readonly items: readonly (Attribute | Block)[]
}

export interface Attribute {
  readonly kind: 'attribute'
  readonly name: string
  readonly nameSpan: Span
  /** From the name to the end of the expression. */
  readonly span: Span
  readonly value: Expression
}

export interface Block {
  readonly kind: 'block'
  readonly type: string
  readonly typeSpan: Span
  readonly labels: readonly Label[]
  /** From the type to the closing brace. */
  readonly span: Span
  /** From the type to the last label: what a message about the whole block points at. */
  readonly headerSpan: Span
  readonly body: Body
}

export interface Label {
  readonly value: string
  readonly span: Span
}

export type Expression =
  | LiteralExpression
  | TemplateExpression
  | TupleExpression
  | ObjectExpression
  | VariableExpression
  | AttributeAccess
  | IndexAccess
  | SplatExpression
  | SplatItem
  | CallExpression
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression
  | ForExpression
  | ParenthesizedExpression
  | InvalidExpression

/** A number, a bool or null (and, in JSON syntax, nothing else: JSON strings are templates). */
interface LiteralExpression {
  readonly kind: 'literal'
  readonly value: number | boolean | null
  /** The spelling, for numbers beyond double precision. */
  readonly raw: string
  readonly span: Span
}

/** A quoted string or a heredoc. `span` includes quotes or markers. */
export interface TemplateExpression {
  readonly kind: 'template'
  readonly style: 'quoted' | 'heredoc' | 'indented-heredoc' | 'json'
  readonly parts: readonly TemplatePart[]
  readonly span: Span
  /** Between the quotes or, for a heredoc, from the first content line to the end of the last one. */
  readonly contentSpan: Span
}

export type TemplatePart = TemplateText | TemplateInterpolation | TemplateIf | TemplateFor

/** Escapes are resolved in `value`, and a `<<-` heredoc's common indentation is taken off it; `span` covers the raw spelling. */
export interface TemplateText {
  readonly kind: 'text'
  readonly value: string
  readonly span: Span
}

/** `${ expr }`, with `~` strip markers already applied to the neighbouring texts' values. */
interface TemplateInterpolation {
  readonly kind: 'interpolation'
  readonly expression: Expression
  readonly span: Span
}

interface TemplateIf {
  readonly kind: 'if'
  readonly condition: Expression
  readonly then: readonly TemplatePart[]
  readonly else: readonly TemplatePart[]
  readonly span: Span
}

export interface TemplateFor {
  readonly kind: 'for'
  readonly keyName: string | undefined
  readonly valueName: string
  readonly collection: Expression
  readonly body: readonly TemplatePart[]
  readonly span: Span
}

export interface TupleExpression {
  readonly kind: 'tuple'
  readonly items: readonly Expression[]
  readonly span: Span
}

export interface ObjectExpression {
  readonly kind: 'object'
  readonly items: readonly ObjectItem[]
  readonly span: Span
}

export interface ObjectItem {
  /** A bare identifier key is a literal key: `keyName` holds it and `key` is the variable expression it also looks like. */
  readonly keyName: string | undefined
  readonly key: Expression
  readonly value: Expression
  readonly span: Span
}

/** The first name of a traversal: `var`, `local`, `aws_s3_bucket`, a `for` variable. */
interface VariableExpression {
  readonly kind: 'variable'
  readonly name: string
  readonly span: Span
}

export interface AttributeAccess {
  readonly kind: 'get-attribute'
  readonly target: Expression
  readonly name: string
  readonly nameSpan: Span
  readonly span: Span
}

/** `target[key]`, and the legacy `target.0` with a literal key. */
interface IndexAccess {
  readonly kind: 'index'
  readonly target: Expression
  readonly key: Expression
  readonly span: Span
}

/** `source[*].a.b[0]` (full) or `source.*.a.b` (attribute): `each` is evaluated per item, rooted at a SplatItem. */
export interface SplatExpression {
  readonly kind: 'splat'
  readonly style: 'full' | 'attribute'
  readonly source: Expression
  readonly each: Expression
  readonly span: Span
}

export interface SplatItem {
  readonly kind: 'splat-item'
  readonly span: Span
}

export interface CallExpression {
  readonly kind: 'call'
  /** With its namespace if any: `provider::aws::arn_parse`. */
  readonly name: string
  readonly nameSpan: Span
  readonly args: readonly Expression[]
  /** True if the last argument is followed by `...`. */
  readonly expandFinal: boolean
  readonly span: Span
}

export interface ConditionalExpression {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly then: Expression
  readonly else: Expression
  readonly span: Span
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '&&' | '||'

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}

export interface UnaryExpression {
  readonly kind: 'unary'
  readonly operator: '-' | '!'
  readonly operand: Expression
  readonly span: Span
}

/** `[for k, v in c : value if cond]` (no `key`) or `{for k, v in c : key => value... if cond}`. */
export interface ForExpression {
  readonly kind: 'for'
  readonly keyName: string | undefined
  readonly valueName: string
  readonly collection: Expression
  readonly key: Expression | undefined
  readonly value: Expression
  readonly grouped: boolean
  readonly condition: Expression | undefined
  readonly span: Span
}

interface ParenthesizedExpression {
  readonly kind: 'parentheses'
  readonly inner: Expression
  readonly span: Span
}

/** What could not be read; a diagnostic says why. It evaluates to unknown. */
interface InvalidExpression {
  readonly kind: 'invalid'
  readonly span: Span
}
