import { containerPolicy } from './pod-policy.ts'
import type { Policy } from './policy.ts'

/** The user that a container asks for, or else its pod. */
const USER_OF = `user_of(container) := container.securityContext.runAsUser

user_of(container) := pod_spec.securityContext.runAsUser if not has_user(container)

has_user(container) if is_number(container.securityContext.runAsUser)`

const KEEP = { pod: ['securityContext'], container: ['securityContext'] }

/** The security context of pods and containers. */
export const SECURITY_CONTEXT: readonly Policy[] = [
  containerPolicy({
    name: 'require-non-root',
    absentFails: true,
    kind: 'K8sRequireNonRoot',
    title: 'Containers do not run as root',
    description: 'Each container runs with runAsNonRoot, its own or that of its pod, and not as user 0.',
    rules: ['k8s-run-as-non-root'],
    action: 'deny',
    keep: KEEP,
    message: 'may run as root: set runAsNonRoot to true, and no runAsUser of 0.',
    bad: `
is_bad(container) if not is_non_root(container)

is_bad(container) if user_of(container) == 0

is_non_root(container) if container.securityContext.runAsNonRoot == true

is_non_root(container) if {
	pod_spec.securityContext.runAsNonRoot == true
	not container.securityContext.runAsNonRoot == false
}

${USER_OF}`,
    celVariables: [
      {
        name: 'podNonRoot',
        expression:
          'has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.runAsNonRoot) && variables.podSpec.securityContext.runAsNonRoot == true',
      },
      {
        name: 'podRoot',
        expression:
          'has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.runAsUser) && variables.podSpec.securityContext.runAsUser == 0',
      },
    ],
    celBad:
      '!(has(c.securityContext) && has(c.securityContext.runAsNonRoot) ? c.securityContext.runAsNonRoot == true : variables.podNonRoot) || ' +
      '(has(c.securityContext) && has(c.securityContext.runAsUser) ? c.securityContext.runAsUser == 0 : variables.podRoot)',
    failing: { securityContext: { runAsNonRoot: false } },
    passing: { securityContext: { runAsNonRoot: true } },
    podPassing: { securityContext: { runAsUser: 10001, runAsNonRoot: true } },
  }),
  containerPolicy({
    name: 'block-privileged',
    kind: 'K8sBlockPrivileged',
    title: 'No container is privileged',
    description: 'A privileged container is root on its node.',
    rules: ['k8s-no-privileged'],
    action: 'deny',
    keep: { container: ['securityContext'] },
    message: 'is privileged: it is root on its node.',
    bad: 'is_bad(container) if container.securityContext.privileged == true',
    celBad: 'has(c.securityContext) && has(c.securityContext.privileged) && c.securityContext.privileged == true',
    failing: { securityContext: { privileged: true } },
    passing: { securityContext: { privileged: false } },
  }),
  containerPolicy({
    name: 'no-privilege-escalation',
    absentFails: true,
    kind: 'K8sNoPrivilegeEscalation',
    title: 'No process gains more rights than its parent',
    description: 'Each container sets allowPrivilegeEscalation to false: it is true when left out.',
    rules: ['k8s-no-privilege-escalation'],
    action: 'deny',
    keep: { container: ['securityContext'] },
    message: 'may gain rights: set allowPrivilegeEscalation to false.',
    bad: 'is_bad(container) if not container.securityContext.allowPrivilegeEscalation == false',
    celBad:
      '!(has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation) && c.securityContext.allowPrivilegeEscalation == false)',
    failing: {},
    passing: { securityContext: { allowPrivilegeEscalation: false } },
  }),
  containerPolicy({
    name: 'drop-all-capabilities',
    absentFails: true,
    kind: 'K8sDropAllCapabilities',
    title: 'Containers drop all capabilities',
    description: 'Each container drops ALL and adds back only what the constraint allows.',
    rules: ['k8s-drop-all-capabilities', 'k8s-drop-net-raw', 'k8s-no-added-capabilities', 'k8s-no-sys-admin'],
    action: 'warn',
    actionReason: 'A program that uses a capability stops working without it.',
    keep: { container: ['securityContext'] },
    message: 'does not drop ALL capabilities, or adds one that is not allowed.',
    properties: {
      allowedCapabilities: {
        type: 'array',
        description: 'Capabilities that may be added back, without CAP_.',
        items: { type: 'string' },
      },
    },
    parameters: { allowedCapabilities: ['NET_BIND_SERVICE'] },
    bad: `
is_bad(container) if not drops_all(container)

is_bad(container) if {
	some capability in container.securityContext.capabilities.add
	not capability in object.get(parameters, "allowedCapabilities", [])
}

drops_all(container) if {
	some capability in container.securityContext.capabilities.drop
	upper(capability) == "ALL"
}`,
    celVariables: [
      {
        name: 'allowedCapabilities',
        expression:
          'dyn(variables.params) != null && has(variables.params.allowedCapabilities) ? variables.params.allowedCapabilities : []',
      },
    ],
    celBad:
      '!(has(c.securityContext) && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.drop) && ' +
      'c.securityContext.capabilities.drop.exists(d, d.upperAscii() == "ALL")) || ' +
      '(has(c.securityContext) && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.add) && ' +
      'c.securityContext.capabilities.add.exists(a, !(a in variables.allowedCapabilities)))',
    failing: { securityContext: { capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } } },
    passing: { securityContext: { capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } } },
  }),
  containerPolicy({
    name: 'read-only-root-filesystem',
    absentFails: true,
    kind: 'K8sReadOnlyRootFilesystem',
    title: 'Root filesystems are read-only',
    description: 'A container writes to volumes that are meant for it, not into its image.',
    rules: ['k8s-read-only-root-filesystem'],
    action: 'warn',
    actionReason: 'A program that writes to its own image stops working.',
    keep: { container: ['securityContext'] },
    message: 'can write to its image: set readOnlyRootFilesystem to true.',
    bad: 'is_bad(container) if not container.securityContext.readOnlyRootFilesystem == true',
    celBad:
      '!(has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && c.securityContext.readOnlyRootFilesystem == true)',
    failing: { securityContext: { readOnlyRootFilesystem: false } },
    passing: { securityContext: { readOnlyRootFilesystem: true } },
  }),
  containerPolicy({
    name: 'require-seccomp',
    absentFails: true,
    kind: 'K8sRequireSeccomp',
    title: 'A seccomp profile is set',
    description: 'The seccomp profile of a container, or of its pod, is RuntimeDefault or Localhost.',
    rules: ['k8s-seccomp-profile'],
    action: 'warn',
    actionReason: 'A program that uses an unusual system call stops working.',
    keep: KEEP,
    message: 'runs without a seccomp profile: set seccompProfile.type to RuntimeDefault.',
    bad: `
is_bad(container) if not has_seccomp(container)

has_seccomp(container) if seccomp_type(container) in {"RuntimeDefault", "Localhost"}

seccomp_type(container) := container.securityContext.seccompProfile.type

seccomp_type(container) := pod_spec.securityContext.seccompProfile.type if not container.securityContext.seccompProfile.type`,
    celVariables: [
      {
        name: 'podSeccomp',
        expression:
          'has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.seccompProfile) && has(variables.podSpec.securityContext.seccompProfile.type) ? variables.podSpec.securityContext.seccompProfile.type : ""',
      },
    ],
    celBad:
      '!((has(c.securityContext) && has(c.securityContext.seccompProfile) && has(c.securityContext.seccompProfile.type) ? ' +
      'c.securityContext.seccompProfile.type : variables.podSeccomp) in ["RuntimeDefault", "Localhost"])',
    failing: { securityContext: { seccompProfile: { type: 'Unconfined' } } },
    passing: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    podPassing: { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
  }),
  containerPolicy({
    name: 'require-high-uid',
    absentFails: true,
    kind: 'K8sRequireHighUid',
    title: 'User ids are above those of the node',
    description: 'runAsUser is set, and high enough to be no user of the node.',
    rules: ['k8s-high-uid'],
    action: 'warn',
    actionReason: 'Files in an image that belong to another user become unreadable.',
    keep: KEEP,
    message: 'has no runAsUser, or a lower one than allowed.',
    properties: { minimum: { type: 'integer', description: 'The lowest user id allowed.' } },
    parameters: { minimum: 10000 },
    bad: `
is_bad(container) if not has_high_user(container)

has_high_user(container) if user_of(container) >= parameters.minimum

${USER_OF}`,
    celVariables: [
      {
        name: 'podUser',
        expression:
          'has(variables.podSpec.securityContext) && has(variables.podSpec.securityContext.runAsUser) ? int(variables.podSpec.securityContext.runAsUser) : -1',
      },
    ],
    celBad:
      '(has(c.securityContext) && has(c.securityContext.runAsUser) ? int(c.securityContext.runAsUser) : variables.podUser) < int(variables.params.minimum)',
    failing: { securityContext: { runAsUser: 1000 } },
    passing: { securityContext: { runAsUser: 10001 } },
    podPassing: { securityContext: { runAsUser: 10001 } },
  }),
]
