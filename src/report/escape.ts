/**
 * Names come from repositories that nobody vouches for. Every output passes them through one of these.
 *
 * Control characters, bidirectional controls, invisible spaces, tag characters and lone surrogates: all that could move a
 * terminal's cursor, reorder a line, or hide in it.
 */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu

/** Makes what cannot be seen visible, as `\u{202e}`; the text stays on one line. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}

/** The same for a text of several lines: line feeds and tabs stay. */
export function visibleLines(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    character === '\n' || character === '\t' ? character : visible(character),
  )
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For HTML text and quoted attribute values. */
export function escapeHtml(text: string): string {
  return visibleLines(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** For running Markdown text and table cells: no markup, no HTML, no link, no mention comes out of it. */
export function escapeMarkdown(text: string): string {
  return visible(text.replace(/\s+/g, ' ').trim())
    .replace(/[\\`*_{}[\]#|~!]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;')
    .replace(/^([-+=]|\d+[.)])/, '&#8203;$1')
}

/** A Markdown code span, also inside a table cell. */
export function markdownCode(text: string): string {
  const code = visible(text)
  if (code === '') return ''
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const padding = code.startsWith('`') || code.endsWith('`') || code.trim() === '' ? ' ' : ''
  return `${fence}${padding}${code.replaceAll('|', '\\|')}${padding}${fence}`
}

/** A fenced code block whose content cannot end it. */
export function markdownFence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${visibleLines(text).replace(/\n$/, '')}\n${fence}`
}

/** A word for a POSIX shell, quoted only if it has to be. */
export function shellWord(text: string): string {
  const word = visible(text)
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
