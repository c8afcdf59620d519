import { also, type Draft, off, setting } from './entry.ts'
import type { Companion, Written } from './model.ts'
import { EVERY_PORT, networkAcl, port, securityGroup } from './networks.ts'
import { resource } from './samples.ts'

const ALLOWED = '"203.0.113.0/24"'
const DATABASES = [3306, 5432, 1433, 1521, 2484, 50_000, 5439, 27_017, 9042, 8182, 6379, 9200, 9300]

function group(direction: 'ingress' | 'egress', from: number, to: number, protocol: string, source: string): string {
  return resource('aws_security_group', {}, [
    `${direction} {`,
    `  from_port   = ${from}`,
    `  to_port     = ${to}`,
    `  protocol    = "${protocol}"`,
    `  cidr_blocks = [${source}]`,
    '}',
  ])
}

function openPort(rule: string, check: Written, number: number, more: Partial<Draft> = {}): Draft {
  return {
    rules: [rule],
    checks: [check],
    failing: group('ingress', number, number, 'tcp', '"0.0.0.0/0"'),
    passing: group('ingress', number, number, 'tcp', ALLOWED),
    ...more,
  }
}

function acl(from: number, to: number, source: string): string {
  return resource('aws_network_acl', { vpc_id: '"vpc-00000000000000000"' }, [
    'ingress {',
    '  rule_no    = 100',
    '  action     = "allow"',
    '  protocol   = "tcp"',
    `  from_port  = ${from}`,
    `  to_port    = ${to}`,
    `  cidr_block = ${source}`,
    '}',
  ])
}

function entry(rule: string, guarded: { readonly low: number; readonly high: number }, check: Written): Draft {
  return {
    rules: [rule],
    checks: [check],
    failing: acl(guarded.low, guarded.high, '"0.0.0.0/0"'),
    passing: acl(guarded.low, guarded.high, ALLOWED),
  }
}

const GROUPS = [
  'aws_security_group',
  'aws_db_security_group',
  'aws_elasticache_security_group',
  'aws_redshift_security_group',
]
const WITH_BLOCKS = ['aws_security_group', 'aws_default_security_group']
const RULES = ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule']
const VPC = resource('aws_vpc', { cidr_block: '"10.0.0.0/16"' }, [])
const FLOW_LOG = resource(
  'aws_flow_log',
  {
    vpc_id: 'aws_vpc.sample.id',
    traffic_type: '"ALL"',
    log_destination: '"arn:aws:logs:eu-central-1:123456789012:log-group:sample"',
  },
  [],
)
const BALANCER = resource('aws_lb', { load_balancer_type: '"application"' }, [])
const WEB_ACL = resource('aws_wafv2_web_acl', { scope: '"REGIONAL"' }, [])

function companion(of: string, by: Companion['by'], more: Partial<Companion> = {}): Companion {
  return { kind: 'companion', of, by, ...more }
}

