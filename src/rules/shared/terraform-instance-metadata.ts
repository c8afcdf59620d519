import { attribute } from '../../edit/hcl/index.ts'
import { decide, Place } from '../../resources/place.ts'
import {
  notApplicable,
  type NotApplicable,
  type RuleContext,
  type RuleDefinition,
  undecided,
  type Undecided,
} from '../rule.ts'
import { type RuleHead, settingRule } from './terraform-settings.ts'

const REQUIRED = 'required'

/** Version 2 of the instance metadata service: the first answer is a token, which a forged request does not have. */
export function metadataTokensRule(
  head: Pick<RuleHead, 'id' | 'title' | 'sameAs' | 'resources'> & { readonly rank: 'B' | 'C'; readonly reason: string },
): RuleDefinition<'wrong'> {
  const { rank, reason, ...names } = head
  return settingRule({
    ...names,
    severity: 'high',
    severityReason:
      'One request that an attacker can make the application send (SSRF) returns the credentials of the role; it takes such ' +
      'a flaw first.',
    controls: ['AC-3', 'AC-6', 'CM-6'],
    path: 'metadata_options.http_tokens',
    read: (at) => at.string(),
    holds: (value) => value === REQUIRED,
    bad: ['optional', null],
    message: 'The metadata service gives out credentials without a token (IMDSv1).',
    remediation: 'Set `http_tokens = "required"` in `metadata_options`.',
    exempt: (resource, context) => switchedOff(resource) ?? inherited(resource, context),
    fix: {
      fixer: 'ec2',
      rank,
      title: 'Require tokens from the metadata service (IMDSv2)',
      minutes: 20,
      reason,
      value: REQUIRED,
      beside: [attribute('http_endpoint', 'enabled')],
    },
  })
}

function switchedOff(resource: Place): NotApplicable | undefined {
  const endpoint = resource.get('metadata_options', 'http_endpoint')
  const off = endpoint.certain && decide(endpoint.string(), (value) => value === 'disabled') === 'yes'
  return off ? notApplicable('the metadata service is switched off') : undefined
}

/** What the launch template or the defaults of the account say, where the resource itself says nothing. */
function inherited(resource: Place, { estate }: RuleContext): NotApplicable | Undecided | undefined {
  if (!resource.get('metadata_options', 'http_tokens').absent || resource.get('metadata_options').mayHaveMore()) {
    return undefined
  }
  const template = resource.get('launch_template')
  const references = [template.get('id'), template.get('name')].flatMap((at) => at.value?.refs ?? [])
  const templates = references.flatMap((reference) => estate.resolve(reference)).map((found) => Place.of(found))
  if (templates.length > 0 && templates.every(requiresTokens))
    return notApplicable('its launch template requires tokens')
  const defaults = estate.terraform('aws_ec2_instance_metadata_defaults', resource.resource.root)
  if (defaults.some((found) => !found.dormant && requires(Place.of(found).get('http_tokens')))) {
    return notApplicable('the defaults of the account require tokens')
  }
  if (!template.absent && templates.length === 0)
    return undecided(template, 'what the launch template says is not in the code')
  return undefined
}

function requiresTokens(template: Place): boolean {
  return requires(template.get('metadata_options', 'http_tokens'))
}

function requires(tokens: Place): boolean {
  return tokens.certain && decide(tokens.string(), (value) => value === REQUIRED) === 'yes'
}
