/** A file of a test, with its indentation taken off. */
export interface Snippet {
  readonly path: string
  readonly text: string
}

/** Terraform; write `\${` for an interpolation. */
export function hcl(strings: TemplateStringsArray, ...values: readonly (string | number)[]): Snippet {
  return { path: 'main.tf', text: dedent(strings, values) }
}

/** YAML. */
export function yaml(strings: TemplateStringsArray, ...values: readonly (string | number)[]): Snippet {
  return { path: 'manifest.yaml', text: dedent(strings, values) }
}

/** The text without its first line break and the indentation that all its lines share. */
function dedent(strings: TemplateStringsArray, values: readonly (string | number)[]): string {
  const whole = strings.reduce((text, part, i) => text + part + (i < values.length ? String(values[i]) : ''), '')
  const lines = whole.replace(/^\n/, '').split('\n')
  if (lines.at(-1)?.trim() === '' && lines.length > 1) lines[lines.length - 1] = ''
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length)
  const shared = indents.length === 0 ? 0 : Math.min(...indents)
  return lines.map((line) => line.slice(shared)).join('\n')
}
