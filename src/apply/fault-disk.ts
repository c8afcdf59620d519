import { type Disk, nodeDisk } from './files.ts'

/**
 * How a disk fails: `kill` stops the process in the midst of the call (a write is left half done), `kill-before` just
 * before it; `EIO`, `EACCES` and `ENOSPC` are one error; `full` is a disk that stays full.
 */
export type Fault = 'kill' | 'kill-before' | 'EIO' | 'EACCES' | 'ENOSPC' | 'full'

/** A process that is killed runs no handler: whatever it still tries on the disk fails, too. */
export class KillError extends Error {}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code })
}

export interface FaultDisk extends Disk {
  /** Calls so far that change something, or would have. */
  readonly count: () => number
  readonly killed: () => boolean
}

/** For tests: the real disk, failing at the n-th call (from 1) that changes something. Without n it only counts. */
export function faultDisk(fault: Fault = 'kill', at = Number.POSITIVE_INFINITY, inner: Disk = nodeDisk): FaultDisk {
  let count = 0
  let dead = false

  const alive = (): void => {
    if (dead) throw new KillError('killed')
  }
  const die = (): never => {
    dead = true
    throw new KillError('killed')
  }

  /** @param half what a call that is broken off leaves behind */
  async function change(takesRoom: boolean, whole: () => Promise<void>, half?: () => Promise<void>): Promise<void> {
    alive()
    count++
    if (count < at || (count > at && fault !== 'full') || (fault === 'full' && !takesRoom)) return whole()
    if (fault === 'kill-before') return die()
    if (half) await half()
    else if (fault === 'kill') await whole()
    if (fault === 'kill') return die()
    throw systemError(fault === 'full' ? 'ENOSPC' : fault)
  }
  async function read<T>(call: () => Promise<T>): Promise<T> {
    alive()
    return call()
  }

  return {
    count: () => count,
    killed: () => dead,
    lstat: (path) => read(() => inner.lstat(path)),
    realpath: (path) => read(() => inner.realpath(path)),
    readFile: (path) => read(() => inner.readFile(path)),
    readdir: (path) => read(() => inner.readdir(path)),
    isWritable: (path) => read(() => inner.isWritable(path)),
    writeNew: (path, data, mode, owner) =>
      change(
        true,
        () => inner.writeNew(path, data, mode, owner),
        () => inner.writeNew(path, data.subarray(0, data.length >> 1), mode, owner),
      ),
    writeThrough: (path, data) => change(true, () => inner.writeThrough(path, data)),
    chmod: (path, mode) => change(false, () => inner.chmod(path, mode)),
    rename: (from, to) => change(false, () => inner.rename(from, to)),
    link: (existing, path) => change(true, () => inner.link(existing, path)),
    unlink: (path) => change(false, () => inner.unlink(path)),
    mkdir: (path, mode) => change(true, () => inner.mkdir(path, mode)),
    rmdir: (path) => change(false, () => inner.rmdir(path)),
    syncFolder: (path) => change(false, () => inner.syncFolder(path)),
  }
}
