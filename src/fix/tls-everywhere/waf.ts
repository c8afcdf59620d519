import {
  addTopBlocks,
  attribute,
  block,
  type BlockSpec,
  type EditRefusal,
  GAP,
  type HclValue,
  raw,
  resource,
  template,
} from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { keyFor } from '../shared/key.ts'
import { freeName, metaArguments, providerOf, referenceTo, rootAttribute } from '../shared/target.ts'
import { once } from '../shared/session.ts'
import { addNear } from './certificate.ts'
import type { Session } from './session.ts'

/** Groups of rules that AWS keeps up to date; what is only counted cannot turn a customer away. */
const GROUPS = [
  { name: 'AWSManagedRulesAmazonIpReputationList', action: 'none', metric: 'ip-reputation' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', action: 'none', metric: 'known-bad-inputs' },
  { name: 'AWSManagedRulesCommonRuleSet', action: 'count', metric: 'common' },
]

/** Puts a web ACL before the load balancer: one that the module has for it, else a new one that logs. */
export function addWebAcl(session: Session): EditRefusal | undefined {
  const { target, done } = session
  return once(session, `waf for ${target.block.span.start} of ${target.document.path}`, () => {
    if (target.document.syntax === 'json')
      return { refused: 'a web ACL is not added to a load balancer in JSON syntax' }
    const provider = providerOf(target)
    const key = `web acl ${target.dir} ${provider ?? ''}`
    const there =
      declaredAcl(session) ?? [...done].find((entry) => entry.startsWith(`${key} = `))?.slice(key.length + 3)
    const name = there ?? freeName(target, 'aws_wafv2_web_acl', target.resource.name, 'waf')
    if (there === undefined) {
      done.add(`${key} = ${name}`)
      addNear(session, 'waf.tf', newAcl(session, name))
    }
    const association = freeName(target, 'aws_wafv2_web_acl_association', target.resource.name, 'waf')
    addNear(session, 'waf.tf', [
      resource('aws_wafv2_web_acl_association', association, [
        ...metaArguments(target),
        attribute('resource_arn', raw(`${referenceTo(target)}.arn`)),
        attribute('web_acl_arn', raw(`aws_wafv2_web_acl.${name}.arn`)),
      ]),
    ])
    return undefined
  })
}

/** A regional web ACL of the module, of which there is one. */
function declaredAcl({ estate, target }: Session): string | undefined {
  const acls = estate
    .terraform('aws_wafv2_web_acl', target.resource.root)
    .filter((acl) => isUsable(acl, session(target)))
  const [acl, ...others] = acls
  return acl === undefined || others.length > 0 ? undefined : acl.name

  function session(own: Session['target']): { modulePath: string; provider: string | undefined } {
    return { modulePath: own.resource.modulePath, provider: providerOf(own) }
  }
}

function isUsable(
  acl: TerraformResource,
  { modulePath, provider }: { modulePath: string; provider: string | undefined },
): boolean {
  const { source } = acl
  if (acl.dormant || acl.modulePath !== modulePath || source === undefined || providerOf(source) !== provider)
    return false
  if (rootAttribute(source, 'count') !== undefined || rootAttribute(source, 'for_each') !== undefined) return false
  const scope = Place.of(acl).get('scope').string()
  return scope.kind === 'known' && scope.value === 'REGIONAL'
}

/** The ACL and its log, without what proves who somebody is. */
function newAcl(session: Session, name: string): readonly BlockSpec[] {
  const { target, values } = session
  const provider = providerOf(target)
  const meta = provider === undefined ? [] : [attribute('provider', raw(provider)), GAP]
  const shown = shownName(session)
  const log = freeName(target, 'aws_cloudwatch_log_group', 'waf', 'waf')
  const logging = freeName(target, 'aws_wafv2_web_acl_logging_configuration', name, 'waf')
  const days = Math.max(values.retentionDays ?? 0, RETENTIONS[0] ?? 365)
  return [
    resource('aws_wafv2_web_acl', name, [
      ...meta,
      attribute('name', nameOf(shown)),
      attribute('description', 'Public entrance'),
      attribute('scope', 'REGIONAL'),
      block('default_action', [block('allow', [])]),
      ...GROUPS.map((group, index) =>
        block('rule', [
          attribute('name', group.name),
          attribute('priority', index + 1),
          block('override_action', [block(group.action, [])]),
          block('statement', [
            block('managed_rule_group_statement', [attribute('vendor_name', 'AWS'), attribute('name', group.name)]),
          ]),
          visibility(group.metric),
        ]),
      ),
      visibility(target.resource.name.replaceAll('_', '-')),
    ]),
    resource('aws_cloudwatch_log_group', log, [
      ...meta,
      attribute('name', template(`${LOG_PREFIX}${shown}`)),
      attribute('retention_in_days', RETENTIONS.find((each) => each >= days) ?? days),
      attribute('kms_key_id', logKey(session, provider)),
    ]),
    resource('aws_wafv2_web_acl_logging_configuration', logging, [
      ...meta,
      attribute('resource_arn', raw(`aws_wafv2_web_acl.${name}.arn`)),
      attribute('log_destination_configs', [raw(`aws_cloudwatch_log_group.${log}.arn`)]),
      ...['authorization', 'cookie'].map((header) =>
        block('redacted_fields', [block('single_header', [attribute('name', header)])]),
      ),
    ]),
  ]
}

function nameOf(shown: string): HclValue {
  const expression = /^\$\{([^{}]*)\}$/.exec(shown)?.[1]
  return expression === undefined ? template(shown) : raw(expression)
}

/** The name that WAF asks of a log group begins so. */
const LOG_PREFIX = 'aws-waf-logs-'
/** What CloudWatch takes, of a year and more. */
const RETENTIONS = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

/** Called as the load balancer is, so that two environments of one account do not collide. */
function shownName({ target }: Session): string {
  const name = rootAttribute(target, 'name')
  const text = name === undefined ? '' : target.document.text.slice(name.value.span.start, name.value.span.end)
  const quoted = /^"([^"\n]*)"$/.exec(text)?.[1]
  if (text === '' || /\b(?:each|count)\./.test(text)) return target.resource.name.replaceAll('_', '-')
  return quoted ?? `\${${text}}`
}

