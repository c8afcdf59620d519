// Writes src/resources/aws/schema/data.ts: names, types, nesting, required, conflicts and replacement of the AWS resource
// types that rules and fixers touch, for the majors 4, 5 and 6 of the Terraform provider. Run by hand, with network:
//
//   node scripts/generate-aws-schema.mjs [--check] [--print TYPE]
//
// Two sources for each major, both MPL-2.0, of which only facts are taken: the `@cdktf/provider-aws` package, generated
// from the provider's schema (names, types, nesting, required); and the provider's Go source as the Go module proxy has
// it (ForceNew, RequiresReplace, ConflictsWith, ExactlyOneOf), read by a small parser. Where the source of a major lacks
// an attribute, the nearest major's answers; where none has it, the attribute counts as replacing.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import * as cdktf from './aws-schema/cdktf.mjs'
import * as go from './aws-schema/provider.mjs'

const MAJORS = [
  {
    major: 4,
    cdktf: '14.0.4',
    module: 'github.com/cycloidio/terraform-provider-aws',
    version: 'v1.60.1-0.20220513132327-e2dbdf90e533',
  },
  {
    major: 5,
    cdktf: '19.65.1',
    module: 'github.com/upbound/terraform-provider-aws',
    version: 'v0.0.0-20250506092832-b90a2e906d79',
  },
  {
    major: 6,
    cdktf: '21.22.1',
    module: 'github.com/hashicorp/terraform-provider-aws',
    version: 'v1.60.1-0.20260602190131-5f2286d6d836',
  },
]

/** The day on which these versions were taken. */
const DATE = '2026-11-21'

/**
 * What the source says in code that is no schema: a rule whose source changes its kind is replaced
 * (`securityGroupRuleResource.ModifyPlan`, and ExactlyOneOf in its ConfigValidators).
 */
const RULE_SOURCES = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id']
const IN_CODE = {
  aws_vpc_security_group_ingress_rule: RULE_SOURCES,
  aws_vpc_security_group_egress_rule: RULE_SOURCES,
}

/** Types that no rule names, and fixers make or stand beside. */
const MORE_TYPES = `
acm_certificate_validation autoscaling_group cloudfront_origin_access_control cloudfront_origin_access_identity
cloudwatch_log_metric_filter cloudwatch_log_resource_policy cloudwatch_log_stream cloudwatch_log_subscription_filter
config_config_rule config_delivery_channel db_event_subscription db_option_group db_proxy db_subnet_group ecr_lifecycle_policy
ecr_registry_policy ecr_replication_configuration ecs_capacity_provider efs_file_system_policy eks_access_entry
eks_access_policy_association eks_addon eks_fargate_profile eks_identity_provider_config eks_pod_identity_association
elasticache_cluster elasticache_parameter_group elasticache_subnet_group elasticache_user iam_group iam_instance_profile
iam_role_policies_exclusive iam_service_linked_role iam_user_login_profile internet_gateway kms_external_key kms_grant
kms_replica_key lambda_alias lambda_event_source_mapping lb_listener_certificate lb_listener_rule lb_target_group_attachment
alb_listener_certificate alb_listener_rule alb_target_group_attachment nat_gateway network_interface
network_interface_sg_attachment rds_cluster_endpoint route53_query_log route53_record route53_zone route_table_association
s3_bucket_accelerate_configuration s3_bucket_analytics_configuration s3_bucket_intelligent_tiering_configuration
s3_bucket_inventory s3_bucket_metric s3_bucket_object_lock_configuration s3_bucket_replication_configuration
s3_bucket_request_payment_configuration s3_object secretsmanager_secret_policy sns_topic_subscription
ssm_document volume_attachment vpc_dhcp_options vpc_endpoint_policy vpc_ipv4_cidr_block_association wafv2_ip_set
`
  .trim()
  .split(/\s+/)
  .map((name) => `aws_${name}`)

/** A tree of a thousand lines that no fixer edits: its inside is left open. */
const OPEN = new Set(['aws_wafv2_web_acl.rule'])

const root = fileURLToPath(new URL('..', import.meta.url))
const target = join(root, 'src', 'resources', 'aws', 'schema', 'data.ts')
const flags = process.argv.slice(2)
const cache = process.env.AWS_SCHEMA_CACHE ?? mkdtempSync(join(tmpdir(), 'aws-schema-'))

