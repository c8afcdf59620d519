import { because } from '../../framework.ts'
import { byHand, partly, shown } from '../rows.ts'
import { INBOUND_TRAFFIC, NO_PUBLIC_DATA, OUTBOUND_TRAFFIC } from '../shared-edges.ts'

/** Requirement 1: network security controls. */
export default [
  byHand(
    '1.1.1',
    'Policies and procedures for network controls are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '1.1.2',
    'Roles and responsibilities for network controls are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  byHand(
    '1.2.1',
    'Standards for rule sets of network controls are defined, put in place and maintained',
    'The configuration standard, and a sample of rule sets held against it',
  ),
  byHand(
    '1.2.2',
    'Changes of network connections and controls are approved and managed',
    'Change records of the period with their approvals',
    {
      note: 'That code is reviewed before it is applied is a setting of the code host, not of this repository.',
    },
  ),
  byHand(
    '1.2.3',
    'A network diagram shows every connection between cardholder data and other networks',
    'The current diagram with its date',
  ),
  byHand('1.2.4', 'A data-flow diagram shows every flow of account data', 'The current diagram with its date'),
  partly(
    '1.2.5',
    'Every service, protocol and port that is allowed has an owner, an approval and a need',
    'A description says why a rule exists; whether somebody approved it is not in the code.',
    'List of allowed services, protocols and ports with need and approval',
    {
      rules: because(
        'The description of a rule is where its need is written down.',
        'security-group-rule-description',
        'security-group-description',
      ),
    },
  ),
  partly(
    '1.2.6',
    'Insecure services, protocols and ports that are in use are secured',
    'Configuration shows which insecure services are let through, not what was done about the risk.',
    'Insecure services in use, and the feature that reduces the risk of each',
    {
      rules: [
        ...because(
          'Plain HTTP and FTP carry what they are sent in the clear.',
          'security-group-no-public-http',
          'network-acl-no-public-ftp',
          'transfer-no-ftp',
        ),
        ...because('A redirect takes visitors from the insecure protocol to the secure one.', 'alb-http-redirect'),
      ],
    },
  ),
  byHand('1.2.7', 'Rule sets are reviewed at least every six months', 'Records of the last two reviews'),
  partly(
    '1.2.8',
    'Configuration files of network controls are protected, and the same as what runs',
    'Protection of the Terraform state is visible; access to the repository is not.',
    'Who can change the configuration, and how drift is noticed',
    {
      rules: [
        ...because(
          'State that is encrypted and locked can neither be read nor be changed by two at once.',
          'terraform-state-encryption',
          'terraform-state-locking',
        ),
        ...because('A recorder notices when what runs is no longer what was configured.', 'config-recorder-enabled'),
      ],
    },
  ),
  shown('1.3.1', 'Inbound traffic to the cardholder data environment is limited to what is needed', {
    rules: INBOUND_TRAFFIC,
    predecessors: ['pci-dss-3.2.1:1.2.1'],
  }),
  partly(
    '1.3.2',
    'Outbound traffic from the cardholder data environment is limited to what is needed',
    'Outbound rules are visible; which outbound traffic is needed is for a person to say.',
    'Outbound rules with the need for each, and that everything else is denied',
    {
      rules: OUTBOUND_TRAFFIC,
      predecessors: ['pci-dss-3.2.1:1.2.1'],
    },
  ),
  byHand(
    '1.3.3',
    'Network controls stand between wireless networks and cardholder data',
    'Wireless networks, and what separates each from cardholder data; or that there are none',
  ),
  shown('1.4.1', 'Network controls stand between trusted and untrusted networks', {
    rules: [
      ...because(
        'A group that is open on all ports to every address is no control between the two networks.',
        'security-group-no-public-all-ports',
      ),
      ...because(
        'A list that lets everything in is no control between the two networks.',
        'network-acl-no-public-all-ports',
      ),
    ],
    predecessors: ['pci-dss-3.2.1:1.3.1'],
  }),
  shown('1.4.2', 'Inbound traffic from untrusted networks reaches only what is meant to be public', {
    rules: [
      ...because('A database is not meant to be public.', 'rds-not-public', 'security-group-no-public-database-ports'),
      ...because(
        'Administration ports are not meant to be public.',
        'security-group-no-public-ssh',
        'security-group-no-public-rdp',
      ),
    ],
    predecessors: ['pci-dss-3.2.1:1.3.1'],
  }),
  partly(
    '1.4.3',
    'Forged source addresses are detected and kept out',
    'AWS drops packets with a forged source by itself; what pods may send is visible.',
    'How the edge of the network drops forged addresses',
    {
      rules: because('Without NET_RAW a container cannot forge the source of a packet.', 'k8s-drop-net-raw'),
    },
  ),
  shown('1.4.4', 'What stores cardholder data cannot be reached directly from untrusted networks', {
    rules: NO_PUBLIC_DATA,
    predecessors: ['pci-dss-3.2.1:1.3.1'],
  }),
  byHand(
    '1.4.5',
    'Internal addresses and routes are disclosed to authorised parties only',
    'How internal addresses are kept from outsiders',
  ),
  byHand(
    '1.5.1',
    'Devices that connect to untrusted networks and to cardholder data carry controls of their own',
    'Controls on such devices, that they are active, and that users cannot switch them off',
  ),
] as const
