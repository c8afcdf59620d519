import { CST, type Document, visit } from 'yaml'

const APOSTROPHE = "\\'"

/**
 * Reads `\'` in double quotes as an apostrophe. YAML 1.2 has no such escape; Go's readers do, and so do `kubectl` and the
 * tools around it.
 * @param text of the whole file, in which the document's errors lie
 */
export function readApostrophes(document: Document, text: string): void {
  const others = document.errors.filter(
    ({ code, pos }) => code !== 'BAD_DQ_ESCAPE' || !text.startsWith(APOSTROPHE, pos[0]),
  )
  if (others.length === document.errors.length) return
  document.errors = others
  // A document with an error is not read.
  if (others.length > 0) return
  visit(document, {
    Scalar(_, scalar) {
      const token = scalar.srcToken
      if (token?.type !== 'double-quoted-scalar' || !token.source.includes(APOSTROPHE)) return
      // Escapes are taken two characters at a time, for `\\'` is a backslash and an apostrophe already.
      const source = token.source.replaceAll(/\\[^]/g, (escape) => (escape === APOSTROPHE ? "'" : escape))
      const { value } = CST.resolveAsScalar({ ...token, source }, true)
      scalar.value = value
      scalar.source = value
    },
  })
}
