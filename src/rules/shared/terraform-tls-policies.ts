import { notApplicable, type RuleDefinition, undecided } from '../rule.ts'
import { requireAttribute } from './terraform-attributes.ts'
import { readListener } from './terraform-load-balancers.ts'
import type { RuleHead } from './terraform-settings.ts'
import { refuses } from './terraform-validation.ts'

/** What a listener without `ssl_policy` gets from Terraform; it still speaks TLS 1.0. */
const DEFAULT_TLS_POLICY = 'ELBSecurityPolicy-2016-08'

/** True if the least version that a policy of Elastic Load Balancing takes is TLS 1.2 or 1.3. */
export function needsTls12(policy: string): boolean {
  return /^ELBSecurityPolicy-(?:TLS13-1-[23]|TLS-1-2|FS-1-2)-/.test(policy)
}

/** True if every cipher suite of the policy has forward secrecy; the Ext ones (but Ext0) bring back RSA key exchange. */
export function hasStrongCiphers(policy: string): boolean {
  return /^ELBSecurityPolicy-(?:TLS13-1-3-|TLS13-1-2-(?!Ext[12])|FS-1-2-)/.test(policy)
}

type ListenerProblem = 'policy' | 'unset' | 'plain'

export interface TlsPolicyRule extends Omit<RuleHead, 'resources'> {
  readonly accepts: (policy: string) => boolean
  /** A policy that is not accepted, as a witness for a variable's validation. */
  readonly witness: string
  /** `{policy}` is filled. */
  readonly message: string
  /** Said of a listener that serves plain HTTP; without it such a listener is left to other rules. */
  readonly plain?: string
}

/** The `ssl_policy` of encrypted listeners. */
export function tlsPolicyRule({
  accepts,
  witness,
  message,
  plain,
  ...head
}: TlsPolicyRule): RuleDefinition<ListenerProblem> {
  return {
    ...head,
    kind: 'terraform',
    resources: ['aws_lb_listener', 'aws_alb_listener'],
    messages: {
      policy: message,
      unset: `${message.replace('{policy}', `No \`ssl_policy\` is set, and the default ${DEFAULT_TLS_POLICY}`)}`,
      ...(plain === undefined ? { plain: message } : { plain }),
    },
    *check(listener, { estate }) {
      const reading = readListener(listener, estate)
      if (reading.kind === 'unknown') yield undecided(reading.at, reading.reason)
      else if (reading.kind === 'plain' && plain !== undefined) yield { at: listener.get('protocol'), message: 'plain' }
      else if (reading.kind !== 'encrypted') yield notApplicable('the listener does not end TLS')
      else {
        const at = listener.get('ssl_policy')
        if (refuses(at, witness, null)) {
          yield { outcome: 'pass', reason: "the variable's validation refuses old policies" }
          return
        }
        const policy = at.string()
        yield* requireAttribute({
          at,
          reading: policy,
          holds: (value) => value !== undefined && accepts(value),
          message: at.absent ? 'unset' : 'policy',
          data: { policy: policy.kind === 'known' ? policy.value : DEFAULT_TLS_POLICY },
        })
      }
    },
  }
}
