import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { prepareFix } from '../app/fix.ts'
import { openSession, type Session, type SessionOptions } from '../app/session.ts'
import { EVERYTHING, NO_APPROVAL } from '../verify/approval.ts'
import { walkHeld, type Walked } from './interactive.ts'

function project(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'secops-interactive-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Talks with prepared answers; each question must find one, and what was said is returned. */
async function talk(
  root: string,
  rules: readonly string[],
  answers: readonly (string | undefined)[],
): Promise<Walked & { readonly said: string; readonly left: number; readonly asked: readonly string[] }> {
  const open = async (values: SessionOptions['values'] = {}): Promise<Session> =>
    openSession({ path: root, now: new Date('2026-11-21T00:00:00Z'), values, rules })
  const queue = [...answers]
  const said: string[] = []
  const asked: string[] = []
  const walked = await walkHeld(
    { session: await open(), reopen: open, approval: () => NO_APPROVAL, scope: () => EVERYTHING },
    {
      ask: async (question) => {
        asked.push(question)
        if (queue.length === 0) throw new Error(`not expected: ${question}`)
        return queue.shift()
      },
      say: (text) => said.push(text),
    },
  )
  return { ...walked, said: said.join('\n'), asked, left: queue.length }
}

const CLUSTER = `resource "aws_msk_cluster" "events" {
  cluster_name           = "events"
  kafka_version          = "3.8.x"
  number_of_broker_nodes = 3
  encryption_info {
    encryption_in_transit {
      client_broker = "PLAINTEXT"
    }
  }
}
`

const two = `${CLUSTER}${CLUSTER.replaceAll('events', 'other')}`
const MSK = ['msk-encryption-in-transit']

test('y applies, n leaves, q ends; each is shown with its reason and its diff', async () => {
  const root = project({ 'main.tf': two })
  const yes = await talk(root, MSK, ['?', 'y', 'q'])
  expect(yes.left).toBe(0)
  expect(yes.said).toContain('(1/2) C')
  expect(yes.said).toContain('Why it is held: clients on the plaintext port fail')
  expect(yes.said).toContain(
    'Mind: aws_msk_cluster.events: changing encryption_info.encryption_in_transit.client_broker',
  )
  expect(yes.said).toContain('+      client_broker = "TLS"')
  expect(yes.said).toContain('q: ask no more')
  expect(yes.approval.fingerprints).toHaveLength(1)
  const { result } = await prepareFix(yes.session, yes.approval, EVERYTHING)
  // Provider 4 would replace the cluster: the rank rose to B, and whoever said yes has seen it.
  expect([result.applied.length, result.held.length]).toEqual([1, 1])

  expect((await talk(root, MSK, ['n', 'n'])).approval.fingerprints).toEqual([])
  expect((await talk(root, MSK, ['q'])).approval.fingerprints).toEqual([])
  expect((await talk(root, MSK, [undefined])).approval.fingerprints).toEqual([])
})

test('a takes all that follow', async () => {
  const { approval, asked, session } = await talk(project({ 'main.tf': two }), MSK, ['a'])
  expect([approval.fingerprints.length, asked.length]).toEqual([2, 1])
  // The second was not shown, so what it replaces is not released.
  const { result } = await prepareFix(session, approval, EVERYTHING)
  expect([result.applied.length, result.held.map(({ rank }) => rank)]).toEqual([1, ['B']])
})

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: shop/web:latest\n'

test('missing values are asked for, checked, and written into secops.yaml without touching the rest', async () => {
  const config = '# ours\nversion: 1\nvalues:\n  retentionDays: 400 # a year and more\n'
  const root = project({ 'pod.yaml': POD, 'secops.yaml': config })
  const { said, asked, session } = await talk(root, ['k8s-image-tag'], ['1.2.3', 'y', 'n'])
  expect(asked[0]).toContain('values.images.shop/web: ')
  expect(said).toContain('image: shop/web:1.2.3')
  const text = readFileSync(join(root, 'secops.yaml'), 'utf8')
  expect(text.startsWith(config)).toBe(true)
  expect(text).toContain('shop/web: "1.2.3"')
  expect(session.project.config.values).toMatchObject({ retentionDays: 400, images: { 'shop/web': '1.2.3' } })
})

test('values that are not to be written hold for this command only; an empty answer skips', async () => {
  const root = project({ 'pod.yaml': POD })
  const kept = await talk(root, ['k8s-image-tag'], ['1.2.3', 'n', 'y'])
  expect(kept.session.project.config.values).toMatchObject({ images: { 'shop/web': '1.2.3' } })
  expect(kept.approval.fingerprints).toHaveLength(1)
  expect(() => readFileSync(join(root, 'secops.yaml'))).toThrow('ENOENT')
  const skipped = await talk(root, ['k8s-image-tag'], [''])
  expect(skipped.said).toContain('Nothing is held that an approval could release.')
})