const wanted = [
  ...new Set([...namedTypes(join(root, 'src', 'rules')), ...namedTypes(join(root, 'src', 'fix')), ...MORE_TYPES]),
].sort()
const sources = MAJORS.map((one) => ({
  ...one,
  package: cdktf.openPackage(fetchPackage(one.cdktf)),
  provider: go.openProvider(fetchModule(one.module, one.version)),
}))
const unknown = new Set()
const blocks = wanted.map(describeType).filter((text) => text !== undefined)

if (flags.includes('--print')) {
  const type = flags[flags.indexOf('--print') + 1]
  console.log(blocks.find((text) => text.startsWith(`${type} `)) ?? `no ${type}`)
} else {
  const text = fileText()
  for (const path of [...unknown].sort()) console.error(`replacement unknown: ${path}`)
  if (flags.includes('--check')) {
    if (!existsSync(target) || readFileSync(target, 'utf8') !== text) {
      console.error('src/resources/aws/schema/data.ts is not what these sources give')
      process.exit(1)
    }
  } else {
    writeFileSync(target, text)
    console.error(
      `wrote ${target}: ${blocks.length} types, ${blocks.join('\n').length} bytes as text, ${text.length} packed`,
    )
  }
}

function fileText() {
  const packed = brotliCompressSync(Buffer.from(`${blocks.join('\n')}\n`), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  }).toString('base64')
  const lines = sources.map(
    (one) =>
      ` * - v${one.major}: @cdktf/provider-aws ${one.cdktf} (provider ${one.package.provider}); ${one.module} ${one.version}`,
  )
  return [
    '/**',
    ` * ${blocks.length} resource types of the Terraform provider for AWS. Generated by scripts/generate-aws-schema.mjs on`,
    ` * ${DATE}, from facts in MPL-2.0 sources:`,
    ...lines,
    ' *',
    ' * Base64 of Brotli of text, one line a name, nested by spaces; `reader.ts` says what stands in a line.',
    ' */',
    'export const PACKED_SCHEMA =',
    `  '${packed}'`,
    '',
  ].join('\n')
}

function namedTypes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .flatMap((entry) =>
      [...readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(/\baws_[a-z0-9_]+\b/g)].map(
        ([type]) => type,
      ),
    )
}

/** A type in the majors that have it, as text; undefined if none has. */
function describeType(type) {
  const trees = sources.flatMap(({ major, package: from }) => {
    const tree = cdktf.readType(from, type)
    return tree === undefined ? [] : [{ major, tree }]
  })
  if (trees.length === 0) return undefined
  const facts = new Map(sources.map(({ major, provider }) => [major, go.readType(provider, type)]))
  const majors = trees.map(({ major }) => major).join('')
  const inCode = IN_CODE[type] === undefined ? [] : [` = ${majors} ${IN_CODE[type].join(' ')}`]
  return [`${type} ${majors}`, ...inCode, ...groupLines(trees, facts), ...nodeLines(trees, [type], facts)].join('\n')
}

/** The fact for an attribute path: of the major's own source, else of the nearest that knows the path. */
function factFor(facts, major, path) {
  const order = [major, ...[5, 6, 4].filter((other) => other !== major)]
  return order.map((candidate) => find(facts.get(candidate), path)).find((fact) => fact !== undefined)
}

/** Of an attribute that is a list of objects, the source may have no inside: what holds for it holds for all of it. */
function find(tree, path) {
  let at = { children: tree }
  for (const name of path) {
    if (at.children === undefined)
      return at.replaces === undefined ? undefined : { replaces: at.replaces, conditional: at.conditional }
    at = at.children.get(name)
    if (at === undefined) return undefined
  }
  return at
}

