import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKOUT } from '../e2e/bundle.ts'

/** The good and bad examples on the rules' pages. */

export const FOLDER = join(CHECKOUT, 'docs/rules')

export interface Block {
  readonly language: string
  readonly verdict: 'bad' | 'good'
  readonly code: string
}

/** Where a block of a language would lie in a repository. */
export const FILE_OF: Readonly<Record<string, string>> = {
  hcl: 'main.tf',
  json: 'main.tf.json',
  yaml: 'manifest.yaml',
  dockerfile: 'Dockerfile',
  ts: 'src/index.ts',
  typescript: 'src/index.ts',
  js: 'src/index.js',
  javascript: 'src/index.js',
}

export function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(?<language>\w+) (?<verdict>bad|good)\r?\n(?<code>[\s\S]*?)^```\s*$/gm)].map(({ groups }) => ({
    language: groups?.['language'] ?? '',
    verdict: groups?.['verdict'] === 'bad' ? 'bad' : 'good',
    code: groups?.['code'] ?? '',
  }))
}

export function readPage(id: string): string {
  const path = join(FOLDER, `${id}.md`)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
