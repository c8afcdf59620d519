import { expect, test } from 'vitest'
import { admitsFrom } from './terraform-versions.ts'

test.each([
  ['>= 1.6', true],
  ['~> 1.6', true],
  ['~> 1.11.0', true],
  ['>= 1.5, < 2.0', true],
  ['= 1.12.1', true],
  ['!= 1.11.0', true],
  ['nonsense', true],
  ['~> 1.10.0', false],
  ['< 1.11', false],
  ['<= 1.10.5', false],
  ['1.5.7', false],
  ['>= 1.0, < 1.11.0', false],
  ['> 1.5, ~> 1.9.2', false],
])('%s admits 1.11 or later: %s', (constraint, expected) => {
  expect(admitsFrom(constraint, [1, 11, 0])).toBe(expected)
})
