/** Builtins of OPA that we do not have, each with the reason. */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['http.send', 'evaluation is offline: a policy cannot reach the network'],
  ['opa.runtime', 'a policy cannot read the environment or configuration of the process'],
])
