resource "aws_msk_cluster" "sample" {
  encryption_info {
    encryption_in_transit {
      client_broker = "TLS"
    }
  }
}
