import type { ErrorCode, YAMLError } from 'yaml'

/** The usual way out for each of the library's errors; its own message says what was found. */
const WAY_OUT: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: 'Give the anchor or alias a name of letters and digits.',
  BAD_DQ_ESCAPE: 'Use single quotes, or double the backslash.',
  BAD_INDENT: 'Indent it like its siblings, and close every bracket.',
  BAD_SCALAR_START: 'Put the value in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'Put quotes around a value that contains ": ", or begin the nested mapping on a line of its own.',
  BLOCK_IN_FLOW: 'Inside { } and [ ], use only { } and [ ].',
  MISSING_CHAR: 'Add it, or put the value in quotes.',
  MULTILINE_IMPLICIT_KEY: 'A key must stand on one line followed by ":".',
  TAB_AS_INDENT: 'Indent with spaces.',
  UNEXPECTED_TOKEN: 'Remove it, or put the value in quotes.',
}

export function explainError(error: YAMLError, syntax: 'yaml' | 'json'): { code: string; message: string } {
  // Some messages end in a quotation from the file, which may hold a secret.
  const found = (error.message.split('\n')[0] ?? '').replace(/(:\s*".*)?[.:]?$/, '.').replace('"quote', 'quote')
  const wayOut = syntax === 'json' ? 'Check the commas, quotes and brackets here.' : WAY_OUT[error.code]
  const code = `${syntax}-${error.code.toLowerCase().replaceAll('_', '-')}`
  return { code, message: wayOut === undefined ? found : `${found} ${wayOut}` }
}
