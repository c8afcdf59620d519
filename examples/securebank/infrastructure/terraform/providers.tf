provider "aws" {
  region = var.region

  default_tags {
    tags = local.tags
  }
}

# Disaster recovery keeps a copy of the settlement logs in another region.
provider "aws" {
  alias  = "dr"
  region = "us-west-2"
}
