import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import groupDescription from '../../rules/terraform/aws/ec2/security-group-description.ts'
import ruleDescription from '../../rules/terraform/aws/ec2/security-group-rule-description.ts'
import defaultGroup from '../../rules/terraform/aws/vpc/vpc-default-security-group.ts'
import fixer from './index.ts'
import { fixed, heldWith, planned, ranks, reasons, RULES, VALUES } from './rules.test-helper.ts'

const VPC = 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n\n'
const group = (body: string, name = 'web'): string =>
  `resource "aws_security_group" "${name}" {\n  vpc_id = aws_vpc.main.id\n${body}}\n`
const ingress = (port: number, sources = '["0.0.0.0/0"]', extra = ''): string =>
  `\n  ingress {\n    from_port   = ${port}\n    to_port     = ${port}\n    protocol    = "tcp"\n    cidr_blocks = ${sources}\n${extra}  }\n`
const APP = `${group('', 'app')}\nresource "aws_instance" "app" {\n  ami                    = "ami-1"\n  vpc_security_group_ids = [aws_security_group.app.id]\n}\n\n`

describe('administration', () => {
  test('inline: the ranges become a variable with the value of secops.yaml, and comments stay', async () => {
    const after = await fixed({ 'main.tf': VPC + group(ingress(22, '["0.0.0.0/0"]').replace('0"]', '0"] # for now')) })
    expect(after['main.tf']).toContain('    cidr_blocks = var.admin_cidrs # for now\n')
    expect(after['variables.tf']).toMatchSnapshot()
  })

  test('the value goes into terraform.tfvars where the project keeps values', async () => {
    const after = await fixed({ 'main.tf': VPC + group(ingress(3389)), 'terraform.tfvars': 'a = 1' })
    expect(after['terraform.tfvars']).toBe('a = 1\n\nadmin_cidrs = ["203.0.113.0/24"]\n')
    expect(after['variables.tf']).not.toContain('default')
  })

  test('without the value it is held, with the question, whatever is approved', () => {
    const plan = planned({ 'main.tf': VPC + group(ingress(22)) }, 'B', {})
    expect(plan.changes).toEqual([])
    expect(heldWith(plan)).toEqual([
      [
        'Whoever administers from another network is locked out, and the code does not show who does.',
        ['values.adminCidrs'],
      ],
    ])
  })

  test('a module gets the networks from its caller', async () => {
    const after = await fixed({
      'm/main.tf': VPC + group(ingress(22)),
      'main.tf': 'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  source = "./m"\n}\n',
    })
    expect(after['main.tf']).toBe(
      'module "a" {\n  source = "./m"\n\n  admin_cidrs = var.admin_cidrs\n}\n\nmodule "b" {\n  source = "./m"\n\n  admin_cidrs = var.admin_cidrs\n}\n',
    )
    expect(after['variables.tf']).toContain('default     = ["203.0.113.0/24"]')
    expect(after['m/variables.tf']).not.toContain('default')
  })

  test('an argument of one call is narrowed at that call', async () => {
    const after = await fixed({
      'm/main.tf': `variable "cidrs" {\n  type = list(string)\n}\n\n${VPC}${group(ingress(22, 'var.cidrs'))}`,
      'main.tf':
        'module "a" {\n  source = "./m"\n  cidrs  = ["0.0.0.0/0"]\n}\n\nmodule "b" {\n  source = "./m"\n  cidrs  = ["10.1.0.0/16"]\n}\n',
    })
    expect(after['main.tf']).toContain('cidrs  = var.admin_cidrs\n')
    expect(after['main.tf']).toContain('cidrs  = ["10.1.0.0/16"]\n')
    expect(after['m/main.tf']).toContain('var.cidrs')
  })

  test("a variable's default is narrowed where it serves this rule alone, else the rule itself", async () => {
    const variable = 'variable "cidrs" {\n  default = ["0.0.0.0/0"]\n}\n\n'
    const alone = await fixed({ 'main.tf': variable + VPC + group(ingress(22, 'var.cidrs')) })
    expect(alone['main.tf']).toContain('default = ["203.0.113.0/24"]')
    const shared = await fixed({
      'main.tf': variable + VPC + group(ingress(22, 'var.cidrs') + ingress(443, 'var.cidrs')),
    })
    expect(shared['main.tf']).toContain('default = ["0.0.0.0/0"]')
    expect(shared['main.tf']).toContain(
      'to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = var.admin_cidrs\n',
    )
    expect(shared['main.tf']).toContain('to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = var.cidrs\n')
  })

  test('halves of the internet and IPv6 go, narrow ranges stay', async () => {
    const sources = '["10.2.0.0/16", "0.0.0.0/1", "128.0.0.0/1"]'
    const after = await fixed({ 'main.tf': VPC + group(ingress(22, sources, '    ipv6_cidr_blocks = ["::/0"]\n')) })
    expect(after['main.tf']).toContain('cidr_blocks = concat(var.admin_cidrs, ["10.2.0.0/16"])\n')
    expect(after['main.tf']).not.toContain('ipv6')
  })

  test('IPv6 networks of administrators have a variable of their own', async () => {
    const values = { adminCidrs: ['203.0.113.0/24', '2001:db8::/48'] }
    const after = await fixed(
      { 'main.tf': VPC + group(ingress(22, '["0.0.0.0/0"]', '    ipv6_cidr_blocks = ["::/0"]\n')) },
      values,
    )
    expect(after['main.tf']).toContain('ipv6_cidr_blocks = var.admin_ipv6_cidrs\n')
    expect(after['variables.tf']).toContain('default     = ["2001:db8::/48"]')
    const only6 = ingress(22, '[]', '    ipv6_cidr_blocks = ["::/0"]\n')
    expect(heldWith(planned({ 'main.tf': VPC + group(only6) }))[0]?.[1]).toEqual(['values.adminCidrs'])
  })

  test('a dynamic block for ports of both kinds narrows those of administrators only', async () => {
    const block = `\n  dynamic "ingress" {\n    for_each = [22, 443, 3389]\n    content {\n      from_port   = ingress.value\n      to_port     = ingress.value\n      protocol    = "tcp"\n      cidr_blocks = ["0.0.0.0/0"]\n    }\n  }\n`
    const after = await fixed({ 'main.tf': VPC + group(block) })
    expect(after['main.tf']).toContain(
      '      cidr_blocks = contains([22, 3389], ingress.value) ? var.admin_cidrs : ["0.0.0.0/0"]\n',
    )
  })

  test('an item of a dynamic block that has its own ranges is narrowed there', async () => {
    const block = `\n  dynamic "ingress" {\n    for_each = [{ port = 22, cidrs = ["0.0.0.0/0"] }, { port = 443, cidrs = ["0.0.0.0/0"] }]\n    content {\n      from_port   = ingress.value.port\n      to_port     = ingress.value.port\n      protocol    = "tcp"\n      cidr_blocks = ingress.value.cidrs\n    }\n  }\n`
    const after = await fixed({ 'main.tf': VPC + group(block) })
    expect(after['main.tf']).toContain(
      '[{ port = 22, cidrs = var.admin_cidrs }, { port = 443, cidrs = ["0.0.0.0/0"] }]',
    )
  })

  test('rules as resources, as rules of one range, and as objects of a list', async () => {
    const after = await fixed(
      {
        'main.tf': [
          VPC + group(''),
          'resource "aws_security_group_rule" "ssh" {\n  for_each          = toset(["22", "8443"])\n  type              = "ingress"\n  security_group_id = aws_security_group.web.id\n  from_port         = each.value\n  to_port           = each.value\n  protocol          = "tcp"\n  cidr_blocks       = ["0.0.0.0/0"]\n}\n',
          'resource "aws_vpc_security_group_ingress_rule" "rdp" {\n  security_group_id = aws_security_group.web.id\n  cidr_ipv4         = "0.0.0.0/0"\n  from_port         = 3389\n  to_port           = 3389\n  ip_protocol       = "tcp"\n}\n',
          group(
            '  ingress = [{\n    description = "x"\n    from_port = 22\n    to_port = 22\n    protocol = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n    ipv6_cidr_blocks = ["::/0"]\n    prefix_list_ids = []\n    security_groups = []\n    self = false\n  }]\n',
            'listed',
          ),
        ].join('\n'),
      },
      { adminCidrs: ['203.0.113.0/24', '198.51.100.0/24'] },
    )
    expect(after['main.tf']).toMatchSnapshot()
  })

  test('JSON syntax', async () => {
    const rule = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], ipv6_cidr_blocks: ['::/0'] }
    const text = JSON.stringify({ resource: { aws_security_group: { web: { ingress: [rule] } } } }, null, 2)
    const after = await fixed({ 'main.tf.json': text })
    const data: unknown = JSON.parse(after['main.tf.json'] ?? '')
    expect(data).toMatchObject({
      resource: {
        aws_security_group: { web: { ingress: [{ cidr_blocks: '${var.admin_cidrs}', ipv6_cidr_blocks: [] }] } },
      },
    })
  })
})

