import { type ImageUser, serviceUser } from '../../resources/images/index.ts'
import type { FixValues, Need } from '../fixer.ts'
import { type Concern, refuse, type Subject } from './concern.ts'
import type { Draft } from './draft.ts'
import {
  commandLine,
  containerOf,
  hasPersistentVolumes,
  listensBelow1024,
  textAt,
  type Workload,
  type WorkloadContainer,
} from './view.ts'

/** What the documents' fixers used, 1000, is the first login account of most nodes; this is nobody's. */
const DEFAULT_USER = 10_001
const LOWEST_HIGH_USER = 10_000

/** Who a container is to run as, and why. */
export interface Identity {
  readonly user: ImageUser
  /** D if the image runs as that user already. */
  readonly rank: 'D' | 'C'
  readonly reason: string
  readonly needs?: readonly Need[]
}

/** The user that the image runs as by itself, if that is known: uid 0 is root. */
export function imageUser({ known }: WorkloadContainer): ImageUser | undefined {
  if (known?.kind === 'own') return known.image.user
  if (known?.kind !== 'official') return undefined
  return known.facts.starts === 'user' ? known.facts.user : { uid: 0, gid: 0 }
}

/** True if the container is known not to run as root as it stands. */
export function runsAsNonRoot(container: WorkloadContainer): boolean {
  if (container.runAsUser !== undefined) return container.runAsUser > 0
  return container.runAsNonRoot || (imageUser(container)?.uid ?? 0) > 0
}

/** True if the image starts as root, prepares its folders and switches to its own account by itself. */
export function switchesUser(container: WorkloadContainer): boolean {
  return container.facts?.starts === 'root-then-user' && !runsAsNonRoot(container)
}

/** Commands that fail for everybody but root. */
const ROOT_COMMANDS =
  /(?:^|[\s/;&|(])(chown|chgrp|apt-get|apt|apk|yum|dnf|microdnf|adduser|useradd|addgroup|groupadd|setcap|update-ca-certificates|sysctl|mount|iptables)(?=$|[\s;&|)])/

/** The first command of a container that runs as root which only root may run; undefined if there is none. */
export function rootCommand(container: WorkloadContainer): string | undefined {
  return runsAsNonRoot(container) ? undefined : ROOT_COMMANDS.exec(commandLine(container))?.[1]
}

export function needsRoot(container: WorkloadContainer, command: string): string {
  const way =
    command === 'chown' || command === 'chgrp'
      ? 'set `fsGroup` in the securityContext of the pod, which makes its volumes writable, and remove the command'
      : 'move it into the image, so that it runs when that is built'
  return `container ${container.name} runs ${command}, which only root may; ${way}`
}

export function chooseIdentity(container: WorkloadContainer, values: FixValues, mustBeHigh: boolean): Identity {
  const service = serviceUser(container.known)
  const own = imageUser(container)
  const explicitRoot = container.runAsUser === 0
  if (service !== undefined) {
    if (!switchesUser(container) && !explicitRoot) {
      return { user: service, rank: 'D', reason: `the image runs as user ${service.uid} already` }
    }
    const reason =
      `the image starts as root and switches to user ${service.uid} by itself; to start as that user at once, its ` +
      'folders have to be writable for it, volumes with older files included'
    return { user: service, rank: 'C', reason }
  }
  if (own !== undefined && own.uid > 0 && !explicitRoot && (!mustBeHigh || own.uid >= LOWEST_HIGH_USER)) {
    return { user: own, rank: 'D', reason: `the image runs as user ${own.uid} already` }
  }
  const uid = typeof values.runAsUser === 'number' ? values.runAsUser : DEFAULT_USER
  const user = { uid, gid: uid }
  const reason = reasonForChange(container, own, uid)
  const tooLow = uid < 1 || (mustBeHigh && uid < LOWEST_HIGH_USER)
  if (!tooLow) return { user, rank: 'C', reason }
  const question = `Which user ID of ${LOWEST_HIGH_USER} or above shall containers run as? ${uid} is too low.`
  return { user, rank: 'C', reason, needs: [{ key: 'values.runAsUser', question }] }
}

function reasonForChange(container: WorkloadContainer, own: ImageUser | undefined, uid: number): string {
  const ownImage = container.known?.kind === 'own' ? container.known.image : undefined
  if (container.runAsUser === 0)
    return 'the manifest asks for root, and the repository cannot show that nothing needs it'
  if (own !== undefined && own.uid > 0) {
    return `the image's own user is ${own.uid}, and its files may be readable by that user only, not by ${uid}`
  }
  if (ownImage !== undefined) {
    return ownImage.setsUser
      ? `${ownImage.dockerfile.path} sets a user whose number is not known, and user ${uid} may not read the same files`
      : `${ownImage.dockerfile.path} sets no user, so the image runs as root, and user ${uid} may not read or write all it uses`
  }
  return `nothing here shows which user the image ${container.image} runs as, or what user ${uid} may not read there`
}

/** Asks for everything that running as this user takes. */
export function applyIdentity(
  container: WorkloadContainer,
  identity: Identity,
  workload: Workload,
  draft: Draft,
  canStandForPod: (setting: 'runAsNonRoot' | 'runAsUser') => boolean,
): void {
  const { uid, gid } = identity.user
  write('runAsNonRoot', true)
  write('runAsUser', uid)
  if (imageUser(container)?.uid === uid && container.runAsUser === undefined) return
  if (hasPersistentVolumes(workload) || serviceUser(container.known) !== undefined) {
    draft.setForPod('fsGroup', gid)
    // Changing the owner of every file at every start takes minutes on large volumes.
    draft.setForPod('fsGroupChangePolicy', 'OnRootMismatch')
  }
  if (listensBelow1024(container)) draft.allowLowPorts()
  if (switchesUser(container)) mountWritable(container, draft)

  function write(setting: 'runAsNonRoot' | 'runAsUser', value: number | boolean): void {
    const own = container.place.get('securityContext', setting)
    const shared = workload.spec.get('securityContext', setting)
    if (!own.absent || !canStandForPod(setting)) draft.set(own, value)
    else draft.set(shared, value)
  }
}

