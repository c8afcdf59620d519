import { type Control, CONTROLS } from '../../rules/controls.ts'
import { compareRequirementIds, defineFramework } from '../framework.ts'
import { byControls } from './control-edges.ts'
import { MANUAL } from './nist-800-53-r5/manual.ts'
import { byHand } from './rows.ts'

/** Controls that rules speak to: what stays for a person to show. */
const PARTLY: readonly (readonly [control: Control, note: string, evidenceWanted: string])[] = [
  ['AC-2', 'Accounts of people live in the identity provider.', 'Account types, approvals, reviews and removals'],
  ['AC-3', 'Policies in the code are visible; those of applications are not.', 'Access policy of each application'],
  [
    'AC-4',
    'Network rules are visible; which flows are approved is not.',
    'Approved flows between systems and networks',
  ],
  [
    'AC-5',
    'Which duties must be apart is for the organisation to say.',
    'Duties that are separated, and the roles that separate them',
  ],
  [
    'AC-6',
    'Policies show privilege; which of it a task needs is for its owner to say.',
    'Privileges of each role with the need, and their reviews',
  ],
  [
    'AC-17',
    'Open ports and endpoints are visible; the rules for their use are not.',
    'Allowed ways of remote access, and their authorisation',
  ],
  [
    'AU-2',
    'Which events need logging is for the organisation to say.',
    'Events that are logged, with the reason for the choice',
  ],
  ['AU-3', 'Content of AWS logs is known; that of application logs is not.', 'An entry of each kind of log'],
  [
    'AU-6',
    'That records can be reviewed is visible; that they are is not.',
    'Reviews of the period, and what was reported',
  ],
  [
    'AU-9',
    'Protection of logs in AWS is visible; who may administer them is partly.',
    'Who may alter or delete records',
  ],
  [
    'AU-11',
    'Retention is visible; the period that is required is for the organisation to say.',
    'Required retention with its source',
  ],
  [
    'AU-12',
    'Generation in AWS and Kubernetes is visible; in applications it is not.',
    'Components that generate records, and those that cannot',
  ],
  [
    'CM-2',
    'What is pinned is visible; the approved baseline is a document.',
    'The baseline, its reviews and its earlier versions',
  ],
  ['CM-3', 'Locks and records are visible; approvals are not.', 'Change records with their approvals'],
  [
    'CM-5',
    'Restrictions in the code are visible; access to the repository and pipeline is not.',
    'Who may change what, and how that is enforced',
  ],
  [
    'CM-6',
    'Settings in the code are visible; deviations that were approved are not.',
    'Hardening standards, and approved deviations',
  ],
  [
    'CM-7',
    'What is switched off is visible; the need for the rest is not.',
    'Functions, ports and services that are needed, and reviews',
  ],
  [
    'CM-8',
    'The repository lists what it declares, not what else there is.',
    'The inventory, and when it was last updated',
  ],
  [
    'CP-9',
    'Backup settings are visible; whether a backup restores is not.',
    'Backups of each system, and a recent restore',
  ],
  [
    'CP-10',
    'Spare capacity is visible; recovery within the agreed time is not.',
    'Recovery objectives, and the last recovery',
  ],
  [
    'IA-2',
    'Settings of calls and clusters are visible; factors of people are not.',
    'Factors that each kind of user needs',
  ],
  [
    'IA-5',
    'Password policy, rotation and written secrets are visible; handing out is not.',
    'How authenticators are handed out, changed and taken back',
  ],
  [
    'IA-9',
    'Trust between AWS services is visible; between applications it is not.',
    'How applications identify each other',
  ],
  ['IR-4', 'Detection is visible; handling is not.', 'The handling capability, and recent incidents'],
  [
    'RA-5',
    'Image scans are visible; scans of running systems are not.',
    'Scans of the period, and what was mended in which time',
  ],
  [
    'SC-5',
    'Limits inside the cluster are visible; protection of the edge is partly.',
    'Attacks considered, and the protection against each',
  ],
  ['SC-6', 'Requests and limits are visible; priorities are partly.', 'How resources are assigned under load'],
  [
    'SC-7',
    'The boundary in the code is visible; other connections are not.',
    'All external interfaces, and the control at each',
  ],
  [
    'SC-8',
    'Encryption of listeners and stores is visible; inside applications it is not.',
    'What is transmitted unencrypted, and why',
  ],
  ['SC-12', 'Keys in AWS are visible; others are not.', 'How keys outside of AWS are managed'],
  [
    'SC-13',
    'Protocols and algorithms in the code are visible; validation of modules is not.',
    'Uses of cryptography, and the validation of its modules',
  ],
  [
    'SC-23',
    'Encrypted sessions are visible; session handling of applications is not.',
    'How applications make and end sessions',
  ],
  [
    'SC-28',
    'Encryption of stores is visible; what needs protection is for its owner to say.',
    'Information at rest, and its protection',
  ],
  ['SC-39', 'Isolation of containers is visible; of other processes it is not.', 'How other systems isolate processes'],
  [
    'SI-2',
    'Versions and upgrade settings are visible; dates of patches are not.',
    'Patches of the period, and the time that each took',
  ],
  [
    'SI-4',
    'Monitoring that is on is visible; that somebody follows it is not.',
    'What is monitored, and how alerts are followed',
  ],
  [
    'SI-7',
    'Pins, digests and validation are visible; checks inside systems are not.',
    'Integrity checks, and what happens when one fails',
  ],
  [
    'SI-10',
    'Filters in front of applications are visible; validation inside them is not.',
    'How applications validate input',
  ],
  ['SI-12', 'Retention and versions are visible; legal periods are not.', 'Periods for each kind of information'],
]

/** The controls of the moderate baseline, without enhancements. NIST's names are in the public domain. */
export default defineFramework({
  id: 'nist-800-53-r5',
  title: 'NIST SP 800-53 Rev. 5, moderate baseline',
  version: 'r5',
  requirements: [
    ...PARTLY.map(([control, note, evidenceWanted]) =>
      byControls(control, CONTROLS[control], [control], note, evidenceWanted),
    ),
    ...MANUAL.map(([id, title, evidenceWanted]) => byHand(id, title, evidenceWanted)),
  ].toSorted((a, b) => compareRequirementIds(a.id, b.id)),
})