describe('databases', () => {
  test("the port is opened to the applications' group, at rank D", async () => {
    const files = { 'main.tf': VPC + APP + group(ingress(5432), 'db') }
    expect(ranks(planned(files, 'none'))).toEqual({ 'security-group-no-public-database-ports': 'D' })
    const after = await fixed(files)
    expect(after['main.tf']).toContain(
      '    protocol        = "tcp"\n    security_groups = [aws_security_group.app.id]\n',
    )
  })

  test('a rule that names somebody outside is held, and its description does not stay', () => {
    const block = ingress(5432).replace('    from_port', '    description = "For the reporting vendor"\n    from_port')
    const files = { 'main.tf': VPC + APP + group(block, 'db') }
    expect(heldWith(planned(files, 'none'))[0]?.[0]).toContain('("reporting")')
    const after = planned(files, 'C').files.get('main.tf')
    expect(after).toContain('description     = "PostgreSQL from app"')
  })

  test('no candidate or several: held with the question, until secops.yaml answers it', async () => {
    const none = planned({ 'main.tf': VPC + group(ingress(6379), 'cache') })
    expect(heldWith(none)[0]?.[1]).toEqual(['values.applicationSecurityGroup'])
    const second = APP.replaceAll('"app"', '"jobs"').replace('.app.', '.jobs.')
    const files = { 'main.tf': VPC + APP + second + group(ingress(3306), 'db') }
    expect(heldWith(planned(files))[0]?.[0]).toBe(
      'Several groups are candidates: aws_security_group.app, aws_security_group.jobs.',
    )
    const given = await fixed(files, { applicationSecurityGroup: 'aws_security_group.jobs' })
    expect(given['main.tf']).toContain('security_groups = [aws_security_group.jobs.id]')
    const byId = await fixed(files, { applicationSecurityGroup: 'sg-0123abcd' })
    expect(byId['main.tf']).toContain('security_groups = ["sg-0123abcd"]')
  })

  test('of several applications the one that names the database counts', async () => {
    const second = APP.replaceAll('"app"', '"jobs"')
      .replace('.app.', '.jobs.')
      .replace('"ami-1"', '"ami-1"\n  user_data = aws_db_instance.db.address')
    const db =
      'resource "aws_db_instance" "db" {\n  engine                 = "mysql"\n  vpc_security_group_ids = [aws_security_group.db.id]\n}\n\n'
    const after = await fixed({ 'main.tf': VPC + APP + second + db + group(ingress(3306), 'db') })
    expect(after['main.tf']).toContain('security_groups = [aws_security_group.jobs.id]')
  })

  test('separate rules take the group instead of ranges', async () => {
    const rules =
      'resource "aws_security_group_rule" "db" {\n  type              = "ingress"\n  security_group_id = aws_security_group.db.id\n  from_port         = 5432\n  to_port           = 5432\n  protocol          = "tcp"\n  cidr_blocks       = ["0.0.0.0/0"]\n  ipv6_cidr_blocks  = ["::/0"]\n}\n'
    const files = { 'main.tf': VPC + APP + group('', 'db') + rules }
    expect(ranks(planned(files, 'none'))).toEqual({ 'security-group-no-public-database-ports': 'C' })
    const after = await fixed(files)
    expect(after['main.tf']).toContain(
      '  protocol                 = "tcp"\n  source_security_group_id = aws_security_group.app.id\n}\n',
    )
    const single =
      'resource "aws_vpc_security_group_ingress_rule" "db" {\n  security_group_id = aws_security_group.db.id\n  cidr_ipv6         = "::/0"\n  from_port         = 5432\n  to_port           = 5432\n  ip_protocol       = "tcp"\n}\n'
    const other = await fixed({ 'main.tf': VPC + APP + group('', 'db') + single })
    expect(other['main.tf']).toContain('  referenced_security_group_id = aws_security_group.app.id\n')
  })
})

