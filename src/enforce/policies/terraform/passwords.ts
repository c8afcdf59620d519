import { type Draft, on, setting } from './entry.ts'

const PASSWORDS = ['aws_iam_account_password_policy']

function flag(rule: string, path: string): Draft {
  return on({ rules: [rule], types: PASSWORDS, path })
}

/** Passwords of IAM users. */
export const PASSWORD_RULES: readonly Draft[] = [
  setting({
    rules: ['iam-password-expiry'],
    types: PASSWORDS,
    path: 'max_password_age',
    must: { from: 1, to: 90 },
    good: '90',
    bad: '365',
  }),
  setting({
    rules: ['iam-password-length'],
    types: PASSWORDS,
    path: 'minimum_password_length',
    must: { atLeast: 14 },
    good: '14',
    bad: '8',
  }),
  setting({
    rules: ['iam-password-reuse'],
    types: PASSWORDS,
    path: 'password_reuse_prevention',
    must: { atLeast: 24 },
    good: '24',
    bad: '5',
  }),
  flag('iam-password-lowercase', 'require_lowercase_characters'),
  flag('iam-password-uppercase', 'require_uppercase_characters'),
  flag('iam-password-number', 'require_numbers'),
  flag('iam-password-symbol', 'require_symbols'),
]
