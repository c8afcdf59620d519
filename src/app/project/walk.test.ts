import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { walkProject, wouldWalk } from './walk.ts'

const root = mkdtempSync(join(tmpdir(), 'secops-walk-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('says of a new file what the walk would do with it', () => {
  for (const folder of ['old', 'team/deep', 'app', 'other', 'node_modules/x', '.git'])
    mkdirSync(join(root, folder), { recursive: true })
  writeFileSync(join(root, '.gitignore'), 'old/\n*.gen.tf\n')
  writeFileSync(join(root, 'team', '.gitignore'), 'deep/\n!keep.gen.tf\n')
  writeFileSync(join(root, 'other', 'secops.yaml'), 'version: 1\n')
  const options = { exclude: ['app/*.yaml'], within: '' }
  const paths = [
    'main.tf',
    'old/main.tf',
    'main.gen.tf',
    'team/main.tf',
    'team/keep.gen.tf',
    'team/deep/main.tf',
    'app/web.yaml',
    'app/web.tf',
    'other/main.tf',
    'node_modules/x/main.tf',
  ]
  const before = paths.filter((path) => wouldWalk(root, path, options))
  for (const path of paths) writeFileSync(join(root, path), '')
  expect(before).toEqual(paths.filter((path) => walkProject(root, options).files.includes(path)))
  expect(before).toEqual(['main.tf', 'team/main.tf', 'team/keep.gen.tf', 'app/web.tf'])
})