describe('every port', () => {
  const open =
    '\n  ingress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'
  const DB =
    'resource "aws_db_instance" "db" {\n  engine                 = "mysql"\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n\n'

  test('a database gets its port, from the application', async () => {
    const after = await fixed({ 'main.tf': VPC + APP + DB + group(open) })
    expect(after['main.tf']).toContain(
      '    from_port       = 3306\n    to_port         = 3306\n    protocol        = "tcp"\n    security_groups = [aws_security_group.app.id]\n    description     = "MySQL from app"\n',
    )
  })

  test('a load balancer keeps its listener', async () => {
    const lb =
      'resource "aws_lb" "lb" {\n  security_groups = [aws_security_group.web.id]\n}\n\nresource "aws_lb_listener" "l" {\n  load_balancer_arn = aws_lb.lb.arn\n  port              = 443\n  protocol          = "HTTPS"\n}\n\n'
    const after = await fixed({ 'main.tf': VPC + lb + group(open) })
    expect(after['main.tf']).toContain(
      '    to_port     = 443\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n',
    )
  })

  test('where nothing says what it is for, the VPC keeps access; where no VPC can be told, administrators', async () => {
    const after = await fixed({ 'main.tf': VPC + group(open) })
    expect(after['main.tf']).toContain('    cidr_blocks = [aws_vpc.main.cidr_block]\n')
    const looked = await fixed({
      'main.tf': `variable "vpc" {\n  type = string\n}\n\n${group(open).replace('aws_vpc.main.id', 'var.vpc')}`,
    })
    expect(looked['data.tf']).toBe('data "aws_vpc" "web" {\n  id = var.vpc\n}\n')
    const each = group(open)
      .replace('  vpc_id', '  for_each = toset(["vpc-1", "vpc-2"])\n\n  vpc_id')
      .replace('aws_vpc.main.id', 'each.value')
    const admins = await fixed({ 'main.tf': each })
    expect(admins['main.tf']).toContain('cidr_blocks = var.admin_cidrs\n')
  })

  test('it is never applied without approval', () => {
    const plan = planned({ 'main.tf': VPC + APP + DB + group(open) }, 'C')
    expect(plan.changes).toEqual([])
    expect(new Set(Object.values(ranks(plan)))).toEqual(new Set(['B']))
  })
})

