import * as fs from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Disk, nodeDisk } from './files.ts'

/** For thousands of steps: the real disk without waiting for it, since no test pulls the plug. */
export const quickDisk: Disk = {
  ...nodeDisk,
  async writeNew(path, data, mode) {
    await writeFile(path, data, { flag: 'wx', mode })
    await nodeDisk.chmod(path, mode)
  },
  syncFolder: async () => undefined,
}

// In memory where the system has that: these tests make thousands of projects.
const BASE = (await nodeDisk.isWritable('/dev/shm')) ? '/dev/shm' : tmpdir()

/** A temporary project with the given files, without links in its own path; it goes when the test ends. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = fs.realpathSync(fs.mkdtempSync(join(BASE, 'secops-apply-')))
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }))
  for (const [path, data] of Object.entries(files)) {
    fs.mkdirSync(dirname(join(root, path)), { recursive: true })
    fs.writeFileSync(join(root, path), data)
  }
  return root
}

/** Every folder, file (mode, bytes) and link below a root but the state, one line each. */
export function snapshot(root: string, below = ''): string[] {
  const lines: string[] = []
  for (const name of fs.readdirSync(join(root, below)).sort()) {
    const path = below === '' ? name : `${below}/${name}`
    if (path === '.secops') continue
    const absolute = join(root, path)
    const stats = fs.lstatSync(absolute)
    const mode = (stats.mode & 0o777).toString(8)
    if (stats.isSymbolicLink()) lines.push(`${path} -> ${fs.readlinkSync(absolute)}`)
    else if (stats.isDirectory()) lines.push(`${path}/ ${mode}`, ...snapshot(root, path))
    else lines.push(`${path} ${mode} ${fs.readFileSync(absolute).toString('base64')}`)
  }
  return lines
}
