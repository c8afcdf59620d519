/** All builtins by name. */
import { aggregates } from './aggregates.ts'
import { arrays } from './arrays.ts'
import { aws } from './aws.ts'
import { bits } from './bits.ts'
import type { Builtin } from './builtin.ts'
import { comparison } from './comparison.ts'
import { crypto } from './crypto.ts'
import { encoding } from './encoding.ts'
import { glob } from './glob.ts'
import { graph } from './graph.ts'
import { graphql } from './graphql.ts'
import { jsonOperations } from './json-operations.ts'
import { jsonSchema } from './json-schema.ts'
import { jwt } from './jwt.ts'
import { net } from './net.ts'
import { numbers } from './numbers.ts'
import { objects } from './objects.ts'
import { random } from './random.ts'
import { regex } from './regex.ts'
import { semver } from './semver.ts'
import { sets } from './sets.ts'
import { conversions, strings } from './strings.ts'
import { templates } from './templates.ts'
import { time } from './time.ts'
import { types } from './types-builtins.ts'
import { units } from './units.ts'
import { uri } from './uri.ts'
import { x509 } from './x509.ts'

const ALL: ReadonlyArray<readonly Builtin[]> = [
  aggregates,
  arrays,
  aws,
  bits,
  comparison,
  conversions,
  crypto,
  encoding,
  glob,
  graph,
  graphql,
  jsonOperations,
  jsonSchema,
  jwt,
  net,
  numbers,
  objects,
  random,
  regex,
  semver,
  sets,
  strings,
  templates,
  time,
  types,
  units,
  uri,
  x509,
]

export const builtins: ReadonlyMap<string, Builtin> = new Map(ALL.flat().map((builtin) => [builtin.name, builtin]))
