import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWildcard, matchesPattern, matchingActions } from './iam-actions.ts'

function only(pattern: string) {
  const found = matchingActions(pattern)
  expect(found).toHaveLength(1)
  return found[0]
}

test('what takes no resource, and what does', () => {
  for (const name of ['ecr:GetAuthorizationToken', 'cloudwatch:PutMetricData', 'ec2:DescribeInstances']) {
    expect(only(name)).toMatchObject({ name, takesResource: false })
  }
  for (const name of ['s3:GetObject', 'sns:Publish', 'iam:PassRole']) {
    expect(only(name)).toMatchObject({ name, takesResource: true })
  }
})

test('the levels', () => {
  const levels = ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:PutBucketPolicy', 'ec2:CreateTags']
  expect(levels.map((name) => only(name)?.level)).toEqual(['read', 'list', 'write', 'permissions', 'tagging'])
})

test('patterns are without regard to case, in the service too', () => {
  expect(only('S3:GETOBJECT')?.name).toBe('s3:GetObject')
  expect(matchingActions('ec2:Describe*').some(({ name }) => name === 'ec2:DescribeVpcs')).toBe(true)
  expect(matchingActions('ec2:Describe*').every(({ service }) => service === 'ec2')).toBe(true)
  expect(only('s3:GetObjec?')?.name).toBe('s3:GetObject')
  expect(matchingActions('*').length).toBeGreaterThan(20_000)
  expect(matchingActions('*:*')).toHaveLength(matchingActions('*').length)
})

test('what AWS does not have', () => {
  expect(matchingActions('s3:MakeCoffee')).toEqual([])
  expect(matchingActions('coffee:*')).toEqual([])
})

test('a dot is a dot', () => {
  expect(matchesPattern('a.c', 'abc')).toBe(false)
  expect(matchesPattern('a.*', 'A.bc')).toBe(true)
  expect(isWildcard('s3:Get?bject')).toBe(true)
  expect(isWildcard('s3:GetObject')).toBe(false)
})

test('patterns mean what the same regular expression means', () => {
  const piece = fc.constantFrom('a', 'B', '*', '?', ':')
  const expression = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is')
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }),
      fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 10 }),
      (pattern, text) => {
        const [left, right] = [pattern.join(''), text.join('')]
        expect(matchesPattern(left, right)).toBe(expression(left).test(right))
      },
    ),
  )
})

test('many stars take no time', () => {
  const started = performance.now()
  expect(matchingActions(`${'*?'.repeat(40)}!`)).toEqual([])
  expect(performance.now() - started).toBeLessThan(5000)
})
