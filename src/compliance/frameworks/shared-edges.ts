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
  ...because(
    'Plain HTTP from everywhere to something other than a public load balancer is not traffic that is needed.',
    'security-group-no-public-http',
  ),
  ...because(
    'The default group connects whatever lands in it; empty, it connects nothing.',
    'vpc-default-security-group',
  ),
  ...because(
    'A network access list that lets every address in stands behind no boundary.',
    'network-acl-no-public-ssh',
    'network-acl-no-public-rdp',
    'network-acl-no-public-ftp',
    'network-acl-no-public-all-ports',
  ),
  ...because('Without a NetworkPolicy every pod of the cluster may talk to this one.', 'k8s-network-policy'),
]

export const OUTBOUND_TRAFFIC: readonly RuleEdge[] = because(
  'A group that lets everything out limits no outbound traffic.',
  'security-group-no-unrestricted-egress',
)

export const ENCRYPTED_ADMINISTRATION: readonly RuleEdge[] = because(
  'An administrative page behind a load balancer is encrypted only if the listener is.',
  'alb-listener-https',
  'alb-tls-minimum',
)

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
    's3-no-authenticated-users-acl',
  ),
  ...because(
    'A broker, warehouse or replication host with a public address can be reached without passing through the DMZ.',
    'redshift-not-public',
    'mq-broker-not-public',
    'dms-replication-instance-not-public',
  ),
  ...because(
    'A snapshot or access point for everyone is the data itself, outside every network.',
    'rds-snapshot-not-public',
    's3-access-point-public-access-block',
  ),
  ...because(
    'A machine that gets a public address by default stands outside the DMZ by default.',
    'subnet-no-public-ip',
    'ec2-instance-no-public-ip',
    'launch-configuration-no-public-ip',
    'ecs-service-no-public-ip',
  ),
  ...because(
    'A control plane that every address may reach is administration without a DMZ.',
    'eks-no-public-cidr',
    'eks-private-endpoint',
  ),
  ...because('Nodes that speak to the control plane inside the network need no way out for it.', 'eks-private-access'),
  ...because(
    'A queue, topic, key or registry whose policy names everybody is public, whatever the network says.',
    'sqs-no-public-policy',
    'sns-no-public-policy',
    'ecr-no-public-policy',
    'kms-no-public-policy',
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
  ...because('A service that says how it is can be watched for its one function.', 'source-health-routes'),
  ...because(
    'Namespace labels make the hardened configuration a condition of entry, not a habit.',
    'k8s-pod-security-labels',
  ),
  ...because('NET_RAW lets a container read and forge the traffic of its neighbours.', 'k8s-drop-net-raw'),
  ...because(
    'A task that runs privileged or rewrites its own files does more than its one function.',
    'ecs-no-privileged-containers',
    'ecs-read-only-root-filesystem',
  ),
]

export const INVENTORY: readonly RuleEdge[] = [
  ...because('An inventory can only name what runs if the image reference names one version.', 'k8s-image-tag'),
  ...because('Minor upgrades bring the fixes that the inventory says are needed.', 'rds-minor-version-upgrades'),
  ...because(
    'A version that gets no more fixes cannot be patched.',
    'eks-supported-version',
    'lambda-supported-runtime',
  ),
]

export const STORED_DATA_UNREADABLE: readonly RuleEdge[] = [
  ...because(
    'Encryption with a managed key keeps stored objects unreadable to whoever has the storage but not the key.',
    's3-bucket-kms-encryption',
  ),
  ...because('Storage encryption covers the database files, snapshots and replicas.', 'rds-storage-encrypted'),
  ...because(
    'What a volume, file system or disk image holds is readable to whoever gets its blocks, unless they are encrypted.',
    'ebs-volume-encrypted',
    'instance-volumes-encrypted',
    'efs-encrypted',
    'ebs-default-encryption',
  ),
  ...because(
    'A data store without encryption at rest keeps account data readable in its files and backups.',
    'elasticache-at-rest-encryption',
    'redshift-encrypted',
    'docdb-encrypted',
    'neptune-encrypted',
    'opensearch-encryption-at-rest',
    'rds-cluster-snapshot-encrypted',
    'rds-global-cluster-encrypted',
    'dynamodb-customer-managed-key',
  ),
  ...because(
    'Queues, streams and logs carry copies of what they are about.',
    'sqs-queue-encrypted',
    'sns-topic-encrypted',
    'kinesis-stream-encrypted',
    'cloudwatch-log-encryption',
    'cloudtrail-kms-encryption',
  ),
  ...because('The bucket must not fall back to no encryption at all.', 's3-bucket-encryption'),
  ...because('State holds every value that Terraform knows, secrets among them.', 'terraform-state-encryption'),
]

