import { parseHcl } from '../../parse/hcl/parser.ts'
import type { EstateFiles } from '../estate.ts'
import type { Value } from '../value.ts'
import { evaluate } from './expressions.ts'
import { errorValue } from './functions/evaluation-error.ts'
import type { FunctionContext } from './functions/index.ts'
import { joinPath, relativePath } from './paths.ts'
import { type Budget, type Names, Scope } from './scope.ts'
import { unknown } from './values.ts'

const MAX_TEMPLATE_NESTING = 10

/**
 * What the functions of one root module see of the world. As in Terraform, relative paths start at the root module's
 * folder, where it is run; nothing outside the project exists.
 */
export function functionContext(root: string, files: EstateFiles, budget: Budget): FunctionContext {
  let nesting = 0
  const read = (path: string): string | undefined => {
    const named = joinPath(root, path)
    if (named === undefined) return undefined
    const full = files.links?.get(named) ?? named
    return files.files.get(full) ?? files.vendored.get(full)
  }
  const context: FunctionContext = {
    moduleDir: root,
    readFile: (path) => withoutBom(read(path)),
    fileExists: (path) => read(path) !== undefined,
    glob(pattern) {
      const full = joinPath(root, pattern)
      const matcher = full === undefined ? undefined : globPattern(full)
      if (matcher === undefined) return undefined
      const found = [...files.files.keys()].filter((path) => matcher.test(path)).toSorted()
      // Files that were not read may match as well; an empty answer would be a guess.
      return found.length === 0 ? undefined : found.map((path) => relativePath(root, path))
    },
    evaluateTemplate(text, vars) {
      if (nesting >= MAX_TEMPLATE_NESTING) return errorValue('templates nest too deeply')
      nesting++
      try {
        return templateValue(text, vars, context, budget)
      } finally {
        nesting--
      }
    },
  }
  return context
}

function withoutBom(text: string | undefined): string | undefined {
  return text?.startsWith('\uFEFF') ? text.slice(1) : text
}

/** A whole text as a template: read as the content of a heredoc, which has the same syntax. */
function templateValue(
  text: string,
  vars: ReadonlyMap<string, Value>,
  functions: FunctionContext,
  budget: Budget,
): Value {
  let marker = 'TEMPLATE'
  while (text.includes(marker)) marker += '_'
  const document = parseHcl('template', `template = <<${marker}\n${text}\n${marker}\n`)
  const [item] = document.body.items
  if (item?.kind !== 'attribute' || document.diagnostics.length > 0)
    return errorValue('the template has a syntax error')
  const value = evaluate(item.value, new Scope(new VariablesOnly(functions), document, budget, vars))
  // The heredoc's last line end is not the template's; the synthetic document is nobody's origin.
  if (value.kind === 'string')
    return { ...value, value: value.value.replace(/\n$/, ''), encodes: undefined, origin: undefined }
  if (value.kind !== 'unknown') return unknown('the template gives no text')
  const { candidates: _, origin: _origin, encodes: _encodes, ...rest } = value
  const last = value.parts?.at(-1)
  if (typeof last !== 'string') return rest
  return { ...rest, parts: [...(value.parts?.slice(0, -1) ?? []), last.replace(/\n$/, '')] }
}

/** Inside a template file only the given variables exist. */
export class VariablesOnly implements Names {
  readonly functions: FunctionContext

  constructor(functions: FunctionContext) {
    this.functions = functions
  }

  variable(name: string): Value {
    return errorValue(`var.${name} is not available here`)
  }

  local(name: string): Value {
    return errorValue(`local.${name} is not available here`)
  }

  moduleCall(name: string): Value {
    return errorValue(`module.${name} is not available here`)
  }

  resource(type: string, name: string): Value {
    return errorValue(`${type}.${name} is not available here`)
  }

  pathOf(name: string): Value {
    return errorValue(`path.${name} is not available here`)
  }
}

/** `*`, `?`, `**`, `{a,b}` as `fileset` knows them; undefined for other patterns. */
function globPattern(pattern: string): RegExp | undefined {
  if (/[[\]\\]/.test(pattern)) return undefined
  let source = ''
  let alternatives = 0
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] ?? ''
    if (pattern.startsWith('**/', i)) {
      source += '(?:[^/]+/){0,40}'
      i += 2
    } else if (pattern.startsWith('**', i)) {
      source += '.*'
      i++
    } else if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (char === '{') {
      source += '(?:'
      alternatives++
    } else if (char === '}' && alternatives > 0) {
      source += ')'
      alternatives--
    } else if (char === ',' && alternatives > 0) source += '|'
    else source += char.replace(/[.+^$()|]/, '\\$&')
  }
  // More wildcards than anybody writes could take the expression for ever.
  if (alternatives !== 0 || (pattern.match(/\*/g)?.length ?? 0) > 6) return undefined
  return new RegExp(`^${source}$`)
}

export function isTerraformFile(path: string): boolean {
  return /\.(?:tf|tofu)(?:\.json)?$/.test(path)
}
