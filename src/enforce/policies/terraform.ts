import type { TerraformPolicy } from './policy.ts'

/** A setting of a resource type that a configuration can show by itself. */
interface Flag {
  readonly name: string
  readonly title: string
  readonly rules: readonly string[]
  readonly types: readonly string[]
  /** Names of nested blocks, then the attribute. */
  readonly path: readonly string[]
  /** `required`: must be written as this; `forbidden`: must not be. */
  readonly required?: string | boolean
  readonly forbidden?: string | boolean
}

const FLAGS: readonly Flag[] = [
  {
    name: 'rds-not-public',
    title: 'Databases have no public address',
    rules: ['rds-not-public'],
    types: ['aws_db_instance', 'aws_rds_cluster_instance'],
    path: ['publicly_accessible'],
    forbidden: true,
  },
  {
    name: 'rds-storage-encrypted',
    title: 'Databases are encrypted at rest',
    rules: ['rds-storage-encrypted'],
    types: ['aws_db_instance', 'aws_rds_cluster'],
    path: ['storage_encrypted'],
    required: true,
  },
  {
    name: 'rds-deletion-protection',
    title: 'Databases are protected from deletion',
    rules: ['rds-deletion-protection'],
    types: ['aws_db_instance', 'aws_rds_cluster'],
    path: ['deletion_protection'],
    required: true,
  },
  {
    name: 'kms-key-rotation',
    title: 'Keys are rotated',
    rules: ['kms-key-rotation'],
    types: ['aws_kms_key'],
    path: ['enable_key_rotation'],
    required: true,
  },
  {
    name: 'ecr-immutable-tags',
    title: 'Image tags cannot be moved',
    rules: ['ecr-immutable-tags'],
    types: ['aws_ecr_repository'],
    path: ['image_tag_mutability'],
    required: 'IMMUTABLE',
  },
  {
    name: 'ecr-scan-on-push',
    title: 'Images are scanned when they are pushed',
    rules: ['ecr-scan-on-push'],
    types: ['aws_ecr_repository'],
    path: ['image_scanning_configuration', 'scan_on_push'],
    required: true,
  },
  {
    name: 'efs-encrypted',
    title: 'File systems are encrypted',
    rules: ['efs-encrypted'],
    types: ['aws_efs_file_system'],
    path: ['encrypted'],
    required: true,
  },
  {
    name: 'ebs-volume-encrypted',
    title: 'Volumes are encrypted',
    rules: ['ebs-volume-encrypted'],
    types: ['aws_ebs_volume'],
    path: ['encrypted'],
    required: true,
  },
  {
    name: 'ec2-instance-imdsv2',
    title: 'Instances answer metadata requests with a token only',
    rules: ['ec2-instance-imdsv2', 'launch-template-imdsv2'],
    types: ['aws_instance', 'aws_launch_template'],
    path: ['metadata_options', 'http_tokens'],
    required: 'required',
  },
  {
    name: 'cloudtrail-log-file-validation',
    title: 'Trails can be checked for changes',
    rules: ['cloudtrail-log-file-validation'],
    types: ['aws_cloudtrail'],
    path: ['enable_log_file_validation'],
    required: true,
  },
  {
    name: 'cloudtrail-multi-region',
    title: 'Trails record every region',
    rules: ['cloudtrail-multi-region'],
    types: ['aws_cloudtrail'],
    path: ['is_multi_region_trail'],
    required: true,
  },
  {
    name: 'elasticache-encrypted',
    title: 'Caches are encrypted at rest and in transit',
    rules: ['elasticache-at-rest-encryption'],
    types: ['aws_elasticache_replication_group'],
    path: ['at_rest_encryption_enabled'],
    required: true,
  },
  {
    name: 'elasticache-transit',
    title: 'Caches are reached through TLS',
    rules: ['elasticache-transit-encryption'],
    types: ['aws_elasticache_replication_group'],
    path: ['transit_encryption_enabled'],
    required: true,
  },
  {
    name: 'alb-drop-invalid-headers',
    title: 'Load balancers drop invalid headers',
    rules: ['alb-drop-invalid-headers'],
    types: ['aws_lb', 'aws_alb'],
    path: ['drop_invalid_header_fields'],
    required: true,
  },
  {
    name: 'redshift-not-public',
    title: 'Warehouses have no public address',
    rules: ['redshift-not-public'],
    types: ['aws_redshift_cluster'],
    path: ['publicly_accessible'],
    required: false,
  },
  {
    name: 's3-no-force-destroy',
    title: 'Buckets with objects cannot be destroyed',
    rules: ['s3-no-force-destroy'],
    types: ['aws_s3_bucket'],
    path: ['force_destroy'],
    forbidden: true,
  },
]

