import { requireState } from './apply-changes.ts'
import { asFailure } from './errors.ts'
import { type Disk, nodeDisk } from './files.ts'
import { withLock } from './lock.ts'
import { recoverProject, type Recovery } from './recover.ts'
import type { StateReady } from './state.ts'

/**
 * Runs a command that writes: opens the state, takes the lock, brings back what an earlier command left half done.
 * @throws ProjectLockedError, ApplyError `state-folder`, or `write-failed` for a root that cannot be written
 */
export async function withProject<T>(
  root: string,
  action: (state: StateReady, recovery: Recovery) => Promise<T>,
  disk: Disk = nodeDisk,
): Promise<T> {
  const state = await requireState(root, disk)
  return withLock(state.folder, disk, async () => {
    const recovery = await recoverProject(root, disk).catch((error: unknown) => {
      throw asFailure(error, 'files of an interrupted run are still to be restored from its backup')
    })
    return action(state, recovery)
  })
}