describe('traffic out', () => {
  const out =
    '\n  egress {\n    from_port   = 0\n    to_port     = 0\n    protocol    = "-1"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n'

  test('HTTPS and the VPC stay, in the form that the group has', async () => {
    const files = { 'main.tf': VPC + group(`${out}\n  tags = {}\n`) }
    expect(ranks(planned(files, 'none'))).toEqual({ 'security-group-no-unrestricted-egress': 'C' })
    expect((await fixed(files))['main.tf']).toMatchSnapshot()
    const single =
      'resource "aws_vpc_security_group_egress_rule" "out" {\n  security_group_id = aws_security_group.web.id\n  cidr_ipv4         = "0.0.0.0/0"\n  ip_protocol       = "-1"\n}\n'
    const separate = await fixed({ 'main.tf': VPC + group('') + single })
    expect(separate['main.tf']).toContain('resource "aws_vpc_security_group_egress_rule" "out_vpc" {')
    expect(separate['main.tf']).toContain(
      '  ip_protocol       = "tcp"\n  from_port         = 443\n  to_port           = 443\n',
    )
  })
})

test('JSON syntax: rules beside a rule are copied, not wrapped', async () => {
  const rules = {
    aws_vpc_security_group_ingress_rule: {
      ssh: {
        security_group_id: '${aws_security_group.g.id}',
        cidr_ipv4: '0.0.0.0/0',
        from_port: 22,
        to_port: 22,
        ip_protocol: 'tcp',
      },
    },
    aws_security_group_rule: {
      out: {
        type: 'egress',
        security_group_id: '${aws_security_group.g.id}',
        from_port: 0,
        to_port: 0,
        protocol: '-1',
        cidr_blocks: ['0.0.0.0/0'],
      },
    },
  }
  const groups = {
    aws_vpc: { v: { cidr_block: '10.0.0.0/16' } },
    aws_security_group: { g: { vpc_id: '${aws_vpc.v.id}' } },
  }
  const text = JSON.stringify({ resource: { ...groups, ...rules } }, null, 2)
  const after = await fixed({ 'main.tf.json': text }, { adminCidrs: ['203.0.113.0/24', '198.51.100.0/24'] })
  expect(JSON.parse(after['main.tf.json'] ?? '')).toMatchObject({
    resource: {
      aws_vpc_security_group_ingress_rule: {
        ssh: { cidr_ipv4: '203.0.113.0/24' },
        ssh_2: { security_group_id: '${aws_security_group.g.id}', cidr_ipv4: '198.51.100.0/24', from_port: 22 },
      },
      aws_security_group_rule: {
        out: { from_port: 443, to_port: 443, protocol: 'tcp' },
        out_vpc: { security_group_id: '${aws_security_group.g.id}', protocol: '-1' },
      },
    },
  })
})