/** The form of Conftest's HCL reader, where a block may be an object or a list of them. */
const HELPERS = `
tf_resources(type) := [{"name": name, "body": body} |
	some name, value in input.resource[type]
	some body in tf_bodies(value)
]

tf_bodies(value) := value if is_array(value)

tf_bodies(value) := [value] if is_object(value)

# A reference or an expression, whose value is not known here.
tf_is_expression(value) if {
	is_string(value)
	contains(value, "\${")
}`.trim()

function flagPolicy({ name, title, rules, types, path, required, forbidden }: Flag): TerraformPolicy {
  const attribute = path.at(-1) ?? ''
  const blocks = path.slice(0, -1)
  const wanted = JSON.stringify(required ?? forbidden)
  const fault = required === undefined ? `must not be ${wanted}` : `must be ${wanted}`
  const holder = blocks.reduce((at, block) => `tf_bodies(${at}.${block})[_]`, 'body')
  const test =
    required === undefined
      ? `tf_flag_set(found.body)`
      : `not tf_flag_set(found.body)\n\tnot tf_flag_unknown(found.body)`
  const rego = `
violation contains {"msg": msg, "details": {"address": address}} if {
	some type in ${JSON.stringify(types)}
	some found in tf_resources(type)
	${test}
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: ${path.join('.')} ${fault.replaceAll('"', "'")}.", [address])
}

tf_flag_set(body) if tf_same(${holder}.${attribute})

tf_same(value) if value == ${wanted}
${typeof (required ?? forbidden) === 'boolean' ? `\ntf_same(value) if value == "${String(required ?? forbidden)}"\n` : ''}${
    required === undefined
      ? ''
      : `\ntf_flag_unknown(body) if tf_is_expression(${holder}.${attribute})\n${dynamicBlock(blocks)}`
  }
${required === undefined ? HELPERS.slice(0, HELPERS.indexOf('\n\n# A reference')) : HELPERS}`.trim()
  const [type = ''] = types
  return {
    name,
    title,
    rules,
    rego,
    failing: terraform(
      type,
      path,
      required === undefined ? forbidden : typeof required === 'boolean' ? !required : 'other',
    ),
    passing: terraform(type, path, required ?? !forbidden),
  }
}

/** The block may come from a `dynamic` one. */
function dynamicBlock([block]: readonly string[]): string {
  return block === undefined ? '' : `\ntf_flag_unknown(body) if body.dynamic.${block}\n`
}

function terraform(type: string, path: readonly string[], value: string | boolean | undefined): string {
  const [first = '', second] = path
  const written = JSON.stringify(value)
  const inner = second === undefined ? `  ${first} = ${written}\n` : `  ${first} {\n    ${second} = ${written}\n  }\n`
  return `resource "${type}" "sample" {\n${inner}}\n`
}

const PORTS = [
  'security-group-no-public-ssh',
  'security-group-no-public-rdp',
  'security-group-no-public-database-ports',
  'security-group-no-public-all-ports',
]