function nodeLines(trees, path, facts) {
  const depth = path.length
  const names = [...new Set(trees.flatMap(({ tree }) => [...tree.keys()]))].sort()
  return names.flatMap((name) => {
    const here = trees.flatMap(({ major, tree }) => {
      const node = tree.get(name)
      return node === undefined ? [] : [{ major, node }]
    })
    // One line for each form that the name has had.
    const forms = new Map()
    for (const one of here) {
      const key = `${shape(one.node)}`
      forms.set(key, [...(forms.get(key) ?? []), one])
    }
    return [...forms].flatMap(([key, group]) => {
      const majors = group.map(({ major }) => major)
      const inner = [...path, name]
      const open = OPEN.has(inner.join('.'))
      const flag = (letter, test) => {
        const on = group.filter(test).map(({ major }) => major)
        return on.length === 0 ? [] : [on.length === majors.length ? letter : `${letter}${on.join('')}`]
      }
      const known = (major) => factFor(facts, major, inner.slice(1))
      for (const { major } of group) {
        if (known(major) === undefined && !isCommon(name)) unknown.add(`v${major} ${inner.join('.')}`)
      }
      const words = [
        name,
        open ? 'B?' : key,
        ...flag('r', ({ node }) => node.required),
        ...flag(
          'f',
          ({ major }) =>
            (name === 'region' && depth === 1) ||
            (known(major) === undefined ? !isCommon(name) : known(major).replaces),
        ),
        ...flag(
          'c',
          ({ major }) => mayReplace(path, name) || (known(major)?.conditional === true && !known(major).replaces),
        ),
        ...(majors.length === trees.length ? [] : [`@${majors.join('')}`]),
      ]
      const line = `${' '.repeat(depth)}${words.join(' ')}`
      const nested = group.flatMap(({ major, node }) =>
        node.children === undefined || open ? [] : [{ major, tree: node.children }],
      )
      if (nested.length === 0) return [line]
      return [line, ...nodeLines(nested, inner, facts)]
    })
  })
}

function mayReplace(path, name) {
  return path.length === 1 && IN_CODE[path[0]]?.includes(name) === true
}

/** The provider sets these beside the schema of the resource. */
function isCommon(name) {
  return ['id', 'tags', 'tags_all', 'timeouts', 'region', 'arn', 'create', 'update', 'delete', 'read'].includes(name)
}

function shape({ form, type, children }) {
  if (form === 'block') return children === undefined ? 'B?' : `B${type}`
  if (form === 'either') return 'E*'
  return children === undefined ? type : `O${type}`
}

/** `! MAJORS a b` for two that exclude each other, `= MAJORS a b c` for exactly one of them. Paths without indexes. */
function groupLines(trees, facts) {
  const groups = new Map()
  for (const { major, tree } of trees) {
    // Of its own source only: what excludes what has changed between majors.
    for (const [path, fact] of walk(facts.get(major) ?? new Map(), [])) {
      for (const other of fact.conflicts ?? []) add(groups, '!', [path, plain(other)], major, tree)
      if ((fact.one ?? []).length > 0) add(groups, '=', [path, ...fact.one.map(plain)], major, tree)
    }
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, majors]) => ` ${key[0]} ${[...majors].sort().join('')} ${key.slice(2)}`)
}

function add(groups, kind, paths, major, tree) {
  const members = [...new Set(paths)].sort()
  if (members.length < 2 || !members.every((path) => has(tree, path.split('.')))) return
  const key = `${kind} ${members.join(' ')}`
  groups.set(key, (groups.get(key) ?? new Set()).add(major))
}

function has(tree, [first, ...rest]) {
  const node = tree?.get(first)
  return node !== undefined && (rest.length === 0 || has(node.children, rest))
}

function plain(path) {
  return path.replaceAll(/\.\d+(?=\.|$)/g, '')
}

function* walk(tree, path) {
  for (const [name, fact] of tree) {
    if (fact === undefined) continue
    const inner = [...path, name]
    yield [inner.join('.'), fact]
    if (fact.children !== undefined) yield* walk(fact.children, inner)
  }
}

function fetchPackage(version) {
  const folder = join(cache, `cdktf-${version}`)
  if (!existsSync(join(folder, 'package'))) {
    mkdirSync(folder, { recursive: true })
    const file = execFileSync(
      'npm',
      ['pack', `@cdktf/provider-aws@${version}`, '--silent', '--pack-destination', folder],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim()
    execFileSync('tar', [
      'xzf',
      join(folder, file),
      '-C',
      folder,
      '--wildcards',
      'package/lib/*/index.d.ts',
      'package/package.json',
    ])
  }
  return join(folder, 'package')
}

function fetchModule(module, version) {
  const folder = join(cache, version)
  const source = join(folder, `${module}@${version}`)
  if (!existsSync(source)) {
    mkdirSync(folder, { recursive: true })
    execFileSync('curl', ['-sSfL', '-o', `${folder}.zip`, `https://proxy.golang.org/${module}/@v/${version}.zip`])
    execFileSync('unzip', [
      '-q',
      '-o',
      `${folder}.zip`,
      '*/service/*.go',
      '*/names/*.go',
      '*/provider/*.go',
      '-d',
      folder,
    ])
  }
  return source
}
