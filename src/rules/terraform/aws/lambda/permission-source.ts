import { decide, type Place, type Tri } from '../../../../resources/place.ts'
import { anyOf } from '../../../shared/terraform-iam-conditions.ts'

const SOURCES = ['source_arn', 'source_account', 'principal_org_id']

/** Whether a permission says for whom, or from where, the function may be called; a bare `*` says nothing. */
export function permissionSource(permission: Place): Tri {
  return anyOf(
    SOURCES.map((name) => permission.get(name)).map((at): Tri => {
      const set = at.isSet()
      if (set !== 'yes' || at.unknown !== undefined) return set
      return decide(at.string(), (text) => text !== '*')
    }),
  )
}
