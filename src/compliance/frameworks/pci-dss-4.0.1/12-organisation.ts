import { because, type QualifiedId } from '../../framework.ts'
import { byHand, partly } from '../rows.ts'
import { INVENTORY } from '../shared-edges.ts'

const INCIDENT_RESPONSE: { readonly predecessors: readonly QualifiedId[] } = { predecessors: ['pci-dss-3.2.1:12.10'] }

/** Requirement 12: the organisation. */
export default [
  byHand(
    '12.1.1',
    'A security policy is published, maintained and known to the staff',
    'The approved policy, and the date of its last review',
    {
      note: 'Policies as code support it, but are not the policy that the staff is told of.',
      predecessors: ['pci-dss-3.2.1:12.1'],
    },
  ),
  byHand('12.1.2', 'The policy is reviewed every year', 'Record of the last review'),
  byHand('12.1.3', 'The policy names duties, and everybody acknowledges them', 'The acknowledgements'),
  byHand('12.1.4', 'An executive is responsible for security', 'The assignment'),
  byHand('12.2.1', 'Acceptable use of technology is defined', 'The policy with its approvals'),
  byHand(
    '12.3.1',
    'Frequencies that may be chosen follow from a risk analysis each',
    'The risk analyses and their yearly reviews',
  ),
  byHand(
    '12.3.2',
    'Customised approaches have a risk analysis each',
    'The risk analyses; or that there are no customised approaches',
  ),
  byHand(
    '12.3.3',
    'Ciphers and protocols in use are listed and reviewed every year',
    'The list, the review, and the plan for changes',
  ),
  byHand(
    '12.3.4',
    'Hardware and software are reviewed every year',
    'The review, and the plan for what runs out of support',
    {
      note: 'Versions in the code are visible; the review is a document.',
      rules: because('What is out of support needs a plan.', 'eks-supported-version', 'lambda-supported-runtime'),
    },
  ),
  byHand(
    '12.4.1',
    'Service providers: management answers for the protection of card data',
    'The charter; or that this entity is no service provider',
  ),
  byHand(
    '12.4.2',
    'Service providers review every three months that procedures are followed',
    'The last four reviews; or that this entity is no service provider',
  ),
  byHand('12.4.2.1', 'The reviews are documented', 'The documentation; or that this entity is no service provider'),
  partly(
    '12.5.1',
    'An inventory of the systems in scope is kept',
    'The repository lists what it declares, not what else is in scope.',
    'Inventory of systems in scope with function and owner, and the date of its last review',
    {
      rules: INVENTORY,
      predecessors: ['pci-dss-3.2.1:2.4'],
    },
  ),
  byHand(
    '12.5.2',
    'The scope is confirmed every year and after significant changes',
    'The last confirmation with its data flows',
  ),
  byHand(
    '12.5.2.1',
    'Service providers confirm the scope every six months',
    'The last two confirmations; or that this entity is no service provider',
  ),
  byHand(
    '12.5.3',
    'Service providers review the scope when the organisation changes',
    'The review; or that this entity is no service provider',
  ),
  byHand('12.6.1', 'A programme makes the staff aware of security', 'The programme'),
  byHand('12.6.2', 'The programme is reviewed every year', 'The last review'),
  byHand('12.6.3', 'The staff is trained when hired and every year', 'Training records with acknowledgements'),
  byHand('12.6.3.1', 'Training covers phishing and social engineering', 'The training material'),
  byHand('12.6.3.2', 'Training covers acceptable use', 'The training material'),
  byHand('12.7.1', 'People are screened before they get access to cardholder data', 'The procedure within the law'),
  byHand('12.8.1', 'A list of third parties with account data is kept', 'The list with what each does'),
  byHand('12.8.2', 'Third parties acknowledge in writing what they answer for', 'The agreements'),
  byHand('12.8.3', 'Third parties are examined before they are engaged', 'The process, and a recent examination'),
  byHand('12.8.4', 'Their compliance is watched every year', 'Their attestations'),
  byHand('12.8.5', 'Which requirements each of them answers for is recorded', 'The matrix of responsibilities'),
  byHand(
    '12.9.1',
    'Service providers acknowledge to customers what they answer for',
    'The acknowledgements; or that this entity is no service provider',
  ),
  byHand(
    '12.9.2',
    'Service providers support customers with information on compliance',
    'What customers receive; or that this entity is no service provider',
  ),
  byHand(
    '12.10.1',
    'An incident response plan exists',
    'The plan, with roles, contacts and procedures',
    INCIDENT_RESPONSE,
  ),
  byHand(
    '12.10.2',
    'The plan is reviewed and tested at least yearly',
    'Record of the last review and exercise',
    INCIDENT_RESPONSE,
  ),
  byHand('12.10.3', 'Somebody is on call at all hours', 'The on-call schedule', INCIDENT_RESPONSE),
  byHand('12.10.4', 'Responders are trained', 'Training records of the responders', INCIDENT_RESPONSE),
  byHand('12.10.4.1', 'How often they are trained follows from a risk analysis', 'The risk analysis'),
  byHand(
    '12.10.5',
    'The plan covers alerts from security monitoring',
    'Which systems alert whom, and a recent alert with its handling',
    {
      ...INCIDENT_RESPONSE,
      note: 'That there are records to alert on is visible; that somebody follows the alerts is not.',
      rules: because('Without these records there is nothing to alert on.', 'cloudtrail-enabled', 'vpc-flow-logs'),
    },
  ),
  byHand(
    '12.10.6',
    'The plan changes with lessons learned',
    'Changes made to the plan after incidents and exercises',
    INCIDENT_RESPONSE,
  ),
  byHand(
    '12.10.7',
    'A procedure covers account numbers found where they should not be',
    'The procedure',
    INCIDENT_RESPONSE,
  ),
] as const
