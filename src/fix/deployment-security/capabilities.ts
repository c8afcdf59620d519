import type { Place } from '../../resources/place.ts'
import type { Complaint, FixRefusal } from '../fixer.ts'
import { type Concern, containerConcern, type Judgement, refuse, type Subject } from './concern.ts'
import type { Draft } from './draft.ts'
import {
  applyIdentity,
  chooseIdentity,
  identitySteps,
  imageUser,
  needsRoot,
  rootCommand,
  runsAsNonRoot,
  switchesUser,
} from './identity.ts'
import { listensBelow1024, textAt, type WorkloadContainer } from './view.ts'

/** Without its capabilities an image that switches users cannot switch, so it has to start as its own user. */
function takesIdentity(container: WorkloadContainer): boolean {
  return switchesUser(container) && container.facts?.user !== undefined
}

function withIdentity(container: WorkloadContainer, subject: Subject, title: string): Judgement {
  const { user, reason, needs } = chooseIdentity(container, subject.values, true)
  return {
    rank: 'C',
    title: `${title} and run it as user ${user.uid}`,
    minutes: 0,
    reason: `without capabilities it can no longer switch users: ${reason}`,
    steps: identitySteps(container, user, subject),
    ...(needs !== undefined && { needs }),
  }
}

function applyWithIdentity(container: WorkloadContainer, { workload, values }: Subject, draft: Draft): void {
  if (!takesIdentity(container)) return
  const there =
    draft.isSet(container.place.get('securityContext', 'runAsUser')) ||
    draft.isSet(workload.spec.get('securityContext', 'runAsUser'))
  if (!there) applyIdentity(container, chooseIdentity(container, values, true), workload, draft, () => false)
}

export const dropAll: Concern = containerConcern({
  rules: ['k8s-drop-all-capabilities', 'k8s-drop-net-raw'],
  assess(container, subject, complaint) {
    // NET_RAW that comes back after ALL was dropped was added on purpose.
    if (complaint.data['capability'] !== undefined) return judgeAdded(container, subject, complaint)
    const title = `Drop all capabilities of container ${container.name}`
    const command = rootCommand(container)
    if (command !== undefined) return refuse(needsRoot(container, command))
    if (takesIdentity(container)) return withIdentity(container, subject, title)
    if (!runsAsNonRoot(container)) {
      const reason =
        imageUser(container)?.uid === 0
          ? "the container runs as root, and root without capabilities cannot change owners, open ports or read other users' files"
          : 'nothing here shows that the container runs as another user than root, who may need capabilities to start'
      return {
        rank: 'C',
        title,
        minutes: 0,
        reason,
        steps: ['Release it together with its user, and watch the log for `Operation not permitted`.'],
      }
    }
    if (listensBelow1024(container) && !addsBindService(container)) {
      const reason = 'it listens below 1024, and a program that does so by a file capability no longer starts'
      return { rank: 'C', title, reason, steps: ['The pod gets a sysctl that lets any user listen there.'] }
    }
    return { rank: 'E', title }
  },
  change(container, subject, draft, complaint) {
    removeCapability(container, complaint, draft)
    draft.set(container.place.get('securityContext', 'capabilities', 'drop'), [
      'ALL',
      ...droppedDespiteAdding(container),
    ])
    if (listensBelow1024(container)) draft.allowLowPorts()
    applyWithIdentity(container, subject, draft)
  },
})

export const addedCapabilities: Concern = containerConcern({
  rules: ['k8s-no-added-capabilities', 'k8s-no-sys-admin'],
  assess: judgeAdded,
  change(container, subject, draft, complaint) {
    removeCapability(container, complaint, draft)
    if (dropsAll(container)) applyWithIdentity(container, subject, draft)
  },
})

function judgeAdded(container: WorkloadContainer, subject: Subject, complaint: Complaint): Judgement | FixRefusal {
  const name = String(complaint.data['capability'] ?? 'the capability')
  const title = `Take ${name} away from container ${container.name}`
  if (dropsAll(container) && takesIdentity(container)) return withIdentity(container, subject, title)
  return {
    rank: 'C',
    title,
    reason: `somebody added ${name} on purpose, and the repository cannot show that the program does without`,
    steps: [`Find out what ${name} was added for; run the image without it once before this goes out.`],
  }
}

function removeCapability(container: WorkloadContainer, complaint: Complaint, draft: Draft): void {
  const wanted = complaint.data['capability']
  for (const item of addedBy(container)) if (capabilityName(item) === wanted) draft.delete(item)
}

/** Kubernetes allows nobody to forbid privilege escalation and add this at once. */
export function removeSysAdmin(container: WorkloadContainer, draft: Draft): void {
  for (const item of addedBy(container)) if (isSysAdmin(item)) draft.delete(item)
}

export function addsSysAdmin(container: WorkloadContainer): boolean {
  return addedBy(container).some(isSysAdmin)
}

function isSysAdmin(item: Place): boolean {
  return ['SYS_ADMIN', 'ALL'].includes(capabilityName(item) ?? '')
}

function addsBindService(container: WorkloadContainer): boolean {
  return addedBy(container).some((item) => capabilityName(item) === 'NET_BIND_SERVICE')
}

function dropsAll(container: WorkloadContainer): boolean {
  return droppedBy(container).includes('ALL')
}

/** What is named in `drop` while `add` would bring it back: `ALL` in its place would give it to the container again. */
function droppedDespiteAdding(container: WorkloadContainer): readonly string[] {
  const added = addedBy(container).map(capabilityName)
  return droppedBy(container).filter((name) => name !== 'ALL' && (added.includes('ALL') || added.includes(name)))
}

function droppedBy(container: WorkloadContainer): readonly string[] {
  const items = container.place.get('securityContext', 'capabilities', 'drop').items()
  return items.map(capabilityName).filter((name) => name !== undefined)
}

function addedBy(container: WorkloadContainer): readonly Place[] {
  return container.place.get('securityContext', 'capabilities', 'add').items()
}

function capabilityName(item: Place): string | undefined {
  return textAt(item)?.toUpperCase().replace(/^CAP_/, '')
}
