/** Conftest's own builtins, which policies' tests are full of. */
import { BuiltinError, stringOperand, type Builtin } from '../../rego/builtins/builtin.ts'
import { any, arrayOf, string } from '../../rego/builtins/types.ts'
import { isArray, type Value } from '../../rego/value/value.ts'
import { combined, type InputFile, readInput } from './input.ts'
import { valueOf } from './node.ts'
import { parserByName, parserForPath, type ParserChoice } from './parsers/index.ts'

/** The text of a file that lies beside the policies; a reason, if it does not. */
export type ReadPolicyFile = (path: string) => { readonly text: string } | { readonly refused: string }

export function conftestBuiltins(read: ReadPolicyFile): readonly Builtin[] {
  const open = (path: string): InputFile => {
    const content = read(path)
    if ('refused' in content) throw new BuiltinError(`${path}: ${content.refused}`)
    return parsed(path, content.text, parserForPath(path))
  }
  const result = { type: any, description: 'what the file says' }
  return [
    {
      name: 'parse_config',
      category: 'conftest',
      description: 'Parses a configuration, as files are parsed that are checked.',
      args: [
        { name: 'parser', type: string, description: 'name of the parser, such as `yaml`' },
        { name: 'config', type: string, description: 'the text' },
      ],
      result,
      deterministic: true,
      evaluate: (args) => contents(parsed('config', stringOperand(args, 1), parserByName(stringOperand(args, 0)))),
    },
    {
      name: 'parse_config_file',
      category: 'conftest',
      description: 'Parses a file that lies beside the policies.',
      args: [{ name: 'path', type: string, description: 'relative to the folder of the policy' }],
      result,
      deterministic: true,
      evaluate: (args) => contents(open(stringOperand(args, 0))),
    },
    {
      name: 'parse_combined_config_files',
      category: 'conftest',
      description: 'Parses files that lie beside the policies into a list of `{path, contents}`.',
      args: [{ name: 'paths', type: arrayOf(string), description: 'relative to the folder of the policy' }],
      result,
      deterministic: true,
      evaluate([paths = null]) {
        const names = paths !== null && typeof paths === 'object' && isArray(paths) ? paths : []
        return valueOf(combined(names.filter((name) => typeof name === 'string').map(open)).root)
      },
    },
  ]
}

function parsed(path: string, text: string, parser: ParserChoice): InputFile {
  if (parser.kind === 'unknown') throw new BuiltinError(`no parser for ${path}`)
  if (parser.kind === 'unsupported') throw new BuiltinError(`${parser.name} is not supported: ${parser.reason}`)
  const { file, diagnostics } = readInput(path, text, parser)
  if (file !== undefined) return file
  const [first] = diagnostics
  throw new BuiltinError(`${path}:${first?.range?.start.line ?? 1}: ${first?.message ?? 'cannot be read'}`)
}

function contents({ root }: InputFile): Value {
  return valueOf(root)
}
