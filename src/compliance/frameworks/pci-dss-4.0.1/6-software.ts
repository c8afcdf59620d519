import { because } from '../../framework.ts'
import { byHand, partly, shown } from '../rows.ts'
import { WEB_APPLICATION_PROTECTION } from '../shared-edges.ts'

/** Requirement 6: systems and software. */
export default [
  byHand(
    '6.1.1',
    'Policies and procedures for development are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '6.1.2',
    'Roles and responsibilities for development are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand(
    '6.2.1',
    'Software of our own is developed securely',
    'The development process, and the standard that it follows',
  ),
  byHand('6.2.2', 'Developers are trained every year', 'Training records'),
  byHand('6.2.3', 'Software is reviewed before it is released', 'Reviews of recent releases'),
  byHand('6.2.3.1', 'Manual reviews are done by somebody else, and approved', 'Reviews with reviewer and approval'),
  byHand('6.2.4', 'Techniques prevent common attacks on software', 'The techniques for each kind of attack'),
  byHand('6.3.1', 'Weaknesses are identified and ranked', 'Sources that are followed, and the ranking'),
  partly(
    '6.3.2',
    'An inventory of our own software and of its third-party parts is kept',
    'References that name one version can be listed; the inventory itself is a document.',
    'The inventory with versions',
    {
      rules: [
        ...because('An inventory can only name what is named by version.', 'k8s-image-tag', 'module-version-pinned'),
        ...because('A digest or commit names one content.', 'k8s-image-digest', 'module-commit-hash'),
      ],
    },
  ),
  partly(
    '6.3.3',
    'Patches for critical weaknesses are installed within a month',
    'That updates are switched on and versions supported is visible; dates of patches are not.',
    'Patches of the last months with the dates of release and installation',
    {
      rules: [
        ...because(
          'Minor upgrades bring patches without anybody having to think of them.',
          'rds-minor-version-upgrades',
        ),
        ...because(
          'A version that is out of support gets no more patches.',
          'eks-supported-version',
          'lambda-supported-runtime',
        ),
        ...because('A scan on push names the patches that an image lacks.', 'ecr-scan-on-push'),
      ],
    },
  ),
  shown('6.4.1', 'Public web applications are reviewed, or protected by a technical solution', {
    rules: WEB_APPLICATION_PROTECTION,
    predecessors: ['pci-dss-3.2.1:6.6'],
    superseded: { by: 'pci-dss-4.0.1:6.4.2', since: '2025-03-31' },
  }),
  partly(
    '6.4.2',
    'A technical solution detects and prevents attacks on public web applications',
    'That a firewall is attached is visible; that it blocks, is up to date and is watched is not.',
    'Rules of the firewall in blocking mode, and how its alerts are followed',
    {
      rules: WEB_APPLICATION_PROTECTION,
      predecessors: ['pci-dss-3.2.1:6.6'],
    },
  ),
  byHand(
    '6.4.3',
    'Scripts on payment pages are authorised, unchanged and listed',
    'List of scripts with the reason for each, and how changes are noticed',
  ),
  partly(
    '6.5.1',
    'Changes are documented, tested, approved and can be undone',
    'Locks and records of changes are visible; approvals are not.',
    'Change records of the period',
    {
      rules: [
        ...because('A lock keeps two changes from running into each other.', 'terraform-state-locking'),
        ...because(
          'A recorder keeps what changed and when.',
          'config-recorder-enabled',
          'config-recorder-all-resources',
        ),
      ],
    },
  ),
  byHand(
    '6.5.2',
    'After a significant change every requirement that it touches is confirmed',
    'Confirmations after recent significant changes',
  ),
  byHand('6.5.3', 'Test environments are separate from production', 'How they are separated', {
    note: 'Which account or namespace is for tests is for a person to say.',
    rules: because('What shares the default namespace is not kept apart.', 'k8s-default-namespace'),
  }),
  byHand('6.5.4', 'Roles for production and for tests are separate', 'Who has which role'),
  byHand('6.5.5', 'Live account numbers are not used for tests', 'Where test data comes from'),
  byHand('6.5.6', 'Test data and accounts are removed before production', 'Check lists of recent releases'),
] as const
