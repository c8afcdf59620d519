import { because, type RuleEdge } from '../framework.ts'

/** Edges that a requirement and its successor have in common, each with the rationale that holds for both. */

export const INBOUND_TRAFFIC: readonly RuleEdge[] = [
  ...because(
    'A security group is the network control in front of a resource; a port open to every address is not traffic that is needed.',
    'security-group-no-public-ssh',
    'security-group-no-public-rdp',
    'security-group-no-public-all-ports',
    'security-group-no-public-database-ports',
  ),
]

export const NO_PUBLIC_DATA: readonly RuleEdge[] = [
  ...because('A database with a public address can be reached without passing through the DMZ.', 'rds-not-public'),
  ...because(
    'A database port that is open to every address exposes the data store directly.',
    'security-group-no-public-database-ports',
  ),
  ...because(
    'Block settings keep a bucket private even when somebody adds a public policy or ACL later.',
    's3-public-access-block',
    's3-block-public-acls',
    's3-block-public-policy',
    's3-ignore-public-acls',
    's3-restrict-public-buckets',
  ),
  ...because(
    'A policy or ACL for everyone makes the bucket part of the public internet.',
    's3-no-public-policy',
    's3-no-public-acl',
    's3-no-public-write-acl',
  ),
]

export const CONTAINER_HARDENING: readonly RuleEdge[] = [
  ...because(
    'A container with these rights shares its node with everything else on it, so functions are no longer separated.',
    'k8s-no-privileged',
    'k8s-no-privilege-escalation',
    'k8s-no-sys-admin',
    'k8s-no-added-capabilities',
    'k8s-drop-all-capabilities',
    'k8s-no-container-socket',
  ),
  ...because(
    'Sharing a namespace, port or path of the host removes the boundary between one function and the next.',
    'k8s-no-host-pid',
    'k8s-no-host-ipc',
    'k8s-no-host-network',
    'k8s-no-host-port',
    'k8s-no-host-path',
  ),
  ...because(
    'A process without root rights, with a filtered system call surface and an unchanging file system, does one thing only.',
    'k8s-run-as-non-root',
    'k8s-high-uid',
    'k8s-read-only-root-filesystem',
    'k8s-seccomp-profile',
  ),
  ...because(
    'A token that the workload does not need is functionality that is not needed.',
    'k8s-service-account-token',
  ),
  ...because(
    'Requests and limits keep one workload from starving another that shares its node.',
    'k8s-cpu-requests',
    'k8s-cpu-limits',
    'k8s-memory-requests',
    'k8s-memory-limits',
  ),
  ...because(
    'A probe states what the one function of the container is, and notices when it stops.',
    'k8s-liveness-probe',
    'k8s-readiness-probe',
  ),
  ...because(
    'Namespace labels make the hardened configuration a condition of entry, not a habit.',
    'k8s-pod-security-labels',
  ),
]

export const INVENTORY: readonly RuleEdge[] = [
  ...because('An inventory can only name what runs if the image reference names one version.', 'k8s-image-tag'),
]

export const STORED_DATA_UNREADABLE: readonly RuleEdge[] = [
  ...because(
    'Encryption with a managed key keeps stored objects unreadable to whoever has the storage but not the key.',
    's3-bucket-kms-encryption',
  ),
  ...because('Storage encryption covers the database files, snapshots and replicas.', 'rds-storage-encrypted'),
]

export const ENCRYPTED_TRANSIT: readonly RuleEdge[] = [
  ...because('A plain HTTP listener carries what it is sent in the clear over the internet.', 'alb-listener-https'),
  ...because('A bucket policy that denies plain HTTP leaves TLS as the only way in.', 's3-tls-only-policy'),
]

export const WEB_APPLICATION_PROTECTION: readonly RuleEdge[] = [
  ...because('A web application firewall on the load balancer inspects what reaches the application.', 'alb-waf'),
  ...because(
    'An admission webhook that fails open lets changes through unexamined exactly when it is under attack.',
    'webhook-fails-open',
  ),
  ...because('A constraint that only warns blocks nothing.', 'k8s-constraint-not-enforced'),
]

export const NO_WILDCARD_ACCESS: readonly RuleEdge[] = [
  ...because(
    'A policy that allows every action on every resource ignores what the job needs.',
    'iam-no-admin-policy',
    'iam-document-no-admin',
  ),
  ...because('Access for everyone is access without need.', 's3-no-public-policy', 's3-no-public-write-acl'),
  ...because('With ACLs switched off, policies alone decide who may, and can be reviewed.', 's3-ownership-controls'),
]

export const CREDENTIALS_UNREADABLE: readonly RuleEdge[] = [
  ...because(
    'A password written into configuration can be read by everyone who can read the repository.',
    'rds-no-hardcoded-password',
  ),
  ...because('A credential in a manifest or environment value is stored in the clear.', 'k8s-no-plaintext-credentials'),
]

export const LOG_BACKUPS: readonly RuleEdge[] = [
  ...because('With versioning, an overwritten or deleted log object can be brought back.', 's3-bucket-versioning'),
  ...because('Digest files show whether a log was changed after it was delivered.', 'cloudtrail-log-file-validation'),
  ...because('A bucket that may be destroyed with its content takes the history along.', 's3-no-force-destroy'),
]

export const LOG_RETENTION: readonly RuleEdge[] = [
  ...because('A log group that keeps at least 365 days holds the year that is asked for.', 'cloudwatch-log-retention'),
  ...because('A log group that states its period follows a decision, not a default.', 'cloudwatch-log-retention-set'),
  ...because('A lifecycle configuration states how long objects are kept, and where.', 's3-lifecycle-configuration'),
]
