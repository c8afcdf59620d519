import { attribute, attributeOf, block, findBlocks, indentAt } from '../../edit/hcl/index.ts'
import type { HclDocument, TupleExpression } from '../../parse/hcl/ast.ts'
import { keyFor } from '../shared/key.ts'
import { once } from '../shared/session.ts'
import { providerOf } from '../shared/target.ts'
import { setList } from './endpoint.ts'
import type { Remedy } from './session.ts'

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']

/** All five types of logs of the control plane; what the list says already stays as it is written. */
export const logControlPlane: Remedy = (session, { at }) => {
  const { edits } = session
  const origin = at.value?.origin
  const own = attributeOf(at)
  if (own?.expression.kind === 'tuple' && origin?.language === 'hcl' && origin.node === own.expression) {
    const there = at.items().flatMap((item) => (item.value?.kind === 'string' ? [item.value.value] : []))
    const missing = LOG_TYPES.filter((type) => !there.includes(type))
    const addition = appended(own.document, own.expression, missing)
    if (addition !== undefined) {
      edits.replace(own.document, addition.span, addition.text)
      return undefined
    }
  }
  return setList(session, at, LOG_TYPES)
}

/** Items at the end of a list: on its line, or on lines of their own if the others have some. */
function appended(
  document: HclDocument,
  { items, span }: TupleExpression,
  values: readonly string[],
): { readonly span: { start: number; end: number }; readonly text: string } | undefined {
  const last = items.at(-1)
  if (last === undefined) return undefined
  const { text } = document
  const offset = last.span.end
  const comma = /^\s*,/.exec(text.slice(offset, span.end))?.[0]
  const quoted = values.map((value) => JSON.stringify(value))
  if (!text.slice(span.start, span.end).includes('\n')) {
    return { span: { start: offset, end: offset }, text: `, ${quoted.join(', ')}` }
  }
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const indent = eol + indentAt(document, last.span.start)
  if (comma === undefined)
    return { span: { start: offset, end: offset }, text: `,${indent}${quoted.join(`,${indent}`)}` }
  // Behind the comma, and behind what is said of the last item.
  const { lines } = document
  const end = lines.lineEnd(lines.position(offset + comma.length).line)
  if (end > span.end) return undefined
  return { span: { start: end, end }, text: quoted.map((item) => `${indent}${item},`).join('') }
}

/** Secrets under a key of the customer's own. Once done it cannot be taken back. */
export const encryptSecrets: Remedy = (session) => {
  const { target, edits } = session
  if (findBlocks(target.block, 'encryption_config').length > 0)
    return { refused: 'the encryption of a cluster cannot be changed once it is set' }
  return once(session, `secrets of ${target.document.path} ${target.block.span.start}`, () => {
    const key = keyFor(
      session,
      {
        name: 'eks',
        description: 'Secrets of the Kubernetes cluster',
        pattern: /(?:^|[^a-z0-9])(?:eks|kubernetes|k8s|cluster)(?:$|[^a-z0-9])/i,
      },
      {
        dir: target.dir,
        root: target.resource.root,
        modulePath: target.resource.modulePath,
        provider: providerOf(target),
      },
    )
    edits.addBlock(
      target.document,
      target.block,
      block('encryption_config', [attribute('resources', ['secrets']), block('provider', [attribute('key_arn', key)])]),
    )
    return undefined
  })
}

/** Nodes without SSH: Session Manager reaches them with IAM and a log. */
export const endSsh: Remedy = (session) => {
  const { target, edits } = session
  const [access, ...others] = findBlocks(target.block, 'remote_access')
  if (access === undefined || others.length > 0 || target.document.syntax === 'json')
    return { refused: '`remote_access` is not written as one block' }
  edits.delete(target.document, target.block, access)
  return undefined
}
