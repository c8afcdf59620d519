import { type EditRefusal, folderOf, raw, documentStyle } from '../../edit/hcl/index.ts'
import { addVariable } from '../../edit/hcl/variables.ts'
import type { Estate } from '../../resources/estate.ts'
import { callOf, callerFolder, passArgument } from '../shared/callers.ts'
import { domainOf, type Session } from './session.ts'

const NAME = 'domain_name'

/** Declares `var.domain_name` in the module, hands it down from the root module, and writes its value there. */
export function giveDomain(session: Session): EditRefusal | undefined {
  const { target, done } = session
  const { resource } = target
  const unable = whyNoDomain(session)
  if (unable !== undefined) return unable
  if (done.has(`domain of ${target.dir}`)) return undefined
  done.add(`domain of ${target.dir}`)
  declare(session, target.dir)
  if (resource.modulePath === '') {
    writeValue(session, target.dir)
    return undefined
  }
  const call = callOf(session, resource)
  if (call === undefined) return { refused: 'the call of its module is not written in this project' }
  if (call.modulePath !== '')
    return { refused: 'its module is called by another module, which would have to know the name' }
  if (call.value.entries.has(NAME)) return undefined
  const refused = passArgument(session, call, NAME, raw(`var.${NAME}`))
  if (refused !== undefined) return refused
  const dir = callerFolder(call)
  declare(session, dir)
  writeValue(session, dir)
  return undefined
}

/** Why the module cannot be told the name. */
export function whyNoDomain({ target }: Pick<Session, 'target'>): EditRefusal | undefined {
  const { source, modulePath } = target.resource
  if (modulePath !== '' && (source?.sharedBy ?? 1) > 1)
    return { refused: 'its module is called several times, and each call needs a name and a certificate of its own' }
  return undefined
}

function declare({ edits, estate }: Session, dir: string): void {
  addVariable(edits, estate, dir, {
    name: NAME,
    type: 'string',
    description: 'Name that clients use, for which the certificate is issued.',
    validation: {
      condition: `can(regex("^(\\\\*\\\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\\\.)+[a-z][a-z0-9-]*[a-z0-9]$", var.${NAME}))`,
      message: 'Give a full name in lower case, such as pay.example.com.',
    },
  })
}

/** The value goes where the root module keeps its values: `terraform.tfvars`, another file that Terraform loads by itself. */
function writeValue({ edits, estate, values }: Session, dir: string): void {
  const value = domainOf({ values })
  if (value === undefined || isDeclared(estate, dir) || isGiven(estate, dir)) return
  const line = `${NAME} = ${JSON.stringify(value)}`
  const file = loadedFiles(estate, dir).find((path) => path.endsWith('.tfvars'))
  const document = file === undefined ? undefined : estate.documents.get(file)
  if (document?.language !== 'hcl') {
    edits.create(dir === '.' ? 'domain.auto.tfvars' : `${dir}/domain.auto.tfvars`, `${line}\n`)
    return
  }
  const { eol } = documentStyle(document)
  const { text } = document
  const gap = text.trim() === '' ? '' : text.endsWith('\n') ? eol : eol + eol
  edits.insert(document, text.length, `${gap}${line}${eol}`)
}

/** A variable of that name that was there before has its value, or its owner gives it. */
function isDeclared(estate: Estate, dir: string): boolean {
  return estate
    .moduleDocuments(dir)
    .some(({ body }) =>
      body.items.some((item) => item.kind === 'block' && item.type === 'variable' && item.labels[0]?.value === NAME),
    )
}

function isGiven(estate: Estate, dir: string): boolean {
  return loadedFiles(estate, dir).some((path) => {
    const document = estate.documents.get(path)
    return (
      document?.language === 'hcl' &&
      document.body.items.some((item) => item.kind === 'attribute' && item.name === NAME)
    )
  })
}

function loadedFiles(estate: Estate, dir: string): readonly string[] {
  return [...estate.documents.keys()]
    .filter((path) => folderOf(path) === dir && /(?:^|\/)(?:terraform|[^/]+\.auto)\.tfvars$/.test(path))
    .toSorted(
      (a, b) => Number(b.endsWith('/terraform.tfvars')) - Number(a.endsWith('/terraform.tfvars')) || (a < b ? -1 : 1),
    )
}
