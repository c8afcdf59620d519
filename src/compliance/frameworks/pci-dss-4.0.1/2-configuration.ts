import { because } from '../../framework.ts'
import { byHand, partly } from '../rows.ts'
import { CONTAINER_HARDENING, ENCRYPTED_ADMINISTRATION } from '../shared-edges.ts'

/** Requirement 2: secure configuration. */
export default [
  byHand(
    '2.1.1',
    'Policies and procedures for secure configuration are written down, current, used and known',
    'The policies and procedures, their last review, and who was told',
  ),
  byHand(
    '2.1.2',
    'Roles and responsibilities for secure configuration are assigned and understood',
    'Who is responsible for what, and their acknowledgement',
  ),
  partly(
    '2.2.1',
    'Configuration standards cover every component, known weaknesses and accepted hardening guides',
    'Hardening in the code is visible; the standard that it follows is a document.',
    'The standards, the guides they follow, and how new systems are held against them',
    {
      rules: [
        ...because('Namespace labels hold every new pod against a published standard.', 'k8s-pod-security-labels'),
        ...because(
          'Security contexts write the standard down where it is applied.',
          'k8s-container-security-context',
          'k8s-pod-security-context',
        ),
        ...because(
          'The second version of the metadata service is what the hardening guides ask for.',
          'ec2-instance-imdsv2',
          'launch-template-imdsv2',
        ),
      ],
    },
  ),
  partly(
    '2.2.2',
    'Vendor default accounts and settings are changed or removed',
    'Defaults of AWS and Kubernetes are visible; those of other products are not.',
    'Default accounts of every product, and what was done with each',
    {
      rules: [
        ...because(
          'The default network and its group come with settings of the vendor.',
          'no-default-vpc',
          'vpc-default-security-group',
        ),
        ...because(
          'The default service account is the default account of every namespace.',
          'k8s-default-service-account-bound',
          'k8s-default-service-account-token',
        ),
      ],
    },
  ),
  byHand(
    '2.2.3',
    'Functions of different security levels are kept apart',
    'Which functions share a system, their security levels, and how they are kept apart',
    {
      note: 'Hardened workloads are supporting evidence; which functions differ in level is for a person to state.',
      rules: CONTAINER_HARDENING,
      predecessors: ['pci-dss-3.2.1:2.2.1'],
    },
  ),
  partly(
    '2.2.4',
    'Only services, protocols and functions that are needed are switched on',
    'Functions that hardening removes are visible; the need for the rest is not.',
    'What is switched on for each kind of system, and why',
    {
      rules: [
        ...because(
          'A capability, host port or socket that the workload does not need is a function too many.',
          'k8s-drop-all-capabilities',
          'k8s-no-added-capabilities',
          'k8s-no-host-port',
          'k8s-no-container-socket',
        ),
        ...because('These components are no longer needed in any cluster.', 'k8s-no-dashboard', 'k8s-no-tiller'),
        ...because('A build that needs no Docker daemon needs no privileged mode.', 'codebuild-no-privileged-mode'),
      ],
    },
  ),
  partly(
    '2.2.5',
    'Insecure services that are needed are justified and secured',
    'Insecure services are visible; their justification is not.',
    'Insecure services in use, why, and what reduces their risk',
    {
      rules: because('FTP has no encryption of its own.', 'transfer-no-ftp', 'network-acl-no-public-ftp'),
    },
  ),
  partly(
    '2.2.6',
    'Security parameters of systems are set to prevent misuse',
    'Parameters in the code are visible; those inside operating systems and products are not.',
    'The security parameters of each kind of system, and how they are checked',
    {
      rules: [
        ...because(
          'These parameters bound what a process may do to its node.',
          'k8s-seccomp-profile',
          'k8s-no-privilege-escalation',
          'k8s-read-only-root-filesystem',
          'k8s-run-as-non-root',
        ),
        ...because(
          'These parameters bound what can be learnt from the metadata service.',
          'ec2-instance-imdsv2',
          'launch-template-imdsv2',
          'launch-template-metadata-hop-limit',
        ),
        ...because('This parameter drops headers that are not well formed.', 'alb-drop-invalid-headers'),
      ],
    },
  ),
  partly(
    '2.2.7',
    'Administration over the network is encrypted',
    'Configuration shows listeners, not how administrators really connect.',
    'How administrators reach each system, and that every such way is encrypted',
    {
      rules: ENCRYPTED_ADMINISTRATION,
      predecessors: ['pci-dss-3.2.1:2.3'],
    },
  ),
  byHand(
    '2.3.1',
    'Vendor defaults of wireless networks are changed',
    'Settings of wireless networks near cardholder data; or that there are none',
  ),
  byHand(
    '2.3.2',
    'Keys of wireless networks change when people leave or a key is in doubt',
    'Record of key changes; or that there are no such networks',
  ),
] as const
