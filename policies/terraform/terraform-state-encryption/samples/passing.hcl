terraform {
  backend "s3" {
    bucket  = "sample-state"
    key     = "sample.tfstate"
    encrypt = true
  }
}
