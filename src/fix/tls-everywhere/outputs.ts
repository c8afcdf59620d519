import { addTopBlocks, attribute, block, findAttribute, type HclValue, template } from '../../edit/hcl/index.ts'
import type { Block, HclDocument } from '../../parse/hcl/ast.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { Session } from './session.ts'

/** The URL that clients use from now on, and the certificate, where the module keeps its outputs. */
export function addOutputs(session: Session, balancer: TerraformResource | undefined, certificate: HclValue): void {
  const { edits, estate, target, done } = session
  if (done.has(`outputs of ${target.dir}`)) return
  done.add(`outputs of ${target.dir}`)
  const there = outputsOf(session)
  const hasName = declaresDomain(session)
  const plain = balancer === undefined ? [] : there.filter((output) => isPlainUrl(output, balancer))
  if (hasName) {
    for (const { document, block: output } of plain) {
      const value = findAttribute(output, 'value')
      if (value !== undefined) edits.replace(document, value.value.span, URL)
    }
  }
  const names = new Set(there.map(({ block: output }) => output.labels[0]?.value))
  const added = [
    ...(hasName && plain.length === 0 && !names.has('https_url')
      ? [output('https_url', 'Where clients reach the service.', template(URL.slice(1, -1)))]
      : []),
    ...(names.has('certificate_arn')
      ? []
      : [output('certificate_arn', 'Certificate of the load balancer.', certificate)]),
  ]
  addTopBlocks(edits, estate, target.dir, 'outputs.tf', added)
}

const URL = '"https://${var.domain_name}"'

/** A name that was just declared, or was before. */
function declaresDomain({ done, estate, target }: Session): boolean {
  return (
    done.has(`domain of ${target.dir}`) ||
    estate
      .moduleDocuments(target.dir)
      .some(({ body }) =>
        body.items.some(
          (item) => item.kind === 'block' && item.type === 'variable' && item.labels[0]?.value === 'domain_name',
        ),
      )
  )
}

function output(name: string, description: string, value: HclValue): ReturnType<typeof block> {
  return block('output', [attribute('description', description), attribute('value', value)], [name])
}

interface Output {
  readonly document: HclDocument
  readonly block: Block
}

function outputsOf({ estate, target }: Session): readonly Output[] {
  return estate
    .moduleDocuments(target.dir)
    .flatMap((document) =>
      document.body.items.flatMap((item) =>
        item.kind === 'block' && item.type === 'output' ? [{ document, block: item }] : [],
      ),
    )
}

/** `"http://${aws_lb.main.dns_name}"`: no certificate is for the load balancer's own name. */
function isPlainUrl({ document, block: output }: Output, balancer: TerraformResource): boolean {
  const value = findAttribute(output, 'value')
  if (value === undefined || document.syntax === 'json') return false
  const text = document.text.slice(value.value.span.start, value.value.span.end)
  return text === `"http://\${${balancer.type}.${balancer.name}.dns_name}"`
}