function logKey(session: Session, provider: string | undefined): HclValue {
  const { target } = session
  const region = regionOf(session, provider)
  return keyFor(
    session,
    {
      name: 'waf_logs',
      description: 'Logs of the web application firewall',
      pattern: /\bwaf\b/i,
      statements: (root) => {
        const account = /:iam::(.*):root$/.exec(root)?.[1] ?? '*'
        return [
          `{
    Sid       = "EncryptLogs"
    Effect    = "Allow"
    Principal = { Service = "logs.${region}.amazonaws.com" }
    Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    Resource  = "*"
    Condition = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${region}:${account}:log-group:${LOG_PREFIX}*" } }
  }`,
        ]
      },
    },
    { dir: target.dir, root: target.resource.root, modulePath: target.resource.modulePath, provider },
  )
}

/** The region that a provider works in, as an interpolation; its data source is declared if it is not there. */
function regionOf(session: Session, provider: string | undefined): string {
  const { edits, estate, target, done } = session
  for (const { body } of estate.moduleDocuments(target.dir)) {
    for (const item of body.items) {
      if (item.kind !== 'block' || item.type !== 'data' || item.labels[0]?.value !== 'aws_region') continue
      if (providerOf({ document: target.document, block: item }) === provider && provider === undefined)
        return `\${data.aws_region.${item.labels[1]?.value ?? 'current'}.id}`
    }
  }
  const name = provider === undefined ? 'current' : (provider.split('.')[1] ?? 'current')
  if (!done.has(`region ${target.dir} ${name}`)) {
    done.add(`region ${target.dir} ${name}`)
    const meta = provider === undefined ? [] : [attribute('provider', raw(provider))]
    addTopBlocks(edits, estate, target.dir, 'data.tf', [block('data', meta, ['aws_region', name])])
  }
  return `\${data.aws_region.${name}.id}`
}

function visibility(metric: string): BlockSpec {
  return block('visibility_config', [
    attribute('cloudwatch_metrics_enabled', true),
    attribute('sampled_requests_enabled', true),
    attribute('metric_name', metric),
  ])
}
