import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { asFailure, ProjectLockedError } from './errors.ts'
import { type Disk, errorCode, removeFile } from './files.ts'
import { parseObject, toJson } from './json.ts'

/** What a lock file says about its holder. */
interface Holder {
  readonly pid: number
  readonly host: string
  /** Start of the process in the kernel's clock ticks, so that a reused pid is not taken for the holder; else ''. */
  readonly started: string
  readonly token: string
}

/** The locks that this process holds: one of ours that is not among them was left by a failure. */
const held = new Set<string>()

/** Field 22 of /proc/PID/stat, counted after the command name, which may hold spaces; '' where there is no /proc. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true
  if (holder.pid === process.pid) return held.has(holder.token)
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false
  }
  const started = processStart(holder.pid)
  return started === '' || holder.started === '' || started === holder.started
}

async function readHolder(disk: Disk, path: string): Promise<Holder | 'none' | 'unreadable'> {
  let data: Buffer
  try {
    if ((await disk.lstat(path))?.kind === 'link') return 'unreadable'
    data = await disk.readFile(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'none'
    throw error
  }
  const { pid, host, started, token } = parseObject(data) ?? {}
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return 'unreadable'
  if (typeof host !== 'string' || typeof started !== 'string') return 'unreadable'
  if (typeof token !== 'string' || !/^[0-9a-f]{16}$/.test(token)) return 'unreadable'
  return { pid, host, started, token }
}

function lockedBy(holder: Holder | 'unreadable'): ProjectLockedError {
  const who = holder === 'unreadable' ? 'an unknown process' : `process ${holder.pid} on ${holder.host}`
  return new ProjectLockedError(
    `this project is locked by ${who}; if no secops runs there any more, delete .secops/lock and try again`,
  )
}

/** Gives `mine` a second name if that name is free. */
async function linkIfFree(disk: Disk, mine: string, path: string): Promise<boolean> {
  try {
    await disk.link(mine, path)
    return true
  } catch (error) {
    const code = errorCode(error) ?? ''
    if (code === 'EEXIST') return false
    // The holder swept our unfinished file away.
    if (code === 'ENOENT') throw lockedBy('unreadable')
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error
    return createIfFree(disk, path, await disk.readFile(mine))
  }
}

/** For file systems without hard links. */
async function createIfFree(disk: Disk, path: string, data: Uint8Array): Promise<boolean> {
  try {
    await disk.writeNew(path, data, 0o644)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Replaces the lock of a dead process. Only one process can create the one name that succeeds a given token, so two
 * that find the same dead lock never both win; a successor that died on the way is succeeded likewise.
 * @returns false if the lock changed meanwhile and everything must be looked at again
 */
async function succeed(disk: Disk, folder: string, mine: string, dead: Holder): Promise<boolean> {
  const lock = join(folder, 'lock')
  const claims: string[] = []
  let token = dead.token
  for (;;) {
    const claim = join(folder, `lock-after-${token}`)
    if (await linkIfFree(disk, mine, claim)) {
      const now = await readHolder(disk, lock)
      if (typeof now === 'string' || now.token !== dead.token) {
        await removeFile(disk, claim)
        return false
      }
      await disk.rename(claim, lock)
      for (const old of claims) await removeFile(disk, old)
      return true
    }
    const rival = await readHolder(disk, claim)
    if (rival === 'none') return false
    if (rival === 'unreadable' || isAlive(rival)) throw lockedBy(rival)
    claims.push(claim)
    token = rival.token
  }
}

async function acquire(disk: Disk, folder: string, mine: string): Promise<void> {
  const lock = join(folder, 'lock')
  for (let attempt = 0; attempt < 20; attempt++) {
    if (await linkIfFree(disk, mine, lock)) return
    const holder = await readHolder(disk, lock)
    if (holder === 'none') continue
    if (holder === 'unreadable' || isAlive(holder)) throw lockedBy(holder)
    if (await succeed(disk, folder, mine, holder)) return
  }
  throw lockedBy('unreadable')
}

/** Names that processes killed while they took the lock have left. */
async function sweep(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.readdir(folder)) {
    if (!/^lock-(?:new|after)-[0-9a-f]{16}$/.test(name)) continue
    const path = join(folder, name)
    const holder = await readHolder(disk, path)
    if (typeof holder === 'string' ? holder === 'unreadable' : !isAlive(holder)) await removeFile(disk, path)
  }
}

async function take(disk: Disk, folder: string, mine: string, holder: Holder): Promise<void> {
  // A second name for a whole file, instead of creating the lock and then filling it: no reader sees half of one.
  await disk.writeNew(mine, Buffer.from(toJson(holder)), 0o644)
  await acquire(disk, folder, mine)
  await removeFile(disk, mine)
  await sweep(disk, folder)
}

async function release(disk: Disk, folder: string, token: string): Promise<void> {
  await removeFile(disk, join(folder, `lock-new-${token}`))
  const lock = join(folder, 'lock')
  const now = await readHolder(disk, lock)
  if (typeof now !== 'string' && now.token === token) await disk.unlink(lock)
}

/**
 * Runs an action as the one writer of a project. A lock whose process is gone from this host is taken over; one of
 * another host never is, since nobody here can know.
 * @param folder the `.secops` folder, which exists
 * @throws ProjectLockedError if another process holds the lock
 */
export async function withLock<T>(folder: string, disk: Disk, action: () => Promise<T>): Promise<T> {
  const token = randomBytes(8).toString('hex')
  const mine = join(folder, `lock-new-${token}`)
  const holder: Holder = { pid: process.pid, host: hostname(), started: processStart(process.pid), token }
  held.add(token)
  try {
    await take(disk, folder, mine, holder).catch((error: unknown) => {
      throw asFailure(error, 'nothing was changed')
    })
    return await action()
  } finally {
    // A lock that cannot be removed goes stale with this process; the action's own outcome matters more.
    await release(disk, folder, token).catch(() => undefined)
    held.delete(token)
  }
}