describe('plain HTTP', () => {
  const LB =
    'resource "aws_lb" "lb" {\n  internal        = false\n  security_groups = [aws_security_group.lb.id]\n}\n\n'
  const WEB = 'resource "aws_instance" "web" {\n  vpc_security_group_ids = [aws_security_group.web.id]\n}\n\n'

  test('a server behind a load balancer is reached from there, and the load balancer stays open', async () => {
    const files = { 'main.tf': VPC + LB + WEB + group(ingress(80), 'lb') + group(ingress(80)) }
    expect(ranks(planned(files, 'none'))).toEqual({ 'security-group-no-public-http': 'C' })
    const after = await fixed(files)
    expect(after['main.tf']).toContain('security_groups = [aws_security_group.lb.id]\n  }\n')
    expect(after['main.tf']).toContain(ingress(80))
  })

  test('without a load balancer it needs approval B, as the site is gone for others', () => {
    expect(ranks(planned({ 'main.tf': VPC + WEB + group(ingress(80)) }, 'C'))).toEqual({
      'security-group-no-public-http': 'B',
    })
  })
})

describe('descriptions and default groups', () => {
  test('rules say what they are for: resources at rank E, blocks at rank D', async () => {
    const rule =
      'resource "aws_security_group_rule" "a" {\n  type              = "ingress"\n  security_group_id = aws_security_group.web.id\n  from_port         = 8000\n  to_port           = 8100\n  protocol          = "tcp"\n  cidr_blocks       = [aws_vpc.main.cidr_block]\n}\n'
    const files = { 'main.tf': VPC + group(ingress(443)) + rule }
    const plan = planned(files, 'none', {}, [ruleDescription])
    expect(plan.before.result.findings.map(({ rank }) => rank).toSorted()).toEqual(['D', 'E'])
    const after = await fixed(files, {}, [ruleDescription])
    expect(after['main.tf']).toContain('    cidr_blocks = ["0.0.0.0/0"]\n    description = "HTTPS"\n')
    expect(after['main.tf']).toContain('  description       = "tcp 8000-8100 from the VPC"\n')
  })

  test('the description of a group replaces it: B', async () => {
    const files = { 'main.tf': VPC + group('') }
    expect(planned(files, 'C', VALUES, [groupDescription]).changes).toEqual([])
    const after = await fixed(files, VALUES, [groupDescription])
    expect(after['main.tf']).toContain('  description = "Network access of web"\n')
  })

  test('a module whose callers may describe the group describes it where they do not', async () => {
    const module = `variable "about" {\n  type    = string\n  default = null\n}\n\nresource "aws_security_group" "web" {\n  description = var.about\n}\n`
    const files = {
      'main.tf': 'module "a" {\n  source = "./web"\n}\n\nmodule "b" {\n  source = "./web"\n  about  = "The shop"\n}\n',
      'web/main.tf': module,
    }
    const after = await fixed(files, {}, [groupDescription])
    expect(after).toEqual({
      ...files,
      'web/main.tf': module.replace('= var.about', '= coalesce(var.about, "Network access of web")'),
    })
  })

  test('the default group of each VPC is taken over, with its count and provider', async () => {
    const vpc = 'resource "aws_vpc" "a" {\n  count    = 2\n  provider = aws.dr\n\n  cidr_block = "10.0.0.0/16"\n}\n'
    const provider = 'provider "aws" {\n  alias = "dr"\n}\n\n'
    expect(planned({ 'main.tf': vpc }, 'C', VALUES, [defaultGroup]).changes).toEqual([])
    const after = await fixed({ 'main.tf': provider + vpc }, VALUES, [defaultGroup])
    expect(after['main.tf']).toContain(
      'resource "aws_default_security_group" "a" {\n  provider = aws.dr\n  count    = 2\n\n  vpc_id = aws_vpc.a[count.index].id\n}\n',
    )
  })

  test('one with rules is emptied, dynamic blocks included', async () => {
    const own =
      'resource "aws_default_security_group" "d" {\n  vpc_id = aws_vpc.main.id\n\n  ingress {\n    protocol  = -1\n    self      = true\n    from_port = 0\n    to_port   = 0\n  }\n\n  dynamic "egress" {\n    for_each = [443]\n    content {\n      from_port = egress.value\n      to_port   = egress.value\n      protocol  = "tcp"\n    }\n  }\n}\n'
    const after = await fixed({ 'main.tf': VPC + own }, VALUES, [defaultGroup])
    expect(after['main.tf']).toBe(`${VPC}resource "aws_default_security_group" "d" {\n  vpc_id = aws_vpc.main.id\n}\n`)
  })
})

