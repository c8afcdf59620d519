/** Changing one of these does not replace the resource, and still stops it, locks people out, or cannot be taken back. */
interface Disruption {
  readonly types: readonly string[]
  /** Paths without indexes. */
  readonly paths: readonly string[]
  /** Ends the sentence "changing it ...". */
  readonly effect: string
  readonly source: string
}

const RDS_SETTINGS = 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.Settings.html'
const AURORA_SETTINGS = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Modifying.html'
const EC2_RESIZE = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-resize.html'
const EC2_USER_DATA = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html'
const REDSHIFT_CLUSTER = 'https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-operations.html'
const REDSHIFT_ENCRYPTION = 'https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html'

/**
 * Read on 2026-11-21. `multi_az` of RDS is left out on purpose: AWS says that no downtime occurs. `apply_immediately` itself
 * changes nothing, and lets whatever is pending happen at once.
 */
export const DISRUPTIONS: readonly Disruption[] = [
  {
    types: ['aws_db_instance'],
    paths: ['instance_class', 'engine_version', 'port', 'db_subnet_group_name', 'storage_type', 'ca_cert_identifier'],
    effect: 'restarts the database or takes it offline',
    source: RDS_SETTINGS,
  },
  {
    types: [
      'aws_db_instance',
      'aws_rds_cluster',
      'aws_rds_cluster_instance',
      'aws_docdb_cluster',
      'aws_neptune_cluster',
    ],
    paths: ['apply_immediately'],
    effect: 'lets pending changes interrupt the database at once',
    source: RDS_SETTINGS,
  },
  {
    types: ['aws_db_instance', 'aws_rds_cluster_instance'],
    paths: ['identifier'],
    effect: 'gives the database another endpoint',
    source: RDS_SETTINGS,
  },
  {
    types: ['aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'],
    paths: ['engine_version', 'port'],
    effect: 'restarts the cluster',
    source: AURORA_SETTINGS,
  },
  {
    types: ['aws_rds_cluster_instance'],
    paths: ['instance_class', 'ca_cert_identifier'],
    effect: 'restarts the database',
    source: AURORA_SETTINGS,
  },
  {
    types: ['aws_db_instance'],
    paths: ['password', 'password_wo', 'password_wo_version', 'manage_master_user_password'],
    effect: 'changes the master password while clients still use the old one',
    source: RDS_SETTINGS,
  },
  {
    types: ['aws_rds_cluster', 'aws_docdb_cluster'],
    paths: ['master_password', 'manage_master_user_password'],
    effect: 'changes the master password while clients still use the old one',
    source: AURORA_SETTINGS,
  },
  {
    types: ['aws_elasticache_replication_group', 'aws_elasticache_cluster'],
    paths: ['node_type', 'engine_version'],
    effect: 'interrupts the cache while its nodes are exchanged',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/VersionManagement.HowTo.html',
  },
  {
    types: ['aws_elasticache_replication_group'],
    paths: ['auth_token', 'auth_token_update_strategy', 'transit_encryption_mode'],
    effect: 'locks out clients that do not follow',
    source: 'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html',
  },
  {
    types: ['aws_instance'],
    paths: ['instance_type', 'ebs_optimized', 'cpu_options.core_count', 'cpu_options.threads_per_core'],
    effect: 'stops the instance and starts it again',
    source: EC2_RESIZE,
  },
  {
    types: ['aws_instance'],
    paths: ['user_data', 'user_data_base64'],
    effect: 'stops the instance and starts it again, or replaces it',
    source: EC2_USER_DATA,
  },
  {
    types: ['aws_eks_cluster'],
    paths: ['version'],
    effect: 'upgrades the control plane, which cannot be taken back',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html',
  },
  {
    types: ['aws_eks_node_group'],
    paths: ['version', 'release_version', 'launch_template.version'],
    effect: 'drains and replaces the nodes',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html',
  },
  {
    types: ['aws_redshift_cluster'],
    paths: ['node_type', 'number_of_nodes', 'cluster_type', 'cluster_version', 'port'],
    effect: 'resizes or restarts the cluster, which is read-only or away meanwhile',
    source: REDSHIFT_CLUSTER,
  },
  {
    types: ['aws_redshift_cluster'],
    paths: ['encrypted', 'kms_key_id'],
    effect: 'moves all data to another cluster, which is read-only meanwhile',
    source: REDSHIFT_ENCRYPTION,
  },
  {
    types: ['aws_redshift_cluster'],
    paths: ['master_password', 'manage_master_password'],
    effect: 'changes the master password while clients still use the old one',
    source: REDSHIFT_CLUSTER,
  },
  {
    types: ['aws_msk_cluster'],
    paths: ['kafka_version', 'broker_node_group_info.instance_type'],
    effect: 'restarts the brokers one after the other, and cannot be taken back to an older version',
    source: 'https://docs.aws.amazon.com/msk/latest/developerguide/version-upgrades.html',
  },
  {
    types: ['aws_mq_broker'],
    paths: ['engine_version', 'host_instance_type', 'apply_immediately'],
    effect: 'reboots the broker',
    source: 'https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-rebooting-broker.html',
  },
  {
    types: ['aws_dms_replication_instance'],
    paths: ['replication_instance_class', 'engine_version', 'apply_immediately'],
    effect: 'interrupts the replication',
    source: 'https://docs.aws.amazon.com/dms/latest/userguide/CHAP_ReplicationInstance.Modifying.html',
  },
  {
    types: ['aws_lb_listener', 'aws_alb_listener'],
    paths: ['port', 'protocol'],
    effect: 'cuts off clients that use the old port or protocol',
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
  },
  {
    types: ['aws_transfer_server'],
    paths: ['endpoint_type', 'endpoint_details.vpc_id', 'endpoint_details.subnet_ids'],
    effect: 'stops the server while its endpoint changes',
    source: 'https://docs.aws.amazon.com/transfer/latest/userguide/edit-server-config.html',
  },
]

/**
 * Types of which a replacement is a new version beside the old one: a task definition gets another revision, running tasks
 * stay, and services move by their own deployment.
 */
export const VERSIONED_TYPES: ReadonlySet<string> = new Set(['aws_ecs_task_definition'])
