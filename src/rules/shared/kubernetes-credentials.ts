/** The words that end the name of a credential: `DB_PASSWORD`, `stripeApiKey`, `AWS_SECRET_ACCESS_KEY`. */
const CREDENTIAL_ENDINGS: readonly (readonly string[])[] = [
  ['password'],
  // What libpq reads.
  ['pgpassword'],
  ['passwd'],
  ['passphrase'],
  ['pwd'],
  ['pass'],
  ['secret'],
  ['token'],
  ['credential'],
  ['credentials'],
  ['apikey'],
  ['api', 'key'],
  ['access', 'key'],
  ['secret', 'key'],
  ['private', 'key'],
  ['signing', 'key'],
  ['encryption', 'key'],
  ['auth', 'key'],
  ['master', 'key'],
  ['account', 'key'],
  ['shared', 'key'],
]

/** A user and a literal password in a URL: `postgres://app:hunter2@db/shop`. */
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:(?<password>[^\s/@]+)@[^\s@]+$/i

/** Formats that are credentials whatever they are called. */
const TOKEN_FORMATS: readonly RegExp[] = [
  /^(?:AKIA|ASIA)[A-Z0-9]{16}$/,
  /^gh[pousr]_[A-Za-z0-9]{20,}$/,
  /^[sr]k_(?:live|test)_[A-Za-z0-9]{10,}$/,
  /^xox[abprs]-[A-Za-z0-9-]{10,}$/,
  /^-----BEGIN [A-Z ]*PRIVATE KEY-----/,
]

/** Something that is filled in later, or says where the credential is, or is a switch: no credential itself. */
const STAND_INS: readonly RegExp[] = [
  /\$\(|\$\{|\{\{|%\{|^<[^>]*>$|^\[[^\]]*\]$/,
  /^(?:true|false|yes|no|on|off|none|null|nil|enabled|disabled|required|optional)$/i,
  /^(?:\.{0,2}\/|[A-Za-z]:\\|file:)/,
  /^(?:vault|ref\+[a-z]+|op|sm|gcpsm|awssm|ssm|secretsmanager|secret|k8s|bao|akv):/i,
  /^arn:aws[\w-]*:(?:secretsmanager|ssm|kms):/,
  /^projects\/[^/]+\/secrets\//,
  /^(?:change|replace|insert|enter|add|put|set|your|my|example|dummy|placeholder|redacted|todo|tbd|fixme)[-_ ]?(?:me|this|here|your|the|it)\b.*$/i,
  /^(?:your|example|placeholder|dummy|redacted|todo|tbd|fixme)[-_ ].*$/i,
  /^(?:placeholder|redacted|todo|tbd|fixme)$/i,
  /^([x*.#-])\1*$/i,
]

/**
 * Why a named value is a credential in plain text: by its name, by the password in a URL, or by a token's format.
 * Undefined if it is none.
 */
export function credentialKind(name: string, value: string): 'name' | 'url' | 'format' | undefined {
  const text = value.trim()
  if (text === '' || isStandIn(text)) return undefined
  if (TOKEN_FORMATS.some((format) => format.test(text))) return 'format'
  const url = URL_WITH_PASSWORD.exec(text)?.groups?.['password']
  if (url !== undefined) return isStandIn(url) ? undefined : 'url'
  if (!isCredentialName(name) || /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined
  // `TOKEN_..` that is a count or a time to live; a numeric password is still a password.
  return /^\d+$/.test(text) && !/pass|pwd/i.test(name) ? undefined : 'name'
}

function isStandIn(text: string): boolean {
  return STAND_INS.some((pattern) => pattern.test(text))
}

export function isCredentialName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/^\d+$/.test(word))
  return CREDENTIAL_ENDINGS.some((ending) =>
    ending.every((word, i) => words[words.length - ending.length + i] === word),
  )
}

/** Assignments in a configuration file that is one value of a ConfigMap: `key=value`, `key: value`. */
export function assignments(text: string): { name: string; value: string }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const groups = /^\s*"?(?<name>[\w.-]+)"?\s*[=:]\s*(?<value>\S.*?)\s*,?\s*$/.exec(line)?.groups
    const name = groups?.['name']
    const value = groups?.['value']
    return name === undefined || value === undefined ? [] : [{ name, value: value.replace(/^(["'])(.*)\1$/, '$2') }]
  })
}
