import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeHtml, escapeMarkdown, markdownCode, markdownFence, shellWord, visible, visibleLines } from './escape.ts'

const anything = fc.string({ unit: 'binary' })

describe('visible', () => {
  test('shows what hides, moves the cursor or turns the line around', () => {
    expect(visible('a\u001b[2Jb\r\n\u202ec\u200b\u0085\ud800')).toBe(
      'a\\u{1b}[2Jb\\u{d}\\u{a}\\u{202e}c\\u{200b}\\u{85}\\u{d800}',
    )
    expect(visible('\u{e0041}\u2066')).toBe('\\u{e0041}\\u{2066}')
  })

  test('leaves letters of every script and emoji alone', () => {
    for (const text of ['naïve', '支払い', '👩‍💻 ok', 'مرحبا']) expect(visible(text)).toBe(text)
  })

  test('leaves no control or bidirectional character, whatever comes in', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
      }),
    )
  })

  test('of several lines keeps line feeds and tabs only', () => {
    expect(visibleLines('a\n\tb\r\u0007')).toBe('a\n\tb\\u{d}\\u{7}')
  })
})

test('HTML has no angle bracket, quote or bare ampersand left', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
    }),
  )
})

describe('Markdown', () => {
  test('makes no markup, HTML, link, mention or new line', () => {
    expect(escapeMarkdown('a *b* <c> [d](e) `f` |g| @h https://i www.j\n# k')).toBe(
      'a \\*b\\* &lt;c&gt; \\[d\\](e) \\`f\\` \\|g\\| &#64;h https&#58;//i www&#46;j \\# k',
    )
    expect(escapeMarkdown('1. one')).toBe('&#8203;1. one')
    expect(escapeMarkdown('- one')).toBe('&#8203;- one')
  })

  test('no cell can end its row or its span', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(escapeMarkdown(text)).not.toMatch(/(?<!\\)(\\\\)*\||[<>\n]/)
        const code = markdownCode(text)
        expect(code).not.toMatch(/(?<!\\)\||\n/)
        if (code === '') return
        const [fence = ''] = /^`+/.exec(code) ?? []
        expect(code.slice(fence.length, -fence.length)).not.toMatch(new RegExp(`(?<!\`)\`{${fence.length}}(?!\`)`))
      }),
    )
  })

  test('a code span around backticks', () => {
    expect(markdownCode('a`b')).toBe('``a`b``')
    expect(markdownCode('`')).toBe('`` ` ``')
    expect(markdownCode('')).toBe('')
  })

  test('a fence is longer than any inside', () => {
    expect(markdownFence('a\n````\nb\n', 'hcl')).toBe('`````hcl\na\n````\nb\n`````')
  })
})

test('a shell word is quoted only if it has to be', () => {
  expect(shellWord('examples/securebank')).toBe('examples/securebank')
  expect(shellWord("it's; rm -rf $HOME")).toBe("'it'\\''s; rm -rf $HOME'")
  expect(shellWord('')).toBe("''")
})
