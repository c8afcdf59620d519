/** Which formats are read, and by what names Conftest knows them. */
import type { InputNode } from '../node.ts'
import { parseDockerfileInput } from './dockerfile.ts'
import { parseDotenvInput } from './dotenv.ts'
import { parseHcl1Input } from './hcl1.ts'
import { parseHcl2Input } from './hcl2.ts'
import { parseIgnoreInput } from './ignore.ts'
import { parseIniInput } from './ini.ts'
import { parseJsoncInput, parseJsonInput } from './json.ts'
import { parsePropertiesInput } from './properties.ts'
import { parseTomlInput } from './toml.ts'
import { parseXmlInput } from './xml.ts'
import { parseYamlInput } from './yaml.ts'

/** Throws `InputFaults`. The file's name is only for messages. */
type Parse = (text: string, file: string) => InputNode

const PARSERS: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['dockerfile', parseDockerfileInput],
  ['dotenv', parseDotenvInput],
  ['hcl1', parseHcl1Input],
  ['hcl2', parseHcl2Input],
  ['ignore', parseIgnoreInput],
  ['ini', parseIniInput],
  ['json', parseJsonInput],
  ['jsonc', parseJsoncInput],
  ['properties', parsePropertiesInput],
  ['toml', parseTomlInput],
  ['xml', parseXmlInput],
  ['yaml', parseYamlInput],
])

const NO_READER = 'there is no reader for it here'

/** What Conftest reads and this program does not, with the reason. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['codeowners', NO_READER],
  ['cue', 'it has to be evaluated by CUE; write it out with cue export and check the JSON'],
  ['cyclonedx', 'it is JSON or XML; use --parser json or --parser xml, whose shape is the document’s own'],
  ['edn', NO_READER],
  ['groovy', 'it is a program, not data'],
  ['hocon', NO_READER],
  ['jsonnet', 'it has to be evaluated by Jsonnet; write it out with jsonnet and check the JSON'],
  ['nginx', NO_READER],
  ['spdx', NO_READER],
  ['textproto', 'its shape depends on .proto files'],
  ['vcl', NO_READER],
])

export const parserNames: readonly string[] = [...PARSERS.keys()]

export type ParserChoice =
  | { readonly kind: 'parser'; readonly name: string; readonly parse: Parse }
  | { readonly kind: 'unsupported'; readonly name: string; readonly reason: string }
  | { readonly kind: 'unknown' }

export function parserByName(name: string): ParserChoice {
  const parse = PARSERS.get(name)
  if (parse !== undefined) return { kind: 'parser', name, parse }
  const reason = UNSUPPORTED.get(name)
  return reason === undefined ? { kind: 'unknown' } : { kind: 'unsupported', name, reason }
}

const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ['yml', 'yaml'],
  ['hcl', 'hcl2'],
  ['tf', 'hcl2'],
  ['tfvars', 'hcl2'],
  ['gitignore', 'ignore'],
  ['dockerignore', 'ignore'],
  ['env', 'dotenv'],
  ['textpb', 'textproto'],
  ['pbtxt', 'textproto'],
  ['prototxt', 'textproto'],
])

/** By the file's name, as Conftest decides. */
export function parserForPath(path: string): ParserChoice {
  if (path === '-') return parserByName('yaml')
  const name = (path.split(/[\\/]/).at(-1) ?? path).toLowerCase()
  const extension = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : ''
  if (name === 'dockerfile' || name.startsWith('dockerfile.')) return parserByName('dockerfile')
  if (name === '.env' || name.startsWith('.env.')) return parserByName('dotenv')
  if (name === 'nginx.conf') return parserByName('nginx')
  if (name === 'jenkinsfile' || name.startsWith('jenkinsfile.')) return parserByName('groovy')
  if (name === 'codeowners') return parserByName('codeowners')
  return parserByName(BY_EXTENSION.get(extension) ?? extension)
}
