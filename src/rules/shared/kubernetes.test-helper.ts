import type { Snippet } from '../../testing/index.ts'

/** A manifest with a Pod around the lines of its spec; the first of them is line 6. */
export function pod(spec: string): Snippet {
  return { path: 'pod.yaml', text: `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n\nspec:\n${indent(spec, 2)}\n` }
}

/** A Pod with one container around the lines that follow its name and image; the first of them is line 9. */
export function container(lines: string): Snippet {
  return pod(`containers:\n- name: app\n  image: example.org/app:1\n${indent(lines, 2)}`)
}

function indent(text: string, by: number): string {
  const lines = text.replace(/^\n/, '').replace(/\s+$/, '').split('\n')
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line)).join('\n')
}
