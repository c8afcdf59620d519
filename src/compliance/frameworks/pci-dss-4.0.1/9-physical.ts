import { byHand } from '../rows.ts'

const AT_THE_PROVIDER = {
  note: 'Configuration says nothing about buildings; for a cloud account, the attestation of its provider answers for them.',
} as const

/** Requirement 9: physical access. */
export default [
  byHand(
    '9.1.1',
    'Policies and procedures for physical access are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '9.1.2',
    'Roles and responsibilities for physical access are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand(
    '9.2.1',
    'Entry to places with cardholder data is controlled',
    'Entry controls, or the attestation of the hosting provider',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.2.1.1',
    'Entry to sensitive places is recorded for three months',
    'Records of cameras or doors, or the attestation of the hosting provider',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.2.2',
    'Network sockets in public places are controlled',
    'The control, or the attestation of the hosting provider',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.2.3',
    'Wireless access points, network devices and lines are out of reach',
    'Where they are, or the attestation of the hosting provider',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.2.4',
    'Consoles in sensitive places are locked when not in use',
    'The control, or the attestation of the hosting provider',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.3.1',
    'Physical access of the staff is authorised, marked and taken back',
    'The procedure, and a sample of badges',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.3.1.1',
    'Physical access of the staff to sensitive places follows from their job and ends with it',
    'Who has access and why',
    AT_THE_PROVIDER,
  ),
  byHand('9.3.2', 'Visitors are authorised, marked and escorted', 'The procedure', AT_THE_PROVIDER),
  byHand('9.3.3', 'Badges of visitors are given back or expire', 'The procedure', AT_THE_PROVIDER),
  byHand('9.3.4', 'A log of visitors is kept for three months', 'The log', AT_THE_PROVIDER),
  byHand(
    '9.4.1',
    'Media with cardholder data are secured',
    'Where media are, and how they are secured; or that there are none',
  ),
  byHand('9.4.1.1', 'Backups on media lie in a secure place', 'The place; or that there are no such backups'),
  byHand('9.4.1.2', 'The security of that place is reviewed every year', 'The last review'),
  byHand('9.4.2', 'Media are classified', 'The classification'),
  byHand('9.4.3', 'Media that are sent out are logged and tracked', 'The log'),
  byHand('9.4.4', 'Management approves when media move', 'The approvals'),
  byHand('9.4.5', 'An inventory of electronic media is kept', 'The inventory'),
  byHand('9.4.5.1', 'The inventory is checked every year', 'The last check'),
  byHand(
    '9.4.6',
    'Paper with cardholder data is destroyed when no longer needed',
    'The procedure, and records of destruction',
  ),
  byHand(
    '9.4.7',
    'Electronic media are destroyed or made unreadable when no longer needed',
    'The procedure, and records of destruction',
    AT_THE_PROVIDER,
  ),
  byHand(
    '9.5.1',
    'Card readers are protected against tampering',
    'List of readers and inspections; or that there are none',
  ),
  byHand('9.5.1.1', 'A list of card readers is kept', 'The list'),
  byHand('9.5.1.2', 'Card readers are inspected from time to time', 'Records of inspection'),
  byHand('9.5.1.2.1', 'How often follows from a risk analysis', 'The risk analysis'),
  byHand('9.5.1.3', 'Staff near card readers know the signs of tampering', 'Training records'),
] as const
