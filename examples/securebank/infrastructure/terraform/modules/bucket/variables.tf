variable "name" {
  type = string
}

variable "acl" {
  type        = string
  description = "Canned ACL."
  default     = "private"
}

variable "versioning" {
  type    = bool
  default = true
}

variable "kms_key_arn" {
  type        = string
  description = "Customer-managed key; without one the bucket uses SSE-S3."
  default     = null
}

variable "log_bucket" {
  type    = string
  default = null
}
