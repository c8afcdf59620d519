import { attributeOf } from '../edit/hcl/index.ts'
import type { HclDocument } from '../parse/hcl/ast.ts'
import type { Estate } from '../resources/estate.ts'
import { Place } from '../resources/place.ts'
import type { Span } from '../text/span.ts'
import type { SecretValue } from './secrets.ts'

/** Attributes that hold secrets by names that do not say so. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_kms_ciphertext: ['plaintext'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_ssm_parameter: ['value'],
  kubernetes_secret: ['data', 'binary_data'],
  kubernetes_secret_v1: ['data', 'binary_data'],
}

/** A text in quotes, and the sign by which it is a key. */
const QUOTED = /"((?:[^"\\\n]|\\.)*)"(\s*=(?!=))?/g

/** What a project's Terraform keeps secret, as it is written there, also behind a local or a variable. */
export function sensitiveValues(estate: Estate): readonly SecretValue[] {
  return Object.entries(ATTRIBUTES).flatMap(([type, names]) =>
    estate.terraform(type).flatMap((resource) => {
      const kind = Place.of(resource).get('type').string()
      // Parameters of the other types are shown by AWS itself.
      if (kind.kind === 'known' && (kind.value === 'String' || kind.value === 'StringList')) return []
      return names.flatMap((name) => valuesAt(Place.of(resource).get(name)))
    }),
  )
}

function valuesAt(place: Place): readonly SecretValue[] {
  const own = attributeOf(place)
  const written = own === undefined ? [] : [...textsIn(own.document, own.value)]
  const { value } = place
  if (value?.kind === 'string') {
    const { document, span } = place.location
    const line = lineAt(document, span.start)
    for (const part of value.value.split('\n')) written.push({ value: part.trim(), line })
  }
  // Shorter ones are words, numbers and ends of heredocs; a template alone is a reference.
  return written.filter((one) => one.value.length >= 4 && !/^\$\{[^{}]*\}$/.test(one.value))
}

/** The texts in quotes, or the lines of a heredoc, of an expression. */
function* textsIn(document: Pick<HclDocument, 'text' | 'lines'>, { start, end }: Span): Iterable<SecretValue> {
  const text = document.text.slice(start, end)
  let at = start
  for (const part of text.split('\n')) {
    const line = lineAt(document, at)
    if (text.startsWith('<<')) {
      if (at > start) yield { value: line, line }
    } else {
      for (const [, value = '', isKey] of part.matchAll(QUOTED)) if (isKey === undefined) yield { value, line }
    }
    at += part.length + 1
  }
}

function lineAt({ lines }: Pick<HclDocument, 'lines'>, at: number): string {
  return lines.lineText(lines.position(at).line).trim()
}