describe('refused, with the reason', () => {
  const flag = 'variable "open" {\n  default = true\n}\n\n'

  test('of a condition only the open branch is narrowed, and no branch is lost', async () => {
    const sources = 'var.open ? ["0.0.0.0/0"] : [aws_vpc.main.cidr_block]'
    const after = await fixed({ 'main.tf': flag + VPC + group(ingress(22, sources)) })
    expect(after['main.tf']).toContain('cidr_blocks = var.open ? var.admin_cidrs : [aws_vpc.main.cidr_block]\n')
    const plan = planned({ 'main.tf': flag + VPC + APP + group(ingress(5432, sources), 'db') })
    expect(reasons(plan)).toEqual(['ingress[0].cidr_blocks has branches: narrow the open one by hand'])
  })

  test('another caller keeps the narrow ranges that it gives', () => {
    const module = `variable "cidrs" {\n  type = list(string)\n}\n\n${VPC}${APP}${group(ingress(5432, 'var.cidrs'), 'db')}`
    const call = (name: string, cidr: string): string =>
      `module "${name}" {\n  source = "./m"\n  cidrs  = ["${cidr}"]\n}\n\n`
    const both = planned({ 'm/main.tf': module, 'main.tf': call('a', '0.0.0.0/0') + call('b', '10.1.0.0/16') })
    expect(both.changes).toEqual([])
    expect(reasons(both)[0]).toContain('narrow ranges, which they would lose')
    const alone = planned({ 'm/main.tf': module, 'main.tf': call('a', '0.0.0.0/0') }, 'none')
    expect(ranks(alone)).toEqual({ 'security-group-no-public-database-ports': 'C' })
  })

  test('a list that is put together keeps its parts', () => {
    const more = 'variable "more" {\n  default = ["10.1.0.0/16"]\n}\n\n'
    const plan = planned({ 'main.tf': more + VPC + group(ingress(22, 'concat(["0.0.0.0/0"], var.more)')) })
    expect(reasons(plan)).toEqual(['ingress[0].cidr_blocks is partly computed: narrow it by hand'])
  })

  test('ranges that are partly computed', () => {
    const sources = 'concat(["0.0.0.0/0"], var.more)'
    const files = { 'main.tf': `variable "more" {\n  type = list(string)\n}\n\n${VPC}${group(ingress(22, sources))}` }
    expect(reasons(planned(files))).toEqual(['ingress[0].cidr_blocks is partly computed: narrow it by hand'])
  })

  test('a load balancer with several listeners', () => {
    const listener = (port: number): string =>
      `resource "aws_lb_listener" "l${port}" {\n  load_balancer_arn = aws_lb.lb.arn\n  port              = ${port}\n}\n\n`
    const open = ingress(0).replaceAll('"tcp"', '"-1"')
    const lb = 'resource "aws_lb" "lb" {\n  security_groups = [aws_security_group.web.id]\n}\n\n'
    const plan = planned({ 'main.tf': VPC + lb + listener(80) + listener(443) + group(open) })
    expect(new Set(reasons(plan))).toEqual(
      new Set(['the load balancer listens on several ports: write one rule for each of them']),
    )
  })
})

