import { decide } from '../../resources/place.ts'
import { notApplicable } from '../rule.ts'
import type { Exemption } from './terraform-settings.ts'

/** Only a `SecureString` has a key; whether it should be one is a question of its own. */
export const withoutKey: Exemption = (parameter, context) =>
  decide(parameter.get('type').string(), (type) => type === 'String' || type === 'StringList') === 'yes'
    ? notApplicable('a parameter that is stored in the clear has no key')
    : notSecret(parameter, context)

/** Parameters that are known to hold nothing secret. */
export const notSecret: Exemption = (parameter) => {
  if (decide(parameter.get('data_type').string(), (type) => type === 'aws:ec2:image') === 'yes')
    return notApplicable('the id of an image cannot be encrypted, and is none that needs to be')
  return parameter.get('insecure_value').isSet() === 'yes'
    ? notApplicable('`insecure_value` says that it is no secret')
    : undefined
}
