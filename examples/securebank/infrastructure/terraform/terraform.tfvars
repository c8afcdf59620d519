environment = "prod"

subnets = {
  public-a  = { cidr = "10.20.0.0/24", zone = "us-east-1a", public = true }
  public-b  = { cidr = "10.20.1.0/24", zone = "us-east-1b", public = true }
  private-a = { cidr = "10.20.10.0/24", zone = "us-east-1a" }
  private-b = { cidr = "10.20.11.0/24", zone = "us-east-1b" }
}
