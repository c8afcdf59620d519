import { expect, test } from 'vitest'
import { isInternet, parseCidr, widest } from './cidrs.ts'

test.each([
  [['0.0.0.0/0'], true],
  [['1.2.3.4/0'], true],
  [['::/0'], true],
  [['0:0:0:0:0:0:0:0/0'], true],
  [['::ffff:0.0.0.0/0'], true],
  [['2000::/3'], true],
  [['0.0.0.0/1', '128.0.0.0/1'], true],
  [['0.0.0.0/2', '64.0.0.0/2'], true],
  [['0.0.0.0/2', '0.0.0.0/2', '0.0.0.0/3'], false],
  [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], false],
  [['fc00::/7'], false],
  [['2001:db8::/32'], false],
  [['not a block', '300.0.0.0/0', '::1::/0', '0.0.0.0/33', '0.0.0.0/x'], false],
  [[], false],
])('%j is the internet: %s', (cidrs, expected) => {
  expect(isInternet(cidrs)).toBe(expected)
})

test('the widest block is found over both families', () => {
  expect(widest(['10.0.0.0/8', '::/0', '0.0.0.0/1'])).toBe(1)
})

test('an address without prefix is one address', () => {
  const block = parseCidr('10.0.0.1')
  expect(block && block.end - block.first).toBe(1n)
})