describe('securebank', () => {
  const root = join(import.meta.dirname, '../../../examples/securebank')
  const files = Object.fromEntries(
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
  )

  test('without approval only descriptions are written, and what is held says why', () => {
    const plan = planned(files, 'none', VALUES, RULES)
    expect(plan.applied.map(({ judged }) => judged.finding.ruleId)).toEqual([
      'security-group-rule-description',
      'security-group-rule-description',
      'security-group-rule-description',
    ])
    expect(
      plan.held.map(({ finding }) => `${finding.rank} ${finding.ruleId} ${finding.resource.address}`),
    ).toMatchSnapshot()
    for (const { remedy } of plan.held)
      expect(remedy.kind === 'fixer' && remedy.assessment.runbook).toContain('Why it is held')
  })

  test('with approval B nothing is left, and other readers accept it', async () => {
    const plan = planned(files, 'B', VALUES, RULES)
    expect(plan.refused).toEqual([])
    expect(plan.held).toEqual([])
    expect(plan.after.result.findings).toEqual([])
    for (const { path, after } of plan.changes) {
      if (path.endsWith('.tf')) await expect(parse(path, after ?? '')).resolves.toBeTruthy()
    }
    expect(planned(Object.fromEntries(plan.files), 'B', VALUES, RULES).changes).toEqual([])
  })

  test('the next steps say how to prove it', () => {
    const plan = planned(files, 'B', VALUES, RULES)
    const complaints = plan.applied.map(({ judged }) => judged.complaint)
    const steps = fixer.nextSteps(complaints, { estate: plan.before.estate, values: VALUES })
    expect(steps.some(({ command }) => command?.startsWith('aws ec2 describe-security-group-rules') === true)).toBe(
      true,
    )
    expect(steps[0]?.command).toBe('terraform -chdir=infrastructure/terraform plan')
  })
})
