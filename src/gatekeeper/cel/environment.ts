/** CEL as the API server runs it: a library's language, with Kubernetes' functions. */
import { Environment, type ParseResult } from '@marcbachmann/cel-js'
import { withBudget } from './budget.ts'
import { CelError, celError } from './error.ts'
import { registerFormats } from './formats.ts'
import { registerLists } from './lists.ts'
import { registerMacros } from './macros.ts'
import { registerNetworks } from './networks.ts'
import { registerNumbers } from './numbers.ts'
import { registerOptionals } from './optionals.ts'
import { isNode } from './nodes.ts'
import { Preparation } from './prepare.ts'
import { registerQuantity } from './quantity.ts'
import type { SelfType } from './self.ts'
import { SelfFields } from './self-fields.ts'
import { registerSemver } from './semver.ts'
import { registerStrings } from './strings.ts'
import { readSyntax } from './syntax.ts'
import { registerUrls } from './urls.ts'

/** What expressions can name, by where they are written. Of a policy's constraint there are the parameters, as `variables.params`. */
const VARIABLES = {
  policy: ['object', 'oldObject', 'request', 'namespaceObject', 'variables'],
  schema: ['self', 'oldSelf'],
} as const

type CelPlace = keyof typeof VARIABLES

/** Where an expression is written. */
export type CelScope =
  | {
      /** Fields of `variables`. */
      readonly variables: ReadonlySet<string>
    }
  | {
      /** Of the value that a rule of a schema is about. */
      readonly self: SelfType | undefined
      readonly optionalOldSelf: boolean
    }

export type CelContext = Readonly<Record<string, unknown>>

const environments = new Map<CelPlace, Environment>()

function environment(place: CelPlace): Environment {
  const known = environments.get(place)
  if (known !== undefined) return known
  const env = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: true,
    limits: { maxAstNodes: 50_000, maxDepth: 200, maxListElements: 10_000, maxMapEntries: 10_000 },
  })
  for (const name of VARIABLES[place]) env.registerVariable(name, 'dyn')
  registerMacros(env)
  registerOptionals(env)
  registerNumbers(env)
  registerStrings(env)
  registerLists(env)
  registerQuantity(env)
  registerSemver(env)
  registerUrls(env)
  registerNetworks(env)
  registerFormats(env)
  environments.set(place, env)
  return env
}

export class CelExpression {
  readonly text: string
  /** As far as it is known before anything runs. */
  readonly type: string
  /** It is about a change: there has to be an older value. */
  readonly usesOldSelf: boolean
  readonly #parsed: ParseResult

  /** @throws CelError if it cannot be compiled */
  constructor(text: string, scope: CelScope) {
    this.text = text
    const place = 'self' in scope ? 'schema' : 'policy'
    const syntax = readSyntax(text)
    try {
      this.#parsed = environment(place).parse(syntax.text)
      const { ast } = this.#parsed
      const preparation = new Preparation({ syntax, known: 'self' in scope ? new Set() : scope.variables })
      preparation.visit(ast)
      this.usesOldSelf = 'self' in scope && describeSelf(ast, scope)
      const { valid, error, type } = this.#parsed.check()
      if (!valid) throw error
      this.type = type ?? 'dyn'
      for (const { start, end } of preparation.constants) tryConstant(text.slice(start, end), start, place)
    } catch (error) {
      throw celError(error)
    }
  }

  /** @throws CelError */
  evaluate(context: CelContext): unknown {
    try {
      return withBudget((): unknown => this.#parsed(context))
    } catch (error) {
      throw celError(error)
    }
  }
}

/** Whether it reads `oldSelf`. */
function describeSelf(
  ast: unknown,
  { self, optionalOldSelf }: { readonly self: SelfType | undefined; readonly optionalOldSelf: boolean },
): boolean {
  const fields = new SelfFields(self, optionalOldSelf)
  if (isNode(ast)) fields.visit(ast)
  return fields.usesOldSelf
}

/** @throws CelError if a call of literals can only fail */
function tryConstant(text: string, offset: number, place: CelPlace): void {
  try {
    const syntax = readSyntax(text)
    const parsed = environment(place).parse(syntax.text)
    new Preparation({ syntax, known: new Set() }).visit(parsed.ast)
    withBudget((): unknown => parsed({}))
  } catch (error) {
    throw new CelError(celError(error).message, offset)
  }
}
