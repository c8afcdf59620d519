import type { File, Statement } from '@babel/types'
import type { JavaScriptFile } from '../../../parse/javascript/ast.ts'

/** How a file is written, for what is added to it. */
export interface CodeStyle {
  readonly eol: string
  readonly step: string
  readonly semicolon: '' | ';'
  readonly quote: "'" | '"'
  readonly modules: 'es' | 'commonjs'
}

export function codeStyle({ text }: JavaScriptFile, tree: File): CodeStyle {
  const statements = tree.program.body
  const ended = statements.filter(({ end }) => end !== null && end !== undefined && text[end - 1] === ';').length
  const plain = statements.filter(isEndable).length
  const single = (text.match(/'[^'"\n]*'/g) ?? []).length
  const double = (text.match(/"[^'"\n]*"/g) ?? []).length
  const crlf = (text.match(/\r\n/g) ?? []).length
  const indent = /^([ \t]+)(?=\S)(?![ \t]*\*)/m.exec(text)?.[1]
  return {
    eol: crlf > 0 && crlf * 2 > (text.match(/\n/g) ?? []).length ? '\r\n' : '\n',
    step: indent ?? '  ',
    semicolon: ended * 2 >= plain ? ';' : '',
    quote: double > single ? '"' : "'",
    modules: statements.some(({ type }) => type === 'ImportDeclaration') ? 'es' : 'commonjs',
  }
}

function isEndable({ type }: Statement): boolean {
  return type === 'VariableDeclaration' || type === 'ExpressionStatement' || type === 'ImportDeclaration'
}

/** Lines written in our own style, in that of a file: two spaces, `'` and `;` become what it uses. */
export function styled(lines: readonly string[], style: CodeStyle, indent: string): string {
  return lines
    .map((line) => {
      if (line === '') return ''
      const [, lead = '', rest = ''] = /^( *)(.*)$/.exec(line) ?? []
      const code = (style.semicolon === '' ? rest.replace(/;$/, '') : rest).replaceAll("'", style.quote)
      return indent + style.step.repeat(lead.length / 2) + code
    })
    .join(style.eol)
}
