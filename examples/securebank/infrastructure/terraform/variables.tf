variable "region" {
  type        = string
  description = "Region of the primary site."
  default     = "us-east-1"
}

variable "environment" {
  type        = string
  description = "Name of the environment, part of most resource names."
}

variable "vpc_cidr" {
  type    = string
  default = "10.20.0.0/16"
}

variable "subnets" {
  description = "Subnets by name. Public ones hold the load balancer, private ones everything else."
  type = map(object({
    cidr   = string
    zone   = string
    public = optional(bool, false)
  }))
}

variable "service_ports" {
  type        = list(number)
  description = "Ports on which the backend answers inside the VPC."
  default     = [8080, 9090]
}

variable "bastion_ports" {
  type    = list(number)
  default = [22, 3389]
}

variable "partner_cidrs" {
  type        = list(string)
  description = "Networks of the acquirer, agreed per contract, so without a default."
  nullable    = false

  validation {
    condition     = length(setintersection(var.partner_cidrs, ["0.0.0.0/0", "::/0"])) == 0
    error_message = "The acquirer's networks cannot be the whole internet."
  }
}

variable "office_cidr" {
  type        = string
  description = "Where support staff connect from. Set by the pipeline."
  nullable    = false

  validation {
    condition     = can(cidrhost(var.office_cidr, 0)) && try(tonumber(split("/", var.office_cidr)[1]), 0) >= 16
    error_message = "One network of the office, not everybody."
  }
}

variable "tools_tag_mutability" {
  type        = string
  description = "MUTABLE while the tools team still moves tags. Set by the pipeline."
}

variable "create_reports_bucket" {
  type    = bool
  default = true
}

variable "cluster_version" {
  type    = string
  default = "1.33"
}