const SECURITY_GROUPS: TerraformPolicy = {
  name: 'security-group-no-public-admin-ports',
  title: 'Nobody reaches SSH, RDP or a database from the whole internet',
  rules: PORTS,
  rego: `
violation contains {"msg": msg, "details": {"address": address}} if {
	some [address, block] in tf_open_rules
	some port in {22, 1433, 1521, 3306, 3389, 5432, 6379, 9200, 27017}
	tf_reaches(block, port)
	msg := sprintf("%v lets the whole internet reach port %v.", [address, port])
}

tf_open_rules contains [address, block] if {
	some found in tf_resources("aws_security_group")
	some block in tf_bodies(found.body.ingress)
	tf_is_public(block)
	address := sprintf("aws_security_group.%v", [found.name])
}

tf_open_rules contains [address, found.body] if {
	some found in tf_resources("aws_security_group_rule")
	found.body.type == "ingress"
	tf_is_public(found.body)
	address := sprintf("aws_security_group_rule.%v", [found.name])
}

tf_open_rules contains [address, found.body] if {
	some found in tf_resources("aws_vpc_security_group_ingress_rule")
	tf_is_public(found.body)
	address := sprintf("aws_vpc_security_group_ingress_rule.%v", [found.name])
}

tf_is_public(block) if block.cidr_blocks[_] in {"0.0.0.0/0", "::/0"}

tf_is_public(block) if block.ipv6_cidr_blocks[_] == "::/0"

tf_is_public(block) if block.cidr_ipv4 == "0.0.0.0/0"

tf_is_public(block) if block.cidr_ipv6 == "::/0"

tf_reaches(block, _) if tf_protocol(block) in {"-1", "all"}

tf_reaches(block, port) if {
	to_number(block.from_port) <= port
	port <= to_number(block.to_port)
}

tf_protocol(block) := sprintf("%v", [block.protocol])

tf_protocol(block) := sprintf("%v", [block.ip_protocol]) if not block.protocol

${HELPERS.slice(0, HELPERS.indexOf('\n\n# A reference'))}`.trim(),
  failing: `resource "aws_security_group" "sample" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n`,
  passing: `resource "aws_security_group" "sample" {\n  ingress {\n    from_port   = 22\n    to_port     = 22\n    protocol    = "tcp"\n    cidr_blocks = ["203.0.113.0/24"]\n  }\n}\n`,
}

const ACLS: TerraformPolicy = {
  name: 's3-no-public-acl',
  title: 'Bucket ACLs let nobody in',
  rules: ['s3-no-public-acl', 's3-no-public-acl-view', 's3-no-public-write-acl', 's3-no-authenticated-users-acl'],
  rego: `
violation contains {"msg": msg, "details": {"address": address}} if {
	some type in {"aws_s3_bucket", "aws_s3_bucket_acl"}
	some found in tf_resources(type)
	found.body.acl in {"public-read", "public-read-write", "authenticated-read"}
	address := sprintf("%v.%v", [type, found.name])
	msg := sprintf("%v: the ACL %v lets others in.", [address, found.body.acl])
}

${HELPERS.slice(0, HELPERS.indexOf('\n\n# A reference'))}`.trim(),
  failing: 'resource "aws_s3_bucket_acl" "sample" {\n  bucket = "sample"\n  acl    = "public-read"\n}\n',
  passing: 'resource "aws_s3_bucket_acl" "sample" {\n  bucket = "sample"\n  acl    = "private"\n}\n',
}

const BLOCKS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'] as const

const PUBLIC_ACCESS: TerraformPolicy = {
  name: 's3-public-access-block',
  title: 'Public access blocks block everything',
  rules: [
    's3-block-public-acls',
    's3-block-public-policy',
    's3-ignore-public-acls',
    's3-restrict-public-buckets',
    's3-public-access-block',
  ],
  rego: `
violation contains {"msg": msg, "details": {"address": address}} if {
	some found in tf_resources("aws_s3_bucket_public_access_block")
	some attribute in ${JSON.stringify(BLOCKS)}
	value := object.get(found.body, attribute, false)
	not value in {true, "true"}
	not tf_is_expression(value)
	address := sprintf("aws_s3_bucket_public_access_block.%v", [found.name])
	msg := sprintf("%v: %v must be true.", [address, attribute])
}

# In one file: the block of a bucket may be in another, so a bucket without any is not judged here.
${HELPERS}`.trim(),
  failing:
    'resource "aws_s3_bucket_public_access_block" "sample" {\n  bucket            = "sample"\n  block_public_acls = false\n}\n',
  passing: `resource "aws_s3_bucket_public_access_block" "sample" {\n  bucket = "sample"\n${BLOCKS.map((name) => `  ${name} = true\n`).join('')}}\n`,
}

/** Policies over Terraform. */
export const TERRAFORM_POLICIES: readonly TerraformPolicy[] = [
  SECURITY_GROUPS,
  ACLS,
  PUBLIC_ACCESS,
  ...FLAGS.map(flagPolicy),
].sort((a, b) => (a.name < b.name ? -1 : 1))
