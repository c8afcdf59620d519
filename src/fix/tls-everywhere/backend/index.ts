import type { Estate } from '../../../resources/estate.ts'
import type { Resource, SourceResource } from '../../../resources/resource.ts'
import { switchedOff } from '../../../resources/source/hsts.ts'
import { hstsDocuments, packageTexts } from '../../../resources/source/servers.ts'
import type { JavaScriptFile } from '../../../parse/javascript/ast.ts'
import { spanOf } from '../../../parse/javascript/ast.ts'
import type { TextEdit } from '../../../text/edit.ts'
import { EMPTY_EDIT, mergeEdits, type WorkspaceEdit } from '../../../text/workspace-edit.ts'
import type { Complaint, FixRefusal } from '../../fixer.ts'
import { beforeRoutes, type Place } from './application.ts'
import { type Check, databaseChecks } from './database.ts'
import { type CodeStyle, codeStyle, styled } from './style.ts'

const MAX_AGE = 31_536_000

export const HSTS = 'source-hsts'
export const HEALTH = 'source-health-routes'

const SEND_HSTS = [
  'app.use((_request, response, next) => {',
  `  response.setHeader('Strict-Transport-Security', 'max-age=${MAX_AGE}');`,
  '  next();',
  '});',
]
const ANSWER_HEALTH = ["app.get('/health', (_request, response) => {", "  response.json({ status: 'ok' });", '});']

function answerReady(checks: readonly Check[]): readonly string[] {
  if (checks.length === 0)
    return ["app.get('/ready', (_request, response) => {", "  response.json({ status: 'ready' });", '});']
  return [
    "app.get('/ready', async (_request, response) => {",
    '  try {',
    ...checks.flatMap(({ lines }) => lines.map((line) => `    ${line}`)),
    "    response.json({ status: 'ready' });",
    '  } catch {',
    "    response.status(503).json({ status: 'unavailable' });",
    '  }',
    '});',
  ]
}

export function isServer(resource: Resource): resource is SourceResource {
  return resource.kind === 'source'
}

/** The edits to a service for all complaints about it, or why they cannot be made. */
export function mendServer(
  server: SourceResource,
  complaints: readonly Complaint[],
  estate: Estate,
): WorkspaceEdit | FixRefusal {
  const { document, framework, variable } = server.source
  const texts = packageTexts(server.root, estate.files)
  const off = complaints.some(({ ruleId }) => ruleId === HSTS) ? switchedOff(hstsDocuments(texts)) : undefined
  const rest = off === undefined ? complaints : complaints.filter(({ ruleId }) => ruleId !== HSTS)
  let edit: WorkspaceEdit = EMPTY_EDIT
  if (off !== undefined) {
    edit = changeOf(off.document.path, [{ span: off.span, text: `{ maxAge: ${MAX_AGE}, includeSubDomains: false }` }])
  }
  if (rest.length === 0) return edit
  if (framework !== 'express') {
    return {
      code: 'no-fix',
      refused: `code for ${framework === 'http' ? 'node:http' : framework} is not written yet: docs/fixers/health-endpoints.md says what to add`,
    }
  }
  const { tree } = document
  const place = variable === undefined ? undefined : beforeRoutes(document, variable)
  if (tree === undefined || variable === undefined || place === undefined)
    return { code: 'no-fix', refused: 'the application is not kept in a variable before its routes are added' }
  const style = codeStyle(document, tree)
  const wants = (key: string): boolean => rest.some(({ key: given }) => given === key)
  const ready = wants('readiness') ? databaseChecks(document, texts, style, estate.files) : []
  if ('refused' in ready) return { code: 'no-fix', refused: ready.refused }
  const pieces = [
    ...(rest.some(({ ruleId }) => ruleId === HSTS) ? [SEND_HSTS] : []),
    ...(wants('liveness') ? [ANSWER_HEALTH] : []),
    ...(wants('readiness') ? [answerReady(ready)] : []),
  ].map((lines) => lines.map((line) => line.replace(/^app\b/, variable)))
  const edits = [...importEdits(document, ready, style), insertion(document, place, pieces, style)]
  return mergeEdits(edit, changeOf(document.path, edits)) ?? edit
}

function changeOf(path: string, edits: readonly TextEdit[]): WorkspaceEdit {
  return { changes: new Map([[path, edits.toSorted((a, b) => a.span.start - b.span.start)]]), creates: new Map() }
}

function insertion(
  { text }: JavaScriptFile,
  { offset, indent, above }: Place,
  pieces: readonly (readonly string[])[],
  style: CodeStyle,
): TextEdit {
  const { eol } = style
  const code = pieces.map((lines) => styled(lines, style, indent)).join(eol + eol)
  const span = { start: offset, end: offset }
  if (!above) return { span, text: eol + eol + code + (/^[ \t]*\r?\n/.test(text.slice(offset)) ? '' : eol) }
  const before = text.slice(0, offset)
  const apart = /\n[ \t]*\r?\n[ \t]*$/.test(before) || /\{[ \t]*\r?\n[ \t]*$/.test(before)
  return { span, text: (apart ? '' : eol) + code + eol + eol }
}

/** Imports of the clients that the file does not have yet, below the ones that it has. */
function importEdits(document: JavaScriptFile, checks: readonly Check[], style: CodeStyle): TextEdit[] {
  const { tree, lines } = document
  const wanted = checks.flatMap(({ imported }) => (imported === undefined ? [] : [imported]))
  if (tree === undefined || wanted.length === 0) return []
  const { body, directives } = tree.program
  const last =
    body.findLast((statement) =>
      style.modules === 'es'
        ? statement.type === 'ImportDeclaration'
        : statement.type === 'VariableDeclaration' &&
          /\brequire\s*\(/.test(document.text.slice(spanOf(statement).start, spanOf(statement).end)),
    ) ?? directives.at(-1)
  const offset = last === undefined ? 0 : lines.lineEnd(lines.position(spanOf(last).end).line)
  const code = wanted.map((each) => styled([importLine(each, style)], style, '')).join(style.eol)
  return [{ span: { start: offset, end: offset }, text: last === undefined ? code + style.eol : style.eol + code }]
}

function importLine({ from, name, local }: NonNullable<Check['imported']>, { modules }: CodeStyle): string {
  const renamed = name === local ? name : modules === 'es' ? `${name} as ${local}` : `${name}: ${local}`
  const what = name === 'default' ? local : `{ ${renamed} }`
  return modules === 'es' ? `import ${what} from '${from}';` : `const ${what} = require('${from}');`
}
