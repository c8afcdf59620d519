import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit, finding, verdict } from '../../compliance/audit.testkit.ts'
import { code, sampleAudit, sampleComply, sampleFix, sampleRun } from '../sample.testkit.ts'
import { markup, Markup } from './markup.ts'
import { type HtmlOptions, renderAuditHtml, renderComplyHtml, renderFixHtml, renderRunHtml } from './page.ts'

const options: HtmlOptions = { ...code, project: 'securebank', asOf: '2026-06-01' }

/** A strict little reader of what the renderer writes: every tag known and closed, in order, attributes quoted. */
function elements(page: string): { tag: string; attributes: string }[] {
  const body = page.replace(/<style>[^<]*<\/style>/, '')
  const found: { tag: string; attributes: string }[] = []
  const open: string[] = []
  const empty = new Set(['!doctype', 'meta', 'br', 'rect', 'line'])
  const tags = /<(\/?)([a-z!][a-z0-9]*)((?:\s+[a-z0-9-]+(?:="[^"<>]*")?)*)\s*\/?>/gi
  // What is no tag must be text without a single angle bracket.
  expect(body.replace(tags, '')).not.toMatch(/[<>]/)
  for (const [, close, tag = '', attributes = ''] of body.matchAll(tags)) {
    if (close === '/') expect(open.pop()).toBe(tag)
    else {
      found.push({ tag, attributes })
      if (!empty.has(tag.toLowerCase())) open.push(tag)
    }
  }
  expect(open).toEqual([])
  return found
}

describe('the page', () => {
  const page = renderRunHtml(sampleRun, options)

  test('is well formed, in every kind', () => {
    for (const one of [
      page,
      renderAuditHtml(sampleAudit, options),
      renderFixHtml(sampleFix, sampleRun.audit, options),
      renderComplyHtml(sampleComply, sampleAudit, options),
      renderAuditHtml(audit({}), options),
    ]) {
      expect(elements(one).length).toBeGreaterThan(20)
    }
  })

  test('runs no script and asks for nothing', () => {
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    for (const { tag, attributes } of elements(page)) {
      expect(['script', 'img', 'link', 'iframe', 'object', 'form', 'base']).not.toContain(tag)
      expect(attributes).not.toMatch(/\s(src|on\w+|style)=/)
      for (const [, href] of attributes.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^#/)
    }
    expect(page).not.toMatch(/url\(|@import|https?:/)
  })

  test('has landmarks, one h1, no skipped level, and headers in every table', () => {
    const found = elements(page)
    const tags = found.map(({ tag }) => tag)
    for (const landmark of ['header', 'nav', 'main', 'footer']) {
      expect(tags.filter((tag) => tag === landmark)).toHaveLength(1)
    }
    let level = 0
    for (const heading of tags.filter((tag) => /^h[1-6]$/.test(tag))) {
      const next = Number(heading.slice(1))
      expect(next === 1 ? level : next - level).toBeLessThanOrEqual(next === 1 ? 0 : level === 1 ? 2 : 1)
      level = next
    }
    expect(tags.filter((tag) => tag === 'table')).toHaveLength(tags.filter((tag) => tag === 'caption').length)
    for (const { tag, attributes } of found) {
      if (tag === 'th') expect(attributes).toMatch(/scope="(col|row)"/)
      if (tag === 'svg') expect(attributes).toMatch(/role="img" aria-label="[^"]+"/)
    }
    const ids = found.flatMap(({ attributes }) => [...attributes.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
    expect(new Set(ids).size).toBe(ids.length)
    for (const { attributes } of found) {
      const [, target] = /href="#([^"]*)"/.exec(attributes) ?? []
      if (target !== undefined) expect(ids).toContain(target)
    }
  })

  test('shows scores before and after, held fixes with reason and runbook, and the diff', () => {
    for (const text of [
      'before: 6%',
      'Clients outside the VPC lose their connection.',
      '2. Apply in a maintenance window.',
      'values.adminCidrs',
      '<span class="add">+  acl    = &quot;private&quot;</span>',
      '<a class="id" href="#diff-infrastructure_2fterraform_2fs3_2etf">infrastructure/terraform/s3.tf</a>',
      'passed<br>fixed in <a class="id" href="#diff-infrastructure_2fterraform_2fs3_2etf">',
      '<div class="inside" id="diff-infrastructure_2fterraform_2fs3_2etf">',
      'The project&#39;s own figures, from gap analysis.',
      'an estimate, not an assessment',
    ]) {
      expect(page).toContain(text)
    }
  })

  test('shows code, but not the secret in it', () => {
    expect(page).toContain('<mark>password            = &quot;••••••&quot;</mark>')
    expect(page).not.toContain('hunter2')
  })

  test('never shows a bare requirement number', () => {
    expect(page.replace(/pci-dss-[\d.]+:[\d.]+/g, '').replace(/<style>[^<]*<\/style>|PCI DSS [\d.]+/g, '')).not.toMatch(
      /(?<![\d.=" -])(?:8\.2\.1|10\.5\.3|1\.4\.4)(?!\d)/,
    )
  })

  test('of nothing says so', () => {
    expect(renderAuditHtml(audit({ project: { files: 0, resources: 0 } }), options)).toContain('Nothing was audited')
  })
})

test('hostile names stay text everywhere', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x onerror=a()>',
      "' onclick='x",
      '-->',
      '</style>',
      ']]>',
      '&lt;',
    ),
  )
  const plain = new Set(elements(renderRunHtml(sampleRun, options)).map(({ tag }) => tag))
  fc.assert(
    fc.property(hostile, hostile, hostile, (a, b, c) => {
      const one = finding(a, b, {
        title: c,
        message: a,
        remediation: b,
        location: { file: c, range: verdict('', '').location.range },
        fix: { fixer: a, class: 'notice', title: b, estimatedMinutes: 1 },
        requirements: [c],
        aliases: [a],
      })
      const suppressed = { ...one, status: 'suppressed' as const, suppression: { reason: c, owner: a, expires: b } }
      const hostileAudit = audit({
        findings: [one, suppressed],
        undecided: [{ ...verdict(a, b), reason: c }],
        errors: [{ ruleId: a, resource: one.resource, message: c }],
        diagnostics: [{ file: a, code: b, message: c }],
        project: { unchecked: [{ type: a, count: 1 }] },
      })
      const [held] = sampleFix.held
      const run = {
        ...sampleRun,
        audit: hostileAudit,
        fix: {
          ...sampleFix,
          held: held ? [{ ...held, address: a, reason: b, runbook: c, blastRadius: [a, b] }] : [],
          refused: [{ fingerprint: a, ruleId: b, address: c, code: 'advice' as const, reason: a }],
          nextSteps: [{ kind: 'prove' as const, text: a, command: b }],
          diff: `${a}\n+${b}\n-${c}\n`,
        },
      }
      const page = renderRunHtml(run, { ...options, sources: () => `${a}\n${b}`, project: c })
      for (const { tag, attributes } of elements(page)) {
        expect(plain).toContain(tag)
        expect(attributes).not.toMatch(/\son\w+=/)
      }
    }),
    { numRuns: 40 },
  )
})

describe('markup', () => {
  test('escapes texts in content and attributes, keeps markup, drops nothing', () => {
    expect(markup`<a title="${'"<&>\''}">${['a<b', markup`<br>`, 3, undefined, false]}</a>`.source).toBe(
      '<a title="&quot;&lt;&amp;&gt;&#39;">a&lt;b<br>3</a>',
    )
    expect(markup`${new Markup('<b>')}`.source).toBe('<b>')
  })

  test('makes invisible characters visible', () => {
    expect(markup`${'a\u202eb\u0000'}`.source).toBe('a\\u{202e}b\\u{0}')
  })
})

test('10,000 findings take under 10 MB and a few seconds', () => {
  const rules = Array.from({ length: 40 }, (_, index) => `rule-number-${index}`)
  const findings = Array.from({ length: 10_000 }, (_, index) =>
    finding(rules[index % rules.length] ?? '', `module.payments.aws_s3_bucket.statements["${index}"]`, {
      location: {
        ...verdict('', '', 3).location,
        file: `infrastructure/terraform/modules/storage/${index % 50}/main.tf`,
      },
    }),
  )
  const started = performance.now()
  const page = renderAuditHtml(audit({ findings }), { ...options, sources: () => 'a\nb\nresource "x" "y" {}\n' })
  expect(page.length).toBeLessThan(10_000_000)
  expect(performance.now() - started).toBeLessThan(20_000)
})
