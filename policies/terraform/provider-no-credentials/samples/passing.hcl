provider "aws" {
  access_key = var.access_key
}
