import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { CHECKOUT } from '../e2e/bundle.ts'

/** Links between our own pages, and the list of them. */

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  'examples/securebank/README.md',
  ...readdirSync(join(CHECKOUT, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((path) => join('docs', path).replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort(),
]

/** The prose of a page: no code in it. */
function proseOf(page: string): string {
  return readFileSync(join(CHECKOUT, page), 'utf8')
    .replaceAll(/^ *(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ *\1[^\n]*$/gm, '')
    .replaceAll(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()]/g, ''))
}

/** Anchors as GitHub makes them from headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const seen = new Map<string, number>()
  return new Set(
    [...proseOf(page).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, title = '']) => {
      const slug = title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
        .replaceAll(' ', '-')
      const before = seen.get(slug) ?? 0
      seen.set(slug, before + 1)
      return before === 0 ? slug : `${slug}-${before}`
    }),
  )
}

const linksOf = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\((?<target>[^()\s]+)\)/g)]
    .map(({ groups }) => groups?.['target'] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))

test('links lead to files and headings that are there', () => {
  const broken = PAGES.flatMap((page) =>
    linksOf(page).flatMap((link) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : relative(CHECKOUT, join(CHECKOUT, dirname(page), path)).replaceAll('\\', '/')
      const full = join(CHECKOUT, target)
      if (!existsSync(full)) return [`${page}: ${link}`]
      if (anchor === undefined || statSync(full).isDirectory() || !target.endsWith('.md')) return []
      return anchorsOf(target).has(anchor) ? [] : [`${page}: ${link}`]
    }),
  )
  expect(broken).toEqual([])
})

test('docs/index.md names every page but those of single rules', () => {
  const named = new Set(linksOf('docs/index.md').map((link) => join('docs', link.split('#')[0] ?? '')))
  const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/index.md')
  const own = pages.filter((page) => !page.startsWith('docs/rules/') || page === 'docs/rules/README.md')
  expect(own.filter((page) => !named.has(page))).toEqual([])
})
