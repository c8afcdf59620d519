import { because, type QualifiedId } from '../../framework.ts'
import { byHand, partly } from '../rows.ts'

const PENETRATION_TESTS: { readonly note: string; readonly predecessors: readonly QualifiedId[] } = {
  note: 'A scan of configuration is not a penetration test.',
  predecessors: ['pci-dss-3.2.1:11.3'],
}

/** Requirement 11: testing. */
export default [
  byHand(
    '11.1.1',
    'Policies and procedures for testing are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '11.1.2',
    'Roles and responsibilities for testing are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand('11.2.1', 'Wireless access points are searched for every three months', 'Results of the last searches', {
    note: 'Configuration says nothing about it; for a cloud account, the attestation of its provider answers for it.',
  }),
  byHand(
    '11.2.2',
    'An inventory of authorised wireless access points is kept',
    'The inventory; or that there are none',
  ),
  partly(
    '11.3.1',
    'Internal scans for weaknesses run every three months, and what is critical is mended',
    'That images are scanned is visible; other systems and the mending are not.',
    'The last four scans with their rescans',
    {
      rules: because('A scan on push finds known weaknesses in every image.', 'ecr-scan-on-push'),
    },
  ),
  byHand('11.3.1.1', 'Other weaknesses are mended by risk', 'The risk analysis, and what was mended'),
  byHand('11.3.1.2', 'Internal scans sign in to the systems', 'Settings of the scanner, and systems that cannot'),
  byHand('11.3.1.3', 'Internal scans follow significant changes', 'Scans after recent changes'),
  byHand(
    '11.3.2',
    'External scans by an approved vendor pass every three months',
    'The last four reports of the vendor',
  ),
  byHand('11.3.2.1', 'External scans follow significant changes', 'Scans after recent changes'),
  byHand('11.4.1', 'A method for penetration testing is defined', 'The documented method', PENETRATION_TESTS),
  byHand(
    '11.4.2',
    'Internal penetration tests are done at least yearly',
    'Report of the last internal test',
    PENETRATION_TESTS,
  ),
  byHand(
    '11.4.3',
    'External penetration tests are done at least yearly',
    'Report of the last external test',
    PENETRATION_TESTS,
  ),
  byHand(
    '11.4.4',
    'What a penetration test finds is corrected and tested again',
    'Record of corrections and retests',
    PENETRATION_TESTS,
  ),
  byHand(
    '11.4.5',
    'Segmentation is tested at least yearly',
    'Report of the last test of segmentation',
    PENETRATION_TESTS,
  ),
  byHand(
    '11.4.6',
    'Service providers test segmentation every six months',
    'Reports of the last two tests of segmentation',
    PENETRATION_TESTS,
  ),
  byHand(
    '11.4.7',
    'Multi-tenant providers support the tests of their customers',
    'How customers can test, or their results',
    PENETRATION_TESTS,
  ),
  partly(
    '11.5.1',
    'Intrusions are detected or prevented',
    'That detection is on is visible; that somebody follows its alerts is not.',
    'Alerts of the period and what was done',
    {
      rules: [
        ...because(
          'These watch traffic and calls for signs of intrusion.',
          'guardduty-enabled',
          'alb-waf',
          'cloudfront-waf',
        ),
        ...because('Without records of the network there is nothing to detect in.', 'vpc-flow-logs'),
      ],
    },
  ),
  byHand(
    '11.5.1.1',
    'Service providers detect covert channels of malicious software',
    'How they are detected; or that this entity is no service provider',
  ),
  partly(
    '11.5.2',
    'Changes of critical files are detected',
    'Files that cannot change and records of configuration are visible; detection inside systems is not.',
    'The tool, the files it watches, and its alerts',
    {
      rules: [
        ...because(
          'A file system that is read-only cannot be changed unnoticed.',
          'k8s-read-only-root-filesystem',
          'ecs-read-only-root-filesystem',
        ),
        ...because(
          'A recorder notices changes of configuration.',
          'config-recorder-enabled',
          'config-recorder-all-resources',
        ),
        ...because('Digest files show whether a log was changed.', 'cloudtrail-log-file-validation'),
      ],
    },
  ),
  byHand('11.6.1', 'Changes of headers and scripts of payment pages are detected', 'The mechanism, and its alerts'),
] as const
