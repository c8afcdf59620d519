// Made when it is first needed: making it takes longer than a small audit.
let segmenter: Intl.Segmenter | undefined

/** The characters as a reader counts them, which is how Terraform measures strings. */
export function graphemes(text: string): readonly string[] {
  // Printable ASCII needs no segmenter, which is slow.
  if (/^[\t\n\x20-\x7e]*$/.test(text)) return [...text]
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
