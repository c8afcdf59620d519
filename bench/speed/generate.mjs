// node bench/speed/generate.mjs (files N | lines) FOLDER: writes a Terraform monorepo to measure on. The same arguments give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{ path: string, text: string }} File */

const MODULES = 20

/** @param {number} number @returns {File[]} a module that others call: a bucket with companions, a queue, a role */
function sharedModule(number) {
  const folder = `modules/store-${number}`
  return [
    {
      path: `${folder}/main.tf`,
      text: `resource "aws_s3_bucket" "this" {
  for_each = var.buckets
  bucket   = "\${var.name}-\${each.key}"
  tags     = merge(local.tags, { purpose = each.value.purpose })
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  versioning_configuration {
    status = ${number % 3 === 0 ? '"Suspended"' : '"Enabled"'}
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each                = aws_s3_bucket.this
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = var.strict
  ignore_public_acls      = true
  restrict_public_buckets = var.strict
}

resource "aws_sqs_queue" "events" {
  count                   = var.events ? 1 : 0
  name                    = "\${var.name}-events"
  sqs_managed_sse_enabled = ${number % 2 === 0}
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [for bucket in aws_s3_bucket.this : "\${bucket.arn}/*"]
  }
}

resource "aws_iam_policy" "read" {
  name   = "\${var.name}-read"
  policy = data.aws_iam_policy_document.read.json
}
`,
    },
    {
      path: `${folder}/variables.tf`,
      text: `variable "name" {
  type = string
}

variable "strict" {
  type    = bool
  default = true
}

variable "events" {
  type    = bool
  default = ${number % 2 === 1}
}

variable "buckets" {
  type = map(object({ purpose = string }))
}

locals {
  tags = { module = "store-${number}", name = var.name }
}
`,
    },
    {
      path: `${folder}/outputs.tf`,
      text: `output "bucket_arns" {
  value = { for key, bucket in aws_s3_bucket.this : key => bucket.arn }
}
`,
    },
  ]
}

/** @param {number} number @returns {File[]} a service: four files, one module call, a security group with dynamic rules */
function service(number) {
  const folder = `services/team-${number % 25}/service-${number}`
  return [
    {
      path: `${folder}/main.tf`,
      text: `module "store" {
  source  = "../../../modules/store-${number % MODULES}"
  name    = local.name
  strict  = ${number % 5 !== 0}
  buckets = { for key in var.areas : key => { purpose = upper(key) } }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/service/\${local.name}"
  retention_in_days = var.retention_days
}

resource "aws_db_instance" "this" {
  identifier              = local.name
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  allocated_storage       = 50
  storage_encrypted       = ${number % 4 !== 0}
  publicly_accessible     = false
  backup_retention_period = ${number % 10}
  username                = "service"
  manage_master_user_password = true
  vpc_security_group_ids  = [aws_security_group.this.id]
}
`,
    },
    {
      path: `${folder}/network.tf`,
      text: `resource "aws_security_group" "this" {
  name        = local.name
  description = "Access to \${local.name}"
  vpc_id      = var.vpc_id

  dynamic "ingress" {
    for_each = var.ports
    content {
      description = "Port \${ingress.value}"
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ${number % 7 === 0 ? '["0.0.0.0/0"]' : '["10.0.0.0/8"]'}
    }
  }
}
`,
    },
    {
      path: `${folder}/variables.tf`,
      text: `variable "vpc_id" {
  type = string
}

variable "retention_days" {
  type    = number
  default = ${number % 2 === 0 ? 365 : 30}
}

variable "areas" {
  type    = set(string)
  default = ["inbox", "archive"]
}

variable "ports" {
  type    = list(number)
  default = [443, ${number % 11 === 0 ? 22 : 8443}]
}
`,
    },
    {
      path: `${folder}/locals.tf`,
      text: `locals {
  name = format("%s-%04d", "service", ${number})
}

output "bucket_arns" {
  value = module.store.bucket_arns
}
`,
    },
  ]
}

/** @param {number} count @returns {File[]} exactly `count` files: 20 shared modules, then services of four files */
function manyFiles(count) {
  const files = Array.from({ length: MODULES }, (_, number) => sharedModule(number)).flat()
  for (let number = 0; files.length < count; number += 1) files.push(...service(number))
  return files.slice(0, count)
}

/** @param {number} number @param {number} blocks */
function longFile(number, blocks) {
  const block = (index) => `resource "aws_security_group_rule" "r${index}" {
  type              = "ingress"
  description       = "Peer ${index}"
  from_port         = ${1000 + index}
  to_port           = ${1000 + index}
  protocol          = "tcp"
  cidr_blocks       = ["10.${number % 250}.${index}.0/24"]
  security_group_id = var.group_id
}
`
  return Array.from({ length: blocks }, (_, index) => block(index)).join('\n')
}

/** @returns {File[]} 50,000 lines in 709 files with 70 module calls from one root */
function manyLines() {
  /** @type {File[]} */
  const files = []
  const calls = Array.from(
    { length: 70 },
    (_, number) => `module "area_${number}" {
  source   = "./modules/area-${number}"
  group_id = aws_security_group.shared.id
}
`,
  ).join('\n')
  files.push({
    path: 'main.tf',
    text: `resource "aws_security_group" "shared" {
  name        = "shared"
  description = "Shared by every area"
}

${calls}`,
  })
  for (let module = 0; module < 70; module += 1) {
    files.push({ path: `modules/area-${module}/variables.tf`, text: 'variable "group_id" {\n  type = string\n}\n' })
  }
  for (let part = 0; files.length < 709; part += 1) {
    // Nine or ten files in each module; the resources of one module need names of their own.
    const text = longFile(part, 8).replaceAll('"r', `"r${Math.floor(part / 70)}_`)
    files.push({ path: `modules/area-${part % 70}/part-${Math.floor(part / 70)}.tf`, text })
  }
  return files
}

const [what, ...rest] = process.argv.slice(2)
const folder = rest.at(-1)
if (folder === undefined || (what !== 'lines' && what !== 'files')) {
  process.stderr.write('usage: generate.mjs files N FOLDER | generate.mjs lines FOLDER\n')
  process.exit(2)
}
const files = what === 'lines' ? manyLines() : manyFiles(Number(rest[0]))
for (const { path, text } of files) {
  const target = join(folder, path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text)
}
const lines = files.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)
process.stdout.write(`${files.length} files, ${lines} lines in ${folder}\n`)
