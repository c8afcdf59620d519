import { posix } from 'node:path'
import { compareStrings, list, str } from './convert.ts'
import {
  define,
  entries,
  type FunctionContext,
  type FunctionTable,
  NotKnown,
  type TerraformFunction,
  text,
} from './definition.ts'
import { digest } from './hash-crypto.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "Filesystem Functions", and the hashes of files. */
export const filesystemFunctions: FunctionTable = {
  // Where a repository lies on the machine that runs Terraform is not in the repository.
  abspath: define({
    parameters: [text('path')],
    returns: 'string',
    call: ([path]) => (path.startsWith('/') ? clean(path) : elsewhere(path)),
  }),
  basename: define({ parameters: [text('path')], returns: 'string', call: ([path]) => base(path) }),
  dirname: define({ parameters: [text('path')], returns: 'string', call: ([path]) => directory(path) }),
  file: ofFile((content) => content),
  filebase64: ofFile((content) => Buffer.from(content).toString('base64')),
  filebase64sha256: ofFile((content) => digest(content, 'sha256', 'base64')),
  filebase64sha512: ofFile((content) => digest(content, 'sha512', 'base64')),
  fileexists: define({
    parameters: [text('path')],
    returns: 'bool',
    call: ([path], _, context) => (isOutside(path) ? elsewhere(path) : context.fileExists(path)),
  }),
  filemd5: ofFile((content) => digest(content, 'md5', 'hex')),
  fileset: define({
    parameters: [text('path'), text('pattern')],
    returns: 'list',
    call([path, pattern], _, context) {
      const found = isOutside(path) ? undefined : context.glob(posix.join(path, pattern))
      if (found === undefined)
        throw new NotKnown({ kind: 'unknown', reason: `the files matching ${pattern} are not known` })
      const names = found.map((name) => posix.relative(path, name)).toSorted(compareStrings)
      return { ...list(names.map((name) => str(name))), set: true }
    },
  }),
  filesha1: ofFile((content) => digest(content, 'sha1', 'hex')),
  filesha256: ofFile((content) => digest(content, 'sha256', 'hex')),
  filesha512: ofFile((content) => digest(content, 'sha512', 'hex')),
  pathexpand: define({
    parameters: [text('path')],
    returns: 'string',
    call: ([path]) => (path.startsWith('~') ? elsewhere(path) : path),
  }),
  templatefile: define({
    parameters: [text('path'), entries('vars')],
    call([path, vars], _, context) {
      if (vars.rest !== undefined) throw new NotKnown(vars.rest)
      return context.evaluateTemplate(read(path, context), vars.entries)
    },
  }),
  templatestring: define({
    parameters: [text('template'), entries('vars')],
    returns: 'string',
    call([template, vars], _, context) {
      if (vars.rest !== undefined) throw new NotKnown(vars.rest)
      return context.evaluateTemplate(template, vars.entries)
    },
  }),
}

function ofFile(use: (content: string) => string): TerraformFunction {
  return define({
    parameters: [text('path')],
    returns: 'string',
    call: ([path], _, context) => use(read(path, context)),
  })
}

/** Missing files are unknown rather than faults: they may be generated, or lie outside of what may be read. */
function read(path: string, context: FunctionContext): string {
  const content = isOutside(path) ? undefined : context.readFile(path)
  if (content === undefined) throw new NotKnown({ kind: 'unknown', reason: `the file ${path} cannot be read` })
  if (content.includes('\ufffd')) throw new NotKnown({ kind: 'unknown', reason: `the file ${path} is not UTF-8 text` })
  return content
}

/** True for paths of the machine that runs Terraform. */
function isOutside(path: string): boolean {
  return path.startsWith('/') || path.startsWith('~')
}

function elsewhere(what: string): never {
  throw new NotKnown({ kind: 'unknown', reason: `${what} depends on the machine that runs Terraform` })
}

function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}

/** As Go's filepath.Base: the last element without trailing slashes; `.` for the empty path, `/` for slashes only. */
function base(path: string): string {
  if (path === '') return '.'
  return posix.basename(path) || '/'
}

/** As Go's filepath.Dir: all but the last element, cleaned. */
function directory(path: string): string {
  return clean(path.slice(0, path.lastIndexOf('/') + 1))
}