/** Security groups, network ACLs, VPCs, web ACLs. */
export const NETWORK: readonly Draft[] = [
  openPort('security-group-no-public-ssh', securityGroup('ingress', [port(22)]), 22),
  openPort('security-group-no-public-rdp', securityGroup('ingress', [port(3389, 'tcp', 'udp')]), 3389),
  openPort(
    'security-group-no-public-database-ports',
    securityGroup('ingress', [...DATABASES.map((number) => port(number)), port(11_211, 'tcp', 'udp')]),
    5432,
  ),
  openPort('security-group-no-public-all-ports', securityGroup('ingress', [EVERY_PORT]), 0, {
    failing: group('ingress', 0, 65_535, 'tcp', '"0.0.0.0/0"'),
    passing: group('ingress', 443, 443, 'tcp', '"0.0.0.0/0"'),
  }),
  openPort('security-group-no-public-http', securityGroup('ingress', [port(80)], { unlessFronted: true }), 80, {
    notes: [
      'A group that a load balancer may use is not judged, and only all files together tell: run with --combine.',
    ],
  }),
  openPort('security-group-no-unrestricted-egress', securityGroup('egress', [EVERY_PORT]), 0, {
    failing: group('egress', 0, 0, '-1', '"0.0.0.0/0"'),
    passing: group('egress', 443, 443, 'tcp', '"0.0.0.0/0"'),
  }),
  entry('network-acl-no-public-ssh', port(22), networkAcl(port(22))),
  entry('network-acl-no-public-rdp', port(3389), networkAcl(port(3389))),
  entry('network-acl-no-public-ftp', port(21), networkAcl(port(21))),
  {
    ...entry('network-acl-no-public-all-ports', EVERY_PORT, networkAcl(EVERY_PORT)),
    passing: acl(443, 443, '"0.0.0.0/0"'),
  },
  setting({
    rules: ['security-group-description'],
    types: GROUPS,
    path: 'description',
    must: { matchesNot: '^\\s*$|^Managed by Terraform$', say: 'say what the group is for' },
    good: '"Lets the load balancer reach the application"',
    bad: '"Managed by Terraform"',
  }),
  setting({
    rules: ['security-group-rule-description'],
    types: WITH_BLOCKS,
    each: 'ingress',
    path: 'description',
    must: { set: true },
    also: [
      also({ types: WITH_BLOCKS, each: 'egress', path: 'description', must: { set: true } }),
      also({ types: RULES, path: 'description', must: { set: true } }),
    ],
    within: { from_port: '443', to_port: '443', protocol: '"tcp"', cidr_blocks: '["10.0.0.0/16"]' },
    good: '"HTTPS from inside"',
  }),
  off({
    rules: ['subnet-no-public-ip'],
    types: ['aws_subnet'],
    path: 'map_public_ip_on_launch',
    also: [also({ types: ['aws_default_subnet'], path: 'map_public_ip_on_launch', must: { is: false } })],
  }),
  {
    rules: ['vpc-flow-logs'],
    checks: [companion('aws_vpc', [['aws_flow_log', 'vpc_id']], { module: '(?i)flow[-_]?log|baseline' })],
    failing: VPC,
    passing: `${VPC}\n${FLOW_LOG}`,
  },
  {
    rules: ['vpc-default-security-group'],
    checks: [
      companion('aws_vpc', [['aws_default_security_group', 'vpc_id']], {
        module: '(?i)default[-_]?(security[-_]?group|sg)|baseline',
      }),
      also({ types: ['aws_default_security_group'], path: 'ingress', must: { unset: true }, absent: 'right' }),
      also({ types: ['aws_default_security_group'], path: 'egress', must: { unset: true }, absent: 'right' }),
    ],
    failing: VPC,
    passing: `${VPC}\n${resource('aws_default_security_group', { vpc_id: 'aws_vpc.sample.id' }, [])}`,
  },
  {
    rules: ['alb-waf'],
    checks: [
      companion(
        'aws_lb',
        [
          ['aws_wafv2_web_acl_association', 'resource_arn'],
          ['aws_wafregional_web_acl_association', 'resource_arn'],
        ],
        {
          onlyIf: [{ path: 'load_balancer_type', is: { is: 'application' }, orAbsent: true }],
          unless: [{ path: 'internal', is: { is: true } }],
          module: '(?i)waf|web[-_]?acl',
        },
      ),
    ],
    failing: BALANCER,
    passing: `${BALANCER}\n${resource('aws_wafv2_web_acl_association', { resource_arn: 'aws_lb.sample.arn', web_acl_arn: '"arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/sample/00000000-0000-0000-0000-000000000000"' }, [])}`,
  },
  {
    rules: ['waf-logging'],
    checks: [companion('aws_wafv2_web_acl', [['aws_wafv2_web_acl_logging_configuration', 'resource_arn']])],
    failing: WEB_ACL,
    passing: `${WEB_ACL}\n${resource('aws_wafv2_web_acl_logging_configuration', { resource_arn: 'aws_wafv2_web_acl.sample.arn' }, [])}`,
  },
]
