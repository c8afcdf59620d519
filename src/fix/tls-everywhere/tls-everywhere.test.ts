import { describe, expect, test } from 'vitest'
import { OWN_RULES, VALUES, fixed, planned, refusals } from './project.test-helper.ts'

const PLAIN_RULES = OWN_RULES.filter(({ id }) =>
  ['alb-listener-https', 'alb-http-redirect', 'alb-tls-minimum', 'alb-strong-ciphers'].includes(id),
)

const BALANCER = `resource "aws_lb" "web" {
  name            = "web"
  security_groups = [aws_security_group.lb.id]
}
`
const GROUP = `resource "aws_security_group" "lb" {
  description = "Web"

  ingress {
    description      = "HTTP"
    from_port        = 80
    to_port          = 80
    protocol         = "tcp"
    cidr_blocks      = ["0.0.0.0/0"]
    ipv6_cidr_blocks = ["::/0"]
  }
}
`
const LISTENER = `resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward" # to the pods
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1"
  }
}
`

describe('a listener of plain HTTP', () => {
  test('everything in one file', async () => {
    const after = await fixed({ 'main.tf': [BALANCER, GROUP, LISTENER].join('\n') }, VALUES, PLAIN_RULES)
    expect(after).toMatchSnapshot()
  })

  test('a file for each service, a zone that is declared, values and outputs that are there', async () => {
    const after = await fixed(
      {
        'lb.tf': [BALANCER, LISTENER].join('\n'),
        'sg.tf': GROUP,
        'dns.tf': 'resource "aws_route53_zone" "main" {\n  name = "example.com"\n}\n',
        'vars.tf': 'variable "stage" {\n  type = string\n}\n',
        'terraform.tfvars': 'stage = "prod"',
        'outputs.tf': 'output "url" {\n  value = "http://${aws_lb.web.dns_name}"\n}\n',
      },
      VALUES,
      PLAIN_RULES,
    )
    expect(after['vars.tf']).toContain('variable "domain_name"')
    expect(after['terraform.tfvars']).toBe('stage = "prod"\n\ndomain_name = "pay.example.com"\n')
    expect(after['acm.tf']).toContain('zone_id         = aws_route53_zone.main.zone_id')
    expect(after['outputs.tf']).toContain('value = "https://${var.domain_name}"')
    expect(after['outputs.tf']).toContain('output "certificate_arn"')
    expect(after['outputs.tf']).not.toContain('https_url')
  })

  test('the name is needed, and nothing is applied without it or without approval', () => {
    const files = { 'main.tf': [BALANCER, GROUP, LISTENER].join('\n') }
    const without = planned(files, 'B', {}, PLAIN_RULES)
    expect(without.changes).toEqual([])
    expect(without.held).toHaveLength(3)
    for (const { remedy } of without.held)
      expect(remedy).toMatchObject({ assessment: { rank: 'B', needs: [{ key: 'values.domainName' }] } })
    const bad = planned(files, 'B', { domainName: 'not a name' }, PLAIN_RULES)
    expect(bad.held).toHaveLength(3)
    for (const approve of ['none', 'C'] as const) {
      const plan = planned(files, approve, VALUES, PLAIN_RULES)
      expect(plan.changes).toEqual([])
      expect(plan.held).toHaveLength(3)
    }
  })

  test('without a zone there are no records, and the validation waits for a person', async () => {
    const after = await fixed(
      { 'main.tf': LISTENER.replace('aws_lb.web.arn', '"arn"') },
      { domainName: 'a.example.com' },
      PLAIN_RULES,
    )
    expect(after['main.tf']).not.toContain('aws_route53')
    expect(after['main.tf']).toContain('certificate_arn = aws_acm_certificate.http.arn')
  })

  test('a zone by its id', async () => {
    const after = await fixed(
      { 'main.tf': LISTENER.replace('aws_lb.web.arn', '"arn"') },
      { ...VALUES, hostedZone: 'Z0123456789ABC' },
      PLAIN_RULES,
    )
    expect(after['main.tf']).toContain('zone_id         = "Z0123456789ABC"')
  })

  test('beside an HTTPS listener it only redirects', async () => {
    const https = LISTENER.replace('"http"', '"tls"')
      .replace('= 80', '= 443')
      .replace('"HTTP"', '"HTTPS"\n  ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"')
    const files = { 'main.tf': [BALANCER, GROUP, LISTENER, https].join('\n') }
    const held = planned(files, 'none', {}, PLAIN_RULES).held
    expect(held.map(({ finding }) => finding.rank)).toEqual(['C', 'C', 'C'])
    const after = await fixed(files, {}, PLAIN_RULES)
    expect(after['main.tf']?.match(/resource "/g)).toHaveLength(4)
    expect(after['main.tf']).toContain('status_code = "HTTP_301"')
  })

  test('rules of the listener move to the one that serves', async () => {
    const rule = `resource "aws_lb_listener_rule" "api" {
  listener_arn = aws_lb_listener.http.arn # API

  action {
    type             = "forward"
    target_group_arn = "arn"
  }
}
`
    const files = { 'main.tf': [BALANCER, GROUP, LISTENER, rule].join('\n') }
    const after = await fixed(files, VALUES, PLAIN_RULES)
    expect(after['main.tf']).toContain('listener_arn = aws_lb_listener.https.arn # API')
    const [first] = planned(files, 'none', VALUES, PLAIN_RULES).held
    expect(first?.remedy).toMatchObject({
      assessment: {
        blastRadius: expect.arrayContaining([expect.stringContaining('aws_lb_listener_rule.api is replaced')]),
      },
    })
  })

  test('a port of its own speaks TLS', async () => {
    const after = await fixed(
      { 'main.tf': [BALANCER, GROUP, LISTENER.replace('= 80', '= 8443')].join('\n') },
      VALUES,
      PLAIN_RULES,
    )
    expect(after['main.tf']).toContain('port              = 8443\n  protocol          = "HTTPS"')
    expect(after['main.tf']).not.toContain('redirect')
  })

  test('a certificate that is there is taken, and no name is asked for', async () => {
    const certificate = `resource "aws_acm_certificate" "site" {
  domain_name = "x.example.com"
}
`
    const after = await fixed({ 'main.tf': [BALANCER, GROUP, LISTENER, certificate].join('\n') }, {}, PLAIN_RULES)
    expect(after['main.tf']).toContain('certificate_arn   = aws_acm_certificate.site.arn')
    expect(after['main.tf']?.match(/aws_acm_certificate"/g)).toHaveLength(1)
  })

  test('for_each, count, a provider alias, CRLF', async () => {
    const provider = 'provider "aws" {\n  alias = "eu"\n}\n'
    const text = [
      provider,
      BALANCER.replace('{\n', '{\n  provider = aws.eu\n  for_each = toset(["a", "b"])\n\n'),
      GROUP,
      LISTENER.replace('{\n', '{\n  provider = aws.eu\n  for_each = toset(["a", "b"])\n\n').replace(
        'web.arn',
        'web[each.key].arn',
      ),
    ].join('\n')
    const after = await fixed({ 'main.tf': text.replaceAll('\n', '\r\n') }, VALUES, PLAIN_RULES)
    expect(after['main.tf']).not.toMatch(/[^\r]\n/)
    expect(after['main.tf']?.match(/provider = aws\.eu/g)?.length).toBeGreaterThan(5)
    expect(after['main.tf']).toContain('load_balancer_arn = aws_lb.web[each.key].arn\r\n  port              = 443')
    const counted = [BALANCER, GROUP, LISTENER.replace('{\n', '{\n  count = 2\n\n')].join('\n')
    expect((await fixed({ 'main.tf': counted }, VALUES, PLAIN_RULES))['main.tf']).toContain(
      'resource "aws_lb_listener" "https" {\n  count = 2\n',
    )
  })

  test('in a module the name is handed down', async () => {
    const after = await fixed(
      {
        'main.tf': 'module "front" {\n  source = "./front"\n}\n',
        'front/main.tf': [BALANCER, GROUP, LISTENER].join('\n'),
      },
      VALUES,
      PLAIN_RULES,
    )
    expect(after['main.tf']).toContain('domain_name = var.domain_name')
    expect(after['variables.tf']).toContain('variable "domain_name"')
    expect(after['front/variables.tf']).toContain('variable "domain_name"')
    expect(after['domain.auto.tfvars']).toBe('domain_name = "pay.example.com"\n')
  })

  test.each([
    [
      'a module that is called twice',
      {
        'main.tf': 'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  source = "./m"\n}\n',
        'm/main.tf': LISTENER.replace('aws_lb.web.arn', '"arn"'),
      },
      'called several times',
    ],
    [
      'JSON syntax',
      {
        'main.tf.json':
          '{"resource": {"aws_lb_listener": {"http": {"port": 80, "protocol": "HTTP", "default_action": {"type": "forward"}}}}}',
      },
      'JSON syntax',
    ],
    [
      'an unknown count',
      {
        'main.tf': `variable "on" {\n  type = bool\n}\n\n${LISTENER.replace('{\n', '{\n  count = var.on ? 1 : 0\n').replace('aws_lb.web.arn', '"arn"')}`,
      },
      'decided elsewhere',
    ],
    [
      'an unknown port',
      {
        'main.tf': `variable "port" {\n  type = number\n}\n\n${LISTENER.replace('= 80', '= var.port').replace('aws_lb.web.arn', '"arn"')}`,
      },
      'port of the listener is not known',
    ],
    [
      'two default actions',
      {
        'main.tf': LISTENER.replace(
          '  default_action',
          '  default_action {\n    type = "authenticate-oidc"\n  }\n\n  default_action',
        ).replace('aws_lb.web.arn', '"arn"'),
      },
      'not written as one block',
    ],
  ])('%s is refused with a reason', (_, files, reason) => {
    const plan = planned(files as unknown as Record<string, string>, 'B', VALUES, PLAIN_RULES)
    expect(plan.changes).toEqual([])
    expect(plan.held).toEqual([])
    expect(refusals(plan).length).toBeGreaterThan(0)
    for (const refusal of refusals(plan)) expect(refusal).toContain(reason)
  })
})

describe('the way in on 443', () => {
  const bare = 'resource "aws_security_group" "lb" {\n  description = "Web"\n}\n'

  test.each([
    [
      'aws_vpc_security_group_ingress_rule',
      'resource "aws_vpc_security_group_ingress_rule" "lb_http" {\n  for_each = toset(["10.0.0.0/8"])\n\n  security_group_id = aws_security_group.lb.id\n  description       = "HTTP from the office"\n  cidr_ipv4         = each.value\n  from_port         = 80\n  to_port           = 80\n  ip_protocol       = "tcp"\n}\n',
      'resource "aws_vpc_security_group_ingress_rule" "lb_https" {\n  for_each = toset(["10.0.0.0/8"])\n\n  security_group_id = aws_security_group.lb.id\n  description       = "HTTPS from the office"\n  cidr_ipv4         = each.value\n  from_port         = 443\n  to_port           = 443\n  ip_protocol       = "tcp"\n}',
    ],
    [
      'aws_security_group_rule',
      'resource "aws_security_group_rule" "in_80" {\n  type              = "ingress"\n  security_group_id = aws_security_group.lb.id\n  cidr_blocks       = ["0.0.0.0/0"]\n  from_port         = 80\n  to_port           = 80\n  protocol          = "tcp"\n}\n',
      'resource "aws_security_group_rule" "in_https" {\n  description       = "HTTPS"\n  type              = "ingress"\n  security_group_id = aws_security_group.lb.id\n  cidr_blocks       = ["0.0.0.0/0"]\n  from_port         = 443\n  to_port           = 443\n  protocol          = "tcp"\n}',
    ],
  ])('as %s', async (_, rule, expected) => {
    const after = await fixed({ 'main.tf': [BALANCER, bare, rule, LISTENER].join('\n') }, VALUES, PLAIN_RULES)
    expect(after['main.tf']).toContain(expected)
    expect(after['main.tf']).not.toContain('ingress {')
  })

  test('is left alone where 443 is open, and named where it cannot be seen', async () => {
    const open = GROUP.replace('to_port          = 80', 'to_port          = 443')
    const after = await fixed({ 'main.tf': [BALANCER, open, LISTENER].join('\n') }, VALUES, PLAIN_RULES)
    expect(after['main.tf']).toContain(open)
    const dynamic = bare.replace(
      '}\n',
      '\n  dynamic "ingress" {\n    for_each = [80]\n    content {\n      from_port = ingress.value\n      to_port = ingress.value\n      protocol = "tcp"\n    }\n  }\n}\n',
    )
    const plan = planned({ 'main.tf': [BALANCER, dynamic, LISTENER].join('\n') }, 'none', VALUES, PLAIN_RULES)
    expect(plan.held[0]?.remedy).toMatchObject({
      assessment: { blastRadius: expect.arrayContaining([expect.stringContaining('let 443 in by hand')]) },
    })
  })

  test('is a matter for a person where 443 lets fewer in', () => {
    const fewer = `${GROUP.slice(0, -2)}
  ingress {
    description = "HTTPS for the office"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
}
`
    const plan = planned({ 'main.tf': [BALANCER, fewer, LISTENER].join('\n') }, 'none', VALUES, PLAIN_RULES)
    expect(plan.held[0]?.remedy).toMatchObject({
      assessment: { blastRadius: expect.arrayContaining([expect.stringContaining('let 443 in by hand')]) },
    })
  })
})

describe('settings', () => {
  test('of a load balancer: flags, logs, firewall, and a policy that is old or missing', async () => {
    const https = LISTENER.replace('= 80', '= 443').replace(
      '"HTTP"',
      '"HTTPS"\n  ssl_policy        = "ELBSecurityPolicy-2016-08"',
    )
    const after = await fixed({
      'main.tf': [
        BALANCER.replace('  name ', '  enable_deletion_protection = false # for now\n  name '),
        GROUP,
        https,
      ].join('\n'),
    })
    expect(after).toMatchSnapshot()
  })

  test('ranks of a load balancer', () => {
    const { held, applied } = planned({ 'main.tf': [BALANCER, GROUP].join('\n') }, 'none', {})
    expect(applied.map(({ judged }) => `${judged.finding.rank} ${judged.finding.ruleId}`)).toEqual([
      'D lb-deletion-protection',
    ])
    expect(held.map(({ finding }) => `${finding.rank} ${finding.ruleId}`).toSorted()).toEqual([
      'C alb-drop-invalid-headers',
      'C alb-waf',
      'C lb-access-logs',
    ])
  })

  test('a web ACL that is there is used, and one is shared', async () => {
    const two = [BALANCER, BALANCER.replace('"web"', '"api"').replace('"web"', '"api"'), GROUP]
    const after = await fixed({ 'main.tf': two.join('\n') })
    expect(after['main.tf']?.match(/resource "aws_wafv2_web_acl"/g)).toHaveLength(1)
    expect(after['main.tf']?.match(/resource "aws_wafv2_web_acl_association"/g)).toHaveLength(2)
  })

  test('a variable behind a flag keeps its other uses', async () => {
    const after = await fixed({
      'main.tf': `variable "protect" {\n  default = false\n}\n\n${BALANCER.replace('{\n', '{\n  internal                   = true\n  enable_deletion_protection = var.protect\n')}\n${GROUP}`,
    })
    expect(after['main.tf']).toContain('default = true')
    expect(after['main.tf']).toContain('enable_deletion_protection = var.protect')
  })

  test('targets: the group gets a new name and comes before the old one goes', async () => {
    const after = await fixed({
      'main.tf':
        'resource "aws_lb_target_group" "a" {\n  name     = "a"\n  port     = 80\n  protocol = "HTTP"\n\n  health_check {\n    path     = "/health"\n    protocol = "HTTP"\n  }\n}\n',
      'other/main.tf':
        'variable "n" {\n  type = string\n}\n\nresource "aws_lb_target_group" "b" {\n  name     = "${var.n}-b"\n  port     = 80\n  protocol = "HTTP"\n\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n',
    })
    expect(after['main.tf']).toMatchSnapshot()
    expect(after['other/main.tf']).toMatchSnapshot()
  })

  test('targets are asked where the one service says that it is ready', async () => {
    const after = await fixed({
      'main.tf': 'resource "aws_lb_target_group" "a" {\n  protocol = "HTTP"\n}\n',
      'app.js': `const express = require('express')\nconst app = express()\napp.listen(1)\n`,
    })
    expect(after['main.tf']).toContain('    path     = "/ready"\n    protocol = "HTTPS"\n')
  })

  test('classic load balancers', async () => {
    const after = await fixed(
      {
        'main.tf':
          'resource "aws_elb" "old" {\n  security_groups = [aws_security_group.lb.id]\n\n  listener {\n    instance_port     = 8080\n    instance_protocol = "http"\n    lb_port           = 80\n    lb_protocol       = "http"\n  }\n}\n\n' +
          GROUP,
      },
      VALUES,
      OWN_RULES.filter(({ id }) => id.startsWith('elb-')),
    )
    expect(after['main.tf']).toContain('lb_port           = 443\n    lb_protocol       = "https"')
    expect(after['main.tf']).toContain('ssl_certificate_id')
    expect(after['main.tf']).toContain('description      = "HTTPS"')
  })

  test('CloudFront, API Gateway and OpenSearch', async () => {
    const after = await fixed({
      'main.tf': `resource "aws_cloudfront_distribution" "cdn" {
  default_cache_behavior {
    viewer_protocol_policy = "allow-all" # old
  }

  origin {
    custom_origin_config {
      origin_protocol_policy = "match-viewer"
      origin_ssl_protocols   = ["TLSv1", "TLSv1.2"]
    }
  }

  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:111122223333:certificate/x"
    minimum_protocol_version = "TLSv1"
  }
}

resource "aws_cloudfront_response_headers_policy" "h" {
  name = "h"
}

resource "aws_api_gateway_domain_name" "api" {
  domain_name = "api.example.com"
}

resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"
}
`,
    })
    expect(after['main.tf']).toMatchSnapshot()
  })

  test('what would cut off is refused', () => {
    const plan = planned(
      {
        'main.tf':
          'resource "aws_cloudfront_distribution" "cdn" {\n  origin {\n    custom_origin_config {\n      origin_protocol_policy = "http-only"\n    }\n  }\n\n  viewer_certificate {\n    cloudfront_default_certificate = true\n  }\n}\n',
      },
      'B',
    )
    expect(refusals(plan)).toEqual([
      expect.stringContaining('may not answer on 443'),
      expect.stringContaining('a name and a certificate of its own'),
    ])
    expect(plan.changes).toEqual([])
  })
})