/** As root the image makes these folders its own; as another user it finds them unwritable. */
export function mountWritable(container: WorkloadContainer, draft: Draft): void {
  for (const path of container.facts?.writable ?? []) {
    const isNew = !draft.isMounted(container, path)
    draft.mountEmptyDir(container, path)
    if (isNew && container.facts?.data.includes(path)) usePostgresSubfolder(container, path, draft)
  }
  // The nginx image writes what it makes of its templates here.
  if (mountsAt(container, '/etc/nginx/templates')) draft.mountEmptyDir(container, '/etc/nginx/conf.d')
}

/** `initdb` changes the mode of its folder, which only the owner may; the root of an emptyDir belongs to root. */
function usePostgresSubfolder(container: WorkloadContainer, path: string, draft: Draft): void {
  const env = container.place.get('env')
  const isSet = env.items().some((item) => textAt(item.get('name')) === 'PGDATA')
  if (path !== '/var/lib/postgresql/data' || isSet) return
  draft.append(env, { name: 'PGDATA', value: `${path}/pgdata` })
}

function mountsAt(container: WorkloadContainer, path: string): boolean {
  return container.place
    .get('volumeMounts')
    .items()
    .some((mount) => textAt(mount.get('mountPath')) === path)
}

/** Both rules about the user: not root, and no account of the node. They are built together, as one decision. */
export const identity: Concern = {
  rules: ['k8s-run-as-non-root', 'k8s-high-uid'],
  assess(complaint, subject) {
    const container = containerOf(complaint, subject.workload)
    if (container === undefined) return refuse('the container that this is about cannot be told', 'undecidable')
    const command = rootCommand(container)
    if (command !== undefined) return refuse(needsRoot(container, command))
    const { user, rank, reason, needs } = chooseIdentity(container, subject.values, complaint.ruleId === 'k8s-high-uid')
    return {
      rank,
      title: `Run container ${container.name} as user ${user.uid}`,
      minutes: rank === 'C' && complaint.ruleId === 'k8s-run-as-non-root' ? 1 : 0,
      ...(rank === 'C' && { reason, steps: identitySteps(container, user, subject) }),
      ...(needs !== undefined && { needs }),
    }
  },
  change(complaints, { workload, values }, draft) {
    const planned = new Map<WorkloadContainer, Identity>()
    for (const container of workload.containers) {
      const own = complaints.filter((complaint) => containerOf(complaint, workload) === container)
      if (own.length === 0 || rootCommand(container) !== undefined) continue
      const mustBeHigh = own.some(({ ruleId }) => ruleId === 'k8s-high-uid')
      planned.set(container, chooseIdentity(container, values, mustBeHigh))
    }
    for (const [container, chosen] of planned) {
      applyIdentity(container, chosen, workload, draft, (setting) => canShare(setting, planned, workload))
    }
  },
}

/**
 * True if a setting can stand once, for the whole pod: every container gets it, with the same value. A low number stays
 * with its container, where the finding about it is.
 */
function canShare(
  setting: 'runAsNonRoot' | 'runAsUser',
  planned: ReadonlyMap<WorkloadContainer, Identity>,
  workload: Workload,
): boolean {
  const has = (container: WorkloadContainer, name: string): boolean =>
    !container.place.get('securityContext', name).absent
  // A container that is left out must not be told that it is not root.
  const all = workload.containers.every(
    (container) => planned.has(container) || (has(container, 'runAsNonRoot') && has(container, setting)),
  )
  if (!all || setting === 'runAsNonRoot') return all
  const users = new Set([...planned.values()].map(({ user }) => user.uid))
  const [uid = 0] = users
  const isAccepted = [...planned.keys()].every((container) => serviceUser(container.known)?.uid === uid)
  return users.size === 1 && (uid >= LOWEST_HIGH_USER || isAccepted)
}

export function identitySteps(container: WorkloadContainer, user: ImageUser, { workload }: Subject): string[] {
  const steps = [
    `Start the image as that user once: \`docker run --rm --user ${user.uid}:${user.gid} ${container.image}\`.`,
  ]
  if (hasPersistentVolumes(workload)) {
    steps.push(
      `Back the volumes up: Kubernetes gives their files to group ${user.gid} (fsGroup) when the pod next starts.`,
    )
  }
  if (container.facts?.names.includes('postgres') === true && hasPersistentVolumes(workload)) {
    steps.push(
      'An existing Postgres volume keeps working. On a new, empty one set `PGDATA` to a subfolder of the mount, since ' +
        '`initdb` must own its folder.',
    )
  }
  if (listensBelow1024(container)) {
    const network = workload.spec.get('hostNetwork').value
    if (network?.kind === 'bool' && network.value) {
      steps.push(
        "Release the removal of `hostNetwork` too: on the node's network no sysctl can open ports below 1024 to the pod.",
      )
    }
    steps.push(
      'Ports below 1024 stay usable through a sysctl of the pod (Kubernetes 1.22 or later, Linux 4.11 or later).',
    )
  }
  steps.push('Watch the first pod for `Permission denied` in its log before the others follow.')
  return steps
}
