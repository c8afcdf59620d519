import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { importContext } from './paths.ts'

const files = ['main.tf', 'infra/terraform/s3.tf', 'infra/k8s/web.yaml', 'apps/a/Dockerfile', 'apps/b/Dockerfile']
const context = importContext({ root: '/work/pay', base: '/tmp/scratch', files, source: 'r.json' })
const here = importContext({ root: '/work/pay/', files, source: 'r.json' })

test.each([
  ['/work/pay/infra/terraform/s3.tf', 'infra/terraform/s3.tf'],
  ['/work/pay/infra/../main.tf', 'main.tf'],
  ['./infra//terraform/./s3.tf', 'infra/terraform/s3.tf'],
  ['new/file.tf', 'new/file.tf'],
  // A scan of infra/ names files from there; two files could be meant here.
  ['terraform/s3.tf', 'infra/terraform/s3.tf'],
  ['Dockerfile', 'Dockerfile'],
  // A scan of the repository above, with and without its own place.
  ['pay/main.tf', 'main.tf'],
  ['work/pay/infra/k8s/web.yaml', 'infra/k8s/web.yaml'],
  ['other/main.tf', 'other/main.tf'],
  // A checkout elsewhere.
  ['/home/runner/work/pay/infra/k8s/web.yaml', 'infra/k8s/web.yaml'],
  ['C:\\build\\pay\\infra\\k8s\\web.yaml', 'infra/k8s/web.yaml'],
  ['infra\\terraform\\s3.tf', 'infra/terraform/s3.tf'],
  ['/etc/shadow', 'shadow'],
  ['/work/payment/x.tf', 'x.tf'],
])('%s is %s', (given, file) => {
  expect(here.file(given)).toBe(file)
})

test.each(['', '.', '/work/pay', '/work/pay/', '../x.tf', 'a/../../x.tf', '../pay2/x.tf', 'a\u0000b'])(
  '%j is no file of the project',
  (given) => {
    expect(here.file(given)).toBe(undefined)
  },
)

test('a scanner that ran elsewhere may climb to the project', () => {
  expect(context.file('../../work/pay/main.tf')).toBe('main.tf')
  expect(context.file('../../work/other/main.tf')).toBe(undefined)
})

test('of several spellings the one that is there is taken', () => {
  expect(here.file('/elsewhere/s3.tf', 'terraform/s3.tf')).toBe('infra/terraform/s3.tf')
  expect(here.file(undefined, '../out.tf', 'gone.tf', 'also-gone.tf')).toBe('gone.tf')
  expect(here.file()).toBe(undefined)
})

test('nothing leads out of the project', () => {
  const segment = fc.constantFrom('..', '.', '', 'work', 'pay', 'main.tf', 'C:', 'a\\b')
  fc.assert(
    fc.property(fc.array(segment), fc.boolean(), (segments, absolute) => {
      const file = context.file(`${absolute ? '/' : ''}${segments.join('/')}`)
      if (file !== undefined) expect(file).not.toMatch(/^\/|^$|(^|\/)\.\.(\/|$)/)
    }),
  )
})
