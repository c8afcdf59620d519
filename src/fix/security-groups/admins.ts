import { type EditRefusal, folderOf } from '../../edit/hcl/index.ts'
import { giveVariable, type GivenVariable } from '../shared/given-variable.ts'
import type { FixSession } from '../shared/session.ts'
import type { RuleView } from './view.ts'

/** The variable that holds the networks of administrators of one address family. */
export function adminVariable(cidrs: readonly string[], family: 4 | 6): GivenVariable {
  const name = family === 4 ? 'admin_cidrs' : 'admin_ipv6_cidrs'
  const wide = family === 4 ? '/[0-7]$' : '/([0-9]|1[0-5])$'
  return {
    name,
    type: 'list(string)',
    description: `${family === 4 ? 'Networks' : 'IPv6 networks'} from which people administer.`,
    value: cidrs,
    validation: {
      condition: `length(var.${name}) > 0 && alltrue([for cidr in var.${name} : can(cidrhost(cidr, 0)) && !can(regex("${wide}", cidr))])`,
      message: 'Name the networks of administrators, none of them a good part of the internet.',
    },
  }
}

/** The networks of administrators as a rule of the view writes them: the variable, or the first one where only one fits; undefined if there is none. */
export function adminValue(session: FixSession, view: RuleView, family: 4 | 6): string | EditRefusal | undefined {
  const cidrs = (session.values.adminCidrs ?? []).filter((cidr) => cidr.includes(':') === (family === 6))
  const [first] = cidrs
  if (first === undefined) return undefined
  if (view.form === 'single') return JSON.stringify(first)
  const { source } = view.resource
  if (source === undefined) return { refused: 'the rule is not written out' }
  const variable = adminVariable(cidrs, family)
  return giveVariable(session, folderOf(source.document.path), variable) ?? `var.${variable.name}`
}
