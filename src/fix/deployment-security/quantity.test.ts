import { expect, test } from 'vitest'
import { parseQuantity } from './quantity.ts'

test.each([
  ['250m', 0.25],
  ['1', 1],
  ['.5', 0.5],
  ['2e3', 2000],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['128M', 128e6],
  ['1E', 1e18],
  ['64Ki', 65_536],
])('%s is %d', (text, number) => {
  expect(parseQuantity(text)).toBeCloseTo(number)
})

test.each(['', 'Mi', '1 Gi', '1mi', 'lots', '1.2.3'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})
