import type { Control } from '../../rules/controls.ts'
import type { ControlEdge, Requirement } from '../framework.ts'
import { partly } from './rows.ts'

/** Why the rules that name a hub control say something about whatever stands on that control. */
const RATIONALE: Partial<Record<Control, string>> = {
  'AC-2': 'Rules on users, keys and federation show how accounts come about.',
  'AC-3': 'Policies, trust and access lists are what enforces access.',
  'AC-4': 'Groups, lists, routes and network policies decide which way information flows.',
  'AC-5': 'Who may change permissions and use them has two duties in one hand.',
  'AC-6': 'A star, an administrator policy or a root process is more privilege than is needed.',
  'AC-17': 'Administration ports and endpoints are where remote access arrives.',
  'AU-2': 'Trails, flow logs and access logs decide which events are logged.',
  'AU-3': 'Access logs decide what a record says.',
  'AU-6': 'Records that reach a place for review can be reviewed.',
  'AU-9': 'Validation and encryption protect the records.',
  'AU-11': 'Retention settings decide how long records stay.',
  'AU-12': 'Log settings of each service decide whether it generates records.',
  'CM-2': 'Pinned versions and described rules are the baseline written down.',
  'CM-3': 'Locks, pins and recorders control what changes.',
  'CM-5': 'Immutable tags, locks and read-only file systems restrict who can change what runs.',
  'CM-6': 'Hardening settings in the code are the settings that are asked for.',
  'CM-7': 'Capabilities, ports and modes that are not needed are functions too many.',
  'CM-8': 'Recorders, aggregators and descriptions list what there is.',
  'CP-9': 'Versions, backups and snapshots are what is restored from.',
  'CP-10': 'Backups, probes and spare zones decide whether and how fast a system comes back.',
  'IA-2': 'Settings of calls and clusters decide whether identity is asked for.',
  'IA-5': 'Password policies, rotation and the absence of written secrets are the care of authenticators.',
  'IA-9': 'Trust policies and authentication settings identify one service to another.',
  'IR-4': 'Detection that is switched on is where the handling of incidents begins.',
  'RA-5': 'Scans on push look for known weaknesses.',
  'SC-4': 'Isolation settings keep what is shared from carrying information.',
  'SC-5': 'Limits and probes bound what one workload can take from others.',
  'SC-6': 'Requests and limits assign resources.',
  'SC-7': 'Public addresses, groups, lists and network policies are the boundary.',
  'SC-8': 'Listeners, policies and parameters decide whether transmission is encrypted.',
  'SC-12': 'Key settings decide who manages keys and whether they rotate.',
  'SC-13': 'Algorithms and protocol versions in the code are the cryptography in use.',
  'SC-23': 'Encrypted listeners and redirects keep sessions authentic.',
  'SC-28': 'Encryption settings of each store decide whether what lies in it is protected.',
  'SC-39': 'Namespaces, capabilities and privileged mode decide whether processes are isolated.',
  'SI-2': 'Supported versions and automatic upgrades bring the mending of flaws.',
  'SI-4': 'Flow logs, detectors, alarms and firewalls are what monitors.',
  'SI-7': 'Digests, pins, validation and read-only file systems keep software and information unchanged.',
  'SI-10': 'Firewalls and header settings validate what comes in.',
  'SI-12': 'Versions, retention and lifecycle settings manage information over its life.',
}

/** Edges to every rule that names one of the controls. */
function shownBy(...controls: readonly Control[]): readonly ControlEdge[] {
  return controls.flatMap((control) => {
    const rationale = RATIONALE[control]
    return rationale === undefined ? [] : [{ control, rationale }]
  })
}

/**
 * A requirement that the rules of some hub controls speak to.
 * @param note what configuration cannot show
 */
export function byControls(
  id: string,
  subject: string,
  controls: readonly Control[],
  note: string,
  evidenceWanted: string,
): Requirement & { kind: 'P'; note: string; evidenceWanted: string } {
  return partly(id, subject, note, evidenceWanted, { controls: shownBy(...controls) })
}
