import { BuiltinError, define } from '../rego/builtins/builtin.ts'
import { any, anyObject } from '../rego/builtins/types.ts'

/** Gatekeeper's own builtin, which asks a provider over the network: known to the compiler, and an error when it runs. */
export const externalData = define('gatekeeper', [
  {
    name: 'external_data',
    args: [['request', anyObject, 'the provider and the keys to look up']],
    result: [any, 'what the provider answers'],
    description: 'Asks an external data provider.',
    nondeterministic: true,
    evaluate: () => {
      throw new BuiltinError('external_data is off: evaluation is offline')
    },
  },
])