export const ENCRYPTED_TRANSIT: readonly RuleEdge[] = [
  ...because('A plain HTTP listener carries what it is sent in the clear over the internet.', 'alb-listener-https'),
  ...because('A bucket policy that denies plain HTTP leaves TLS as the only way in.', 's3-tls-only-policy'),
  ...because(
    'An old protocol version or cipher is encryption in name only.',
    'alb-tls-minimum',
    'alb-strong-ciphers',
    'cloudfront-tls-minimum',
    'apigateway-domain-tls',
    'opensearch-tls-policy',
  ),
  ...because(
    'A distribution that serves or fetches by plain HTTP carries account data in the clear.',
    'cloudfront-viewer-https',
    'cloudfront-origin-https',
    'cloudfront-origin-tls-protocols',
  ),
  ...because('A classic load balancer without a TLS listener takes what it is sent in the clear.', 'elb-listener-tls'),
  ...because('A redirect turns the first request of every visitor into an encrypted one.', 'alb-http-redirect'),
  ...because('A browser that was told to stay with HTTPS makes no first request in the clear.', 'source-hsts'),
  ...because(
    'A data store that accepts connections without TLS sends account data as it is.',
    'rds-encryption-in-transit',
    'docdb-tls',
    'elasticache-transit-encryption',
    'redshift-require-ssl',
    'opensearch-enforce-https',
    'msk-encryption-in-transit',
    'dms-endpoint-ssl',
  ),
  ...because(
    'File transfer and mail without TLS can be read on the way.',
    'transfer-no-ftp',
    'ses-require-tls',
    'ecs-efs-transit-encryption',
  ),
]

export const WEB_APPLICATION_PROTECTION: readonly RuleEdge[] = [
  ...because('A web application firewall on the load balancer inspects what reaches the application.', 'alb-waf'),
  ...because(
    'An admission webhook that fails open lets changes through unexamined exactly when it is under attack.',
    'webhook-fails-open',
  ),
  ...because('A constraint that only warns blocks nothing.', 'k8s-constraint-not-enforced'),
  ...because('A distribution without a web application firewall passes every request on.', 'cloudfront-waf'),
]

export const NO_WILDCARD_ACCESS: readonly RuleEdge[] = [
  ...because(
    'A policy that allows every action on every resource ignores what the job needs.',
    'iam-no-admin-policy',
    'iam-document-no-admin',
  ),
  ...because(
    'Access for everyone is access without need.',
    's3-no-public-policy',
    's3-no-public-write-acl',
    's3-no-authenticated-users-acl',
  ),
  ...because(
    'A star for the actions or the resources gives more than the job needs, today and with every new service.',
    'iam-no-wildcard-actions',
    'iam-document-no-wildcard-actions',
    'iam-no-wildcard-resources',
    'iam-document-no-wildcard-resources',
  ),
  ...because(
    'A role that everybody may assume has no need to know.',
    'iam-role-no-public-trust',
    'iam-role-no-account-trust',
    'iam-document-no-public-principal',
  ),
  ...because(
    'A role of the cluster with stars gives every workload bound to it more than it needs.',
    'k8s-rbac-wildcards',
    'k8s-cluster-admin-binding',
  ),
  ...because('Reading every Secret of a cluster is access to everything those Secrets open.', 'k8s-rbac-secrets'),
]

export const CREDENTIALS_UNREADABLE: readonly RuleEdge[] = [
  ...because(
    'A password written into configuration can be read by everyone who can read the repository.',
    'rds-no-hardcoded-password',
  ),
  ...because(
    'A credential in a manifest or environment value is stored in the clear.',
    'k8s-no-plaintext-credentials',
    'k8s-no-secret-values',
  ),
  ...because(
    'A key written into a provider, a function or a start-up script can be read by everyone who can read the repository.',
    'provider-no-credentials',
    'lambda-no-hardcoded-secrets',
    'user-data-no-secrets',
  ),
  ...because('A parameter of type String is stored and shown in the clear.', 'ssm-parameter-encrypted'),
  ...because('A secret that is sent over plain HTTP can be read on the way.', 'secrets-not-sent-by-http'),
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
  ...because('Backups that are kept for days hold what a log of the database has lost.', 'rds-backup-retention'),
]

export const SYSTEM_LOGS: readonly RuleEdge[] = [
  ...because(
    'Logs of the control plane, load balancers, distributions and interfaces record who asked for what.',
    'eks-control-plane-logs',
    'k8s-api-server-audit-log',
    'lb-access-logs',
    'cloudfront-access-logging',
    'apigateway-access-logging',
  ),
  ...because(
    'Logs of the database record who connected to the data.',
    'rds-log-exports',
    'rds-cluster-audit-logs',
    'redshift-logging',
  ),
]
